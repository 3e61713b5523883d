package import Dataflow
package import NetworkModel
import ONNXFormat

extension CSDFGraph {
  /// Turns a graph of blocks into a CSDF graph: an actor for each block, a channel for each slice
  /// that a block reads, a token for each element.
  ///
  /// After Minakova, Tang, Stefanov 2020, "Combining task- and data-level parallelism for
  /// high-throughput CNN inference on embedded CPUs-GPUs MPSoCs", SAMOS, where a block is an actor. In line
  /// mode a block has a phase for each line of its output and takes the lines of its inputs as they
  /// are needed; a self-edge carries the lines that a window reads again. We differ in leaving out
  /// the padding of windows.
  ///
  /// - Parameters:
  ///   - ticks: The execution time of each block, which its phases share.
  ///   - granularity: What a firing works on.
  ///   - padding: How line mode treats the padding of windows.
  /// - Throws: ``DataflowError`` where the graph breaks a rule of CSDF.
  /// - Complexity: O(blocks + slices) entries, times the lines in line mode.
  package init(
    _ graph: BlockGraph, ticks: [Int64], granularity: Granularity = .tensor,
    padding: LinePadding = .exact
  ) throws(DataflowError) {
    self = try BlockDataflow(graph, ticks: ticks, granularity: granularity, padding: padding).graph
  }
}

extension BlockDataflow {
  /// Turns a graph of blocks into a CSDF graph, as ``CSDFGraph/init(_:ticks:granularity:padding:)``.
  package init(
    _ graph: BlockGraph, ticks: [Int64], granularity: Granularity, padding: LinePadding = .exact
  ) throws(DataflowError) {
    var phases: [BlockPhases] = []
    phases.reserveCapacity(graph.blocks.count)
    for block in graph.blocks {
      guard granularity == .line else {
        phases.append(BlockPhases(whole: block))
        continue
      }
      let isByLine = block.ports.map { Self.isByLine($0, graph, phases) }
      phases.append(BlockPhases(block, in: graph, isByLine: isByLine, padding: padding))
    }
    var actors: [CSDFGraph.Actor] = []
    actors.reserveCapacity(graph.blocks.count)
    for (id, time) in zip(graph.blockIDs, ticks) {
      actors.append(
        CSDFGraph.Actor(
          name: graph[id].name, function: graph.operators(of: id),
          executionTimes: Self.share(time, over: phases[id.index].count)))
    }
    var channels: [CSDFGraph.Channel] = []
    let edges = graph.edges
    var places = Array(edges.indices)
    for (index, edge) in edges.enumerated() {
      channels.append(Self.channel("e\(index)", edge, graph, phases))
    }
    for (index, edge) in edges.enumerated() {
      let overlap = Self.overlap("overlap of e\(index)", edge, graph, phases[edge.target.index])
      guard let overlap else { continue }
      channels.append(overlap)
      places.append(index)
    }
    self.graph = try CSDFGraph(name: graph.name, actors: actors, channels: channels)
    self.edges = places
  }

  /// Whether the lines of a port come one by one, in the order in which its sources make them, or all
  /// at once.
  private static func isByLine(
    _ port: BlockPort, _ graph: BlockGraph, _ phases: [BlockPhases]
  ) -> Bool {
    guard let lines = port.type.lines else { return false }
    if port.isByLines { return graph.seesLines(port) }
    return port.slices.allSatisfy { slice in
      let shape = graph.type(of: slice).shape
      if phases[slice.source.index].count == 1 { return graph.elements(slice) % lines == 0 }
      // A view with another width may have as many lines, but not the same elements in them.
      let hasSameLines =
        shape.count == 4 && [0, 2, 3].allSatisfy { shape[$0] == port.type.shape[$0] }
      return hasSameLines && port.axis == 1
    }
  }

  /// The time of each phase: phase *p* of *n* gets ⌊(p + 1) t / n⌋ − ⌊p t / n⌋.
  private static func share(_ time: Int64, over count: Int) -> [Int64] {
    guard count > 1 else { return [time] }
    let (time, count) = (Int128(time), Int128(count))
    return (0..<count).map { Int64(($0 + 1) * time / count - $0 * time / count) }
  }

  private static func channel(
    _ name: String, _ edge: BlockEdge, _ graph: BlockGraph, _ phases: [BlockPhases]
  ) -> CSDFGraph.Channel {
    let tokens = graph.elements(edge.slice)
    let target = phases[edge.target.index]
    let lines = target.ports[edge.port]
    let covered = covered(by: edge, graph, lines)
    var consumption: [Int64] = []
    consumption.reserveCapacity(target.count)
    var before = 0
    for taken in lines.taken {
      let reached = min(covered.upperBound, max(covered.lowerBound, taken)) - covered.lowerBound
      let after = reached == covered.count ? tokens : reached * (tokens / covered.count)
      consumption.append(Int64(after - before))
      before = after
    }
    return CSDFGraph.Channel(
      name: name, source: CSDFGraph.ActorID(edge.slice.source.index),
      destination: CSDFGraph.ActorID(edge.target.index),
      production: production(edge.slice, graph, phases[edge.slice.source.index].count),
      consumption: consumption)
  }

  /// What the phases of a block give a reader of some of its lines: those lines, as they are made.
  private static func production(
    _ slice: BlockSlice, _ graph: BlockGraph, _ phases: Int
  ) -> [Int64] {
    let tokens = graph.elements(slice)
    guard let lines = slice.lines, phases > 1 else {
      return [Int64](repeating: Int64(tokens / phases), count: phases)
    }
    return (0..<phases).map { lines.contains($0) ? Int64(tokens / lines.count) : 0 }
  }

  /// The lines of a port that a slice brings.
  private static func covered(
    by edge: BlockEdge, _ graph: BlockGraph, _ lines: BlockPhases.PortLines
  ) -> Range<Int> {
    let port = graph[edge.target].ports[edge.port]
    guard port.isByLines, lines.count > 1, port.type.lines == lines.count else {
      return 0..<lines.count
    }
    var first = 0
    for slice in port.slices {
      let count = graph.lines(of: slice).count
      if slice == edge.slice { return first..<(first + count) }
      first += count
    }
    return 0..<lines.count
  }

  /// The self-edge that carries the lines of a slice from one phase to the next, if any are.
  private static func overlap(
    _ name: String, _ edge: BlockEdge, _ graph: BlockGraph, _ phases: BlockPhases
  ) -> CSDFGraph.Channel? {
    guard phases.count > 1 else { return nil }
    let lines = phases.ports[edge.port]
    let tokens = graph.elements(edge.slice)
    let covered = covered(by: edge, graph, lines)
    // The slices of a view need not end with a line; what is carried is then rounded up.
    let width = (tokens + covered.count - 1) / covered.count
    let carried = (0..<phases.count).map {
      Int64(min(tokens, lines.carried(behind: $0, of: covered) * width))
    }
    guard carried.contains(where: { $0 > 0 }) else { return nil }
    let actor = CSDFGraph.ActorID(edge.target.index)
    return CSDFGraph.Channel(
      name: name, source: actor, destination: actor, production: carried,
      consumption: [0] + carried.dropLast())
  }
}
