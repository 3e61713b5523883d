import Diagnostics
package import NetworkModel
import ONNXFormat
package import PlatformModel
package import Quantities

/// How long one inference keeps each element, link and memory of a platform busy under a mapping.
///
/// The largest load is a lower bound of the period, and the period where transfers do not hold
/// one another up: the resource-constrained bound (*ResMII*) of Rau 1994, "Iterative modulo scheduling: an
/// algorithm for software pipelining loops", MICRO-27.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | use of a resource by an iteration | ``Share/seconds`` |
/// | *ResMII* | ``period`` |
package struct MappingLoad: Hashable, Sendable {
  /// An element, link or memory with the time for which it is busy.
  package struct Share: Hashable, Sendable {
    /// The name of the element, link or memory.
    package var name: String
    /// Which of these it is.
    package var kind: Kind
    /// The time for which an inference keeps it busy.
    package var seconds: Seconds
  }

  /// What can be busy.
  package enum Kind: String, Hashable, Sendable { case element, link, memory }

  /// Elements, then links, then memories with a bandwidth, each in the order of the platform.
  package var shares: [Share]

  /// The share that is busy longest; nil where there are none.
  package var bound: Share? {
    shares.reduce(nil) { found, share in
      guard let found, found.seconds >= share.seconds else { return share }
      return found
    }
  }

  /// The time of the share that is busy longest; 0 where there are none.
  package var period: Seconds { bound?.seconds ?? .zero }
}

extension CostModel {
  /// The load of a mapping.
  ///
  /// - Parameter placement: For each block its element; nil for blocks that cost nothing.
  /// - Throws: ``CostError`` where an element does not support its block or a route is missing.
  package func load(of graph: BlockGraph, placement: [ElementID?]) throws -> MappingLoad {
    var meter = LoadMeter(model: self, graph: graph, placement: placement)
    for id in graph.blockIDs { try meter.add(id) }
    return meter.load
  }
}

/// The sums of busy times while the blocks of a graph are walked through.
private struct LoadMeter {
  let model: CostModel
  let graph: BlockGraph
  let placement: [ElementID?]
  let outgoing: [[BlockEdge]]
  let routes: [[Platform.Route?]]
  var elements: [Seconds]
  var links: [Seconds]
  var memories: [Seconds]

  var platform: Platform { model.platform }

  init(model: CostModel, graph: BlockGraph, placement: [ElementID?]) {
    self.model = model
    self.graph = graph
    self.placement = placement
    outgoing = graph.outgoingEdges()
    routes = model.platform.routes
    elements = model.platform.elements.map { _ in .zero }
    links = model.platform.links.map { _ in .zero }
    memories = model.platform.memories.map { _ in .zero }
  }

  var load: MappingLoad {
    var shares = zip(platform.elements, elements).map {
      MappingLoad.Share(name: $0.name, kind: .element, seconds: $1)
    }
    let taken = Set(platform.elements.map(\.name))
    shares += zip(platform.links, links).map { link, seconds in
      let name = taken.contains(link.name) ? "\(link.name) (link)" : link.name
      return MappingLoad.Share(name: name, kind: .link, seconds: seconds)
    }
    let names = taken.union(platform.links.map(\.name))
    shares += zip(platform.memories, memories).filter { $0.0.bandwidth != nil }
      .map { memory, seconds in
        let name = names.contains(memory.name) ? "\(memory.name) (memory)" : memory.name
        return MappingLoad.Share(name: name, kind: .memory, seconds: seconds)
      }
    return MappingLoad(shares: shares)
  }

  mutating func add(_ id: BlockID) throws {
    guard let element = placement[id.index] else { return }
    let isCopied = platform[element].type.access == .copied
    var copied = 0
    for port in graph[id].ports {
      for slice in port.slices {
        guard let source = try memory(ofOutput: slice.source, for: element) else { continue }
        let isElsewhere = source != platform[element].dataMemory
        let isForeign = placement[slice.source.index] != element
        guard isCopied ? isForeign || isElsewhere : isElsewhere else { continue }
        let bytes = bytes(slice, of: id, on: element)
        copied += bytes
        try move(
          bytes, from: source, to: element,
          over: isCopied ? platform[element].ports.activationsIn : nil)
      }
    }
    guard
      let cost = model.cost(of: id, in: graph, on: element, withoutInputs: copied)
    else {
      throw CostError.unsupported(
        block: graph[id].name, operators: graph.operators(of: id), platform: platform[element].name)
    }
    elements[element.index] = elements[element.index] + cost.seconds
    if isCopied {
      try writeResults(of: id, element)
    } else {
      stream(id, element, withoutInputs: copied)
    }
  }

  /// The bytes that flow through the ports of an element while it computes.
  private mutating func stream(_ id: BlockID, _ element: ElementID, withoutInputs copied: Int) {
    let traffic = model.traffic(of: id, in: graph, on: element)
    let ports = platform[element].ports
    let inputs = max(0, traffic.inputs - copied)
    for (bytes, port) in [
      (inputs, ports.activationsIn), (traffic.weights, ports.weightsIn),
      (traffic.outputs, ports.outputOut),
    ] {
      guard let link = port.link else { continue }
      links[link.index] =
        links[link.index] + Seconds(Double(bytes) / platform[link].bandwidth.value)
    }
    let memory = platform[element].dataMemory
    guard let bandwidth = platform[memory].bandwidth else { return }
    let bytes = inputs + traffic.weights + traffic.outputs
    memories[memory.index] = memories[memory.index] + Seconds(Double(bytes) / bandwidth.value)
  }

  /// The results that others than the element itself read are copied out, each once.
  private mutating func writeResults(of id: BlockID, _ element: ElementID) throws {
    var seen: Set<BlockSlice> = []
    for edge in outgoing[id.index] where placement[edge.target.index] != element {
      guard seen.insert(edge.slice).inserted else { continue }
      let bytes = bytes(edge.slice, of: id, on: element)
      try move(
        bytes, from: platform[element].dataMemory, to: element,
        over: platform[element].ports.outputOut)
    }
  }

  /// Keeps an element, and the links of a route with the memories it touches, busy for a copy.
  private mutating func move(
    _ bytes: Int, from source: MemoryID, to element: ElementID, over port: Element.Port?
  ) throws {
    let target = platform[element].dataMemory
    guard let route = routes[source.index][target.index] else {
      throw CostError.noRoute(from: platform[source].name, to: platform[target].name)
    }
    let taken = Set(route.links + (port?.link.map { [$0] } ?? [])).sorted()
    let limited = route.memories.filter { platform[$0].bandwidth != nil }
    let rates = taken.map { platform[$0].bandwidth } + limited.compactMap { platform[$0].bandwidth }
    let latency = taken.reduce(0) { $0 + platform[$1].latency.value }
    let time = Seconds(latency + (rates.min().map { Double(bytes) / $0.value } ?? 0))
    elements[element.index] = elements[element.index] + time
    for link in taken { links[link.index] = links[link.index] + time }
    for memory in limited { memories[memory.index] = memories[memory.index] + time }
  }

  private func bytes(_ slice: BlockSlice, of reader: BlockID, on element: ElementID) -> Int {
    let entry = model.support(of: reader, in: graph, on: element)
    return model.precision.bytes(graph.type(of: slice), .activation, entry)
  }

  /// Where a block's output lies: in the memory that its element computes from; for a block without
  /// one where its first input lies, for an input of the network with the reader.
  private func memory(ofOutput id: BlockID, for reader: ElementID) throws -> MemoryID? {
    var place = id
    while true {
      if let element = placement[place.index] { return platform[element].dataMemory }
      guard let first = graph[place].ports.first?.slices.first else {
        return platform[reader].dataMemory
      }
      place = first.source
    }
  }
}
