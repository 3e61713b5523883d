package import Dataflow
package import PlatformModel
package import Quantities

/// What there is to map: a CSDF graph whose actors are blocks, a platform, and what each block asks of
/// each element. Knows no networks.
package struct MappingProblem: Sendable {
  /// The blocks and the channels between them. Its execution times are those of the slowest element.
  package let graph: CSDFGraph
  /// What the blocks run on.
  package let platform: Platform
  /// For each block its firings in one inference.
  package let firings: [Int64]
  /// For each block and element what the block asks of it, nil where the element does not support it;
  /// an empty list for a block that takes no time and no element.
  package let uses: [[Use?]]
  /// What else is known about each channel.
  package let channels: [ChannelTraits]
  /// The weights that several blocks use, which lie once in a memory.
  package let sharedWeights: SharedWeights
  /// For each channel the tokens that it holds unless a mapping says otherwise; for a self-edge those it
  /// holds at most.
  package let capacities: [Int64]
  /// The links, and after them the memories with a bandwidth.
  package let resources: [Resource]
  /// For each block the first of its input channels, self-edges left out.
  let firstInputs: [Int?]
  /// For each channel which block's element it lies with, unless a mapping says otherwise.
  package let memoryRoots: [MemoryRoot]
  /// For each two memories the resources on the way between them; nil where there is no way.
  private let routes: [[Int]?]

  /// What a block asks of an element.
  package struct Use: Hashable, Sendable {
    /// The time of an inference by its parts.
    package var roofline: Roofline
    /// The ticks of each phase where the graph states them, in place of the roofline; else nil.
    package var phaseTicks: [Int64]?
    /// The power while the element computes.
    package var power: Watts
    /// The energy of an inference; nil where it is time × power.
    package var energy: Joules?
    /// The bytes of the weights as the element keeps them.
    package var weightBytes: Int

    /// What a block asks of an element.
    package init(
      roofline: Roofline, phaseTicks: [Int64]? = nil, power: Watts = .zero,
      energy: Joules? = nil, weightBytes: Int = 0
    ) {
      self.roofline = roofline
      self.phaseTicks = phaseTicks
      self.power = power
      self.energy = energy
      self.weightBytes = weightBytes
    }
  }

  /// What a channel carries beside tokens.
  package struct ChannelTraits: Hashable, Sendable {
    /// The bytes for a reader on each element, of an inference unless this is a self-edge.
    package var readBytes: [Int]
    /// The bytes for a writer on each element.
    package var writtenBytes: [Int]
    /// The tokens that these bytes are.
    package var tokens: Int64
    /// A number that channels share which carry the same values of one block.
    package var tensor: Int

    /// What a channel carries beside tokens.
    package init(readBytes: [Int], writtenBytes: [Int], tokens: Int64, tensor: Int) {
      self.readBytes = readBytes
      self.writtenBytes = writtenBytes
      self.tokens = tokens
      self.tensor = tensor
    }
  }

  /// Which block's element decides in which memory a channel lies.
  package struct MemoryRoot: Hashable, Sendable {
    /// The nearest block with an element that the values come from; nil where they come from an input.
    package var producer: Int?
    /// The block that reads the input then.
    package var reader: Int
  }

  /// Something that carries bytes, one transfer at a time.
  package struct Resource: Hashable, Sendable {
    /// The name of the link or memory.
    package var name: String
    /// The ticks from the request to the first byte.
    package var latency: Int64
    /// The ticks for a byte.
    package var ticksPerByte: ExactRatio
    /// The joules for a byte.
    package var energyPerByte: Double
    /// Whether it is a link or a memory.
    package var kind: Kind

    /// What carries the bytes.
    package enum Kind: String, Hashable, Sendable { case link, memory }
  }

  /// A problem from a graph, a platform, and what each block asks of each element.
  ///
  /// - Throws: ``DataflowError`` for an inconsistent graph.
  package init(
    graph: CSDFGraph, platform: Platform, uses: [[Use?]], channels: [ChannelTraits],
    capacities: [Int64], sharedWeights: SharedWeights = SharedWeights()
  ) throws(DataflowError) {
    self.sharedWeights = sharedWeights
    self.graph = graph
    self.platform = platform
    self.uses = uses
    self.channels = channels
    self.capacities = capacities
    firings = try RepetitionVector(of: graph).firings
    var firstInputs = [Int?](repeating: nil, count: graph.actors.count)
    for (index, channel) in graph.channels.enumerated().reversed() where !channel.isSelfEdge {
      firstInputs[channel.destination.index] = index
    }
    self.firstInputs = firstInputs
    memoryRoots = graph.channels.indices.map { channel in
      Self.memoryRoot(of: channel, graph, firstInputs) { uses[$0].isEmpty }
    }
    resources = platform.resources
    routes = platform.resourceRoutes
    try checkTimes()
  }
}

extension MappingProblem {
  private static func memoryRoot(
    of index: Int, _ graph: CSDFGraph, _ firstInputs: [Int?], isFree: (Int) -> Bool
  ) -> MemoryRoot {
    var channel = graph.channels[index]
    for _ in graph.actors {
      guard isFree(channel.source.index) else {
        return MemoryRoot(producer: channel.source.index, reader: channel.destination.index)
      }
      guard let input = firstInputs[channel.source.index] else { break }
      channel = graph.channels[input]
    }
    return MemoryRoot(producer: nil, reader: channel.destination.index)
  }
}

extension MappingProblem {
  /// The ticks in a second: a tick is a picosecond.
  package static let ticksPerSecond: Double = Ticks.perSecond

  /// Whether a block takes no time and no element.
  package func isFree(_ block: Int) -> Bool { uses[block].isEmpty }

  /// The resources that a copy between two memories passes; nil where there is no way.
  package func route(from source: Int, to target: Int) -> [Int]? {
    routes[source * platform.memories.count + target]
  }

  /// The elements that a block may run on.
  package func elements(for block: Int) -> [Int] {
    uses[block].indices.filter { uses[block][$0] != nil }
  }

  /// The ticks that all blocks of an inference may take together: several inferences fit 64 bits.
  package static let mostTicks: Int64 = 1 << 60

  private func checkTimes() throws(DataflowError) {
    var sum: Int64 = 0
    for block in uses.indices {
      sum = sum.addingSaturating(
        elements(for: block).map { ticks(ofBlock: block, on: $0) }.max() ?? 0)
      guard sum <= Self.mostTicks else {
        throw .overflow(
          quantity:
            "on platform \(platform.name) an inference takes more than \(Self.mostTicks) ps with actor "
            + "\"\(graph.actors[block].name)\", and several inferences in ps")
      }
    }
    for resource in resources where resource.latency > Self.mostTicks {
      throw .overflow(quantity: "latency of \(resource.name) in ps")
    }
  }
}

extension Platform {
  /// The links, and after them the memories with a bandwidth.
  fileprivate var resources: [MappingProblem.Resource] {
    links.map {
      MappingProblem.Resource(
        name: $0.name, latency: $0.latency.ratio.ticks(), ticksPerByte: $0.bandwidth.ticksPerByte,
        energyPerByte: $0.energyPerByte.value, kind: .link)
    }
      + memories.compactMap { memory in
        memory.bandwidth.map {
          MappingProblem.Resource(
            name: memory.name, latency: 0, ticksPerByte: $0.ticksPerByte, energyPerByte: 0,
            kind: .memory)
        }
      }
  }

  /// For each two memories the resources on the way between them: its links, then those of its memories
  /// that have a bandwidth.
  fileprivate var resourceRoutes: [[Int]?] {
    routes.flatMap { row in
      row.map { route in
        guard let route else { return nil }
        let limited = route.memories.filter { self[$0].bandwidth != nil }
        return route.links.map(\.index)
          + limited.map { memory in
            links.count + memories[..<memory.index].count { $0.bandwidth != nil }
          }
      }
    }
  }
}
