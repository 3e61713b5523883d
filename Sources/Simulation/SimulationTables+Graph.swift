import Dataflow
import GraphAlgorithms
import MappingModel

/// What the tables say of the graph: which blocks are executed, which inputs can be left out, and who goes first.
extension SimulationTables {
  /// The blocks of those weakly connected parts in which some block needs an element.
  static func keptBlocks(_ problem: MappingProblem) -> [Bool] {
    let graph = problem.graph
    var parts = DisjointSets(count: graph.actors.count)
    for channel in graph.channels { parts.unite(channel.source.index, channel.destination.index) }
    let partOf = parts.leastMembers()
    let working = Set(graph.actors.indices.filter { !problem.isFree($0) }.map { partOf[$0] })
    return partOf.map { working.contains($0) }
  }

  /// The channels of inputs that never keep their reader waiting.
  ///
  /// An input takes no time, so that it has filled its channel again whenever the reader, one firing of
  /// which ends before the next starts, looks at it: up to less than what it writes at once.
  static func endlessChannels(
    _ problem: MappingProblem, _ capacities: [Int: Int64], _ kept: [Bool]
  ) -> Set<Int> {
    Set(
      inputChannels(problem).filter { index in
        let channel = problem.graph.channels[index]
        guard kept[channel.source.index], !problem.isFree(channel.destination.index),
          channel.initialTokens == 0
        else { return false }
        let (most, asked) = (channel.production.max() ?? 0, channel.consumption.max() ?? 0)
        return (capacities[index] ?? problem.capacities[index]) - most + 1 >= asked
      })
  }

  /// The only channels of blocks that take no element and read nothing.
  static func inputChannels(_ problem: MappingProblem) -> [Int] {
    let graph = problem.graph
    var (reads, writes) = (graph.actors.map { _ in 0 }, graph.actors.map { _ in 0 })
    for channel in graph.channels {
      reads[channel.destination.index] += 1
      writes[channel.source.index] += 1
    }
    return graph.channels.indices.filter { index in
      let source = graph.channels[index].source.index
      return problem.isFree(source) && reads[source] == 0 && writes[source] == 1
    }
  }

  /// The topological places: the lowest block first whose predecessors are all taken, and where there
  /// is none, in a cycle, the lowest one left.
  static func ranks(_ graph: CSDFGraph) -> [Int] {
    let (topology, _) = graph.actorGraph()
    var missing = graph.actors.indices.map { topology.predecessors(of: $0).count }
    var ranks = [Int](repeating: -1, count: graph.actors.count)
    var ready = MinHeap<Int>()
    for block in graph.actors.indices where missing[block] == 0 { ready.insert(block) }
    var lowest = 0
    for rank in graph.actors.indices {
      var block = ready.popMin()
      if block == nil {
        while ranks[lowest] >= 0 { lowest += 1 }
        block = lowest
      }
      guard let block else { break }
      ranks[block] = rank
      for target in topology.successors(of: block) {
        missing[target] -= 1
        if missing[target] == 0, ranks[target] < 0 { ready.insert(target) }
      }
    }
    return ranks
  }

  static func rows(
    _ owners: [Int], _ count: Int, _ arena: Arena
  ) -> (UnsafeMutablePointer<Int>, UnsafeMutablePointer<Int>) {
    var starts = [Int](repeating: 0, count: count + 1)
    for owner in owners { starts[owner + 1] += 1 }
    for index in 0..<count { starts[index + 1] += starts[index] }
    var next = starts
    var list = [Int](repeating: 0, count: owners.count)
    for (index, owner) in owners.enumerated() {
      list[next[owner]] = index
      next[owner] += 1
    }
    return (arena.make(starts), arena.make(list))
  }
}
