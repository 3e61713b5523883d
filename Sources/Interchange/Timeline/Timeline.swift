import Dataflow
import MappingModel
import Simulation

/// What there is to see in an execution: elements, links and memories, and the blocks and channels of
/// which events speak. Times are ticks of a picosecond.
package struct Timeline: Hashable, Sendable {
  package var title: String
  package var elements: [String]
  /// The links, and memories with a bandwidth.
  package var resources: [String]
  package var memories: [String]
  package var blocks: [Block]
  package var channels: [Channel]

  /// What fires.
  package struct Block: Hashable, Sendable {
    package var name: String
    package var phases: Int
    /// The firings of an inference.
    package var firings: Int
    /// Whether its firings are events; those that take no time are none.
    package var isRecorded: Bool

    package init(name: String, phases: Int = 1, firings: Int = 1, isRecorded: Bool = true) {
      self.name = name
      self.phases = phases
      self.firings = firings
      self.isRecorded = isRecorded
    }
  }

  /// What tokens pass.
  package struct Channel: Hashable, Sendable {
    package var channel: CSDFGraph.Channel
    /// The memory in which it lies, nil for one that is not counted.
    package var memory: Int?
    /// The bytes and the tokens of an inference.
    package var bytes: Int
    package var tokens: Int

    package init(_ channel: CSDFGraph.Channel, memory: Int?, bytes: Int, tokens: Int) {
      self.channel = channel
      self.memory = memory
      self.bytes = bytes
      self.tokens = tokens
    }
  }

  /// Something that an element did.
  package struct Event: Hashable, Sendable {
    package var kind: Kind
    package var element: Int
    package var block: Int
    package var phase: Int
    /// The number of the firing of the block, from 0.
    package var firing: Int
    /// The channel of a transfer.
    package var channel: Int?
    /// The resources of a transfer, a bit each.
    package var resources: UInt64
    package var start: Int
    package var end: Int

    package enum Kind: String, Hashable, Sendable { case read, execute, write }

    package init(
      _ kind: Kind, element: Int, block: Int, phase: Int = 0, firing: Int, channel: Int? = nil,
      resources: UInt64 = 0, start: Int, end: Int
    ) {
      self.kind = kind
      self.element = element
      self.block = block
      self.phase = phase
      self.firing = firing
      self.channel = channel
      self.resources = resources
      self.start = start
      self.end = end
    }
  }

  package init(
    title: String, elements: [String], resources: [String] = [], memories: [String] = [],
    blocks: [Block], channels: [Channel] = []
  ) {
    self.title = title
    self.elements = elements
    self.resources = resources
    self.memories = memories
    self.blocks = blocks
    self.channels = channels
  }
}

extension Timeline {
  /// The timeline of a placement.
  package init(_ problem: MappingProblem, _ placement: Placement) {
    let graph = problem.graph
    self.init(
      title: graph.name, elements: problem.platform.elements.map(\.name),
      resources: problem.resources.map(\.name), memories: problem.platform.memories.map(\.name),
      blocks: graph.actors.indices.map { block in
        Block(
          name: graph.actors[block].name, phases: Int(clamping: graph.phaseCounts[block]),
          firings: Int(problem.firings[block]), isRecorded: placement.elements[block] >= 0)
      },
      channels: graph.channels.indices.map { index in
        let channel = graph.channels[index]
        let element = placement.elements[channel.source.index]
        let bytes = problem.channels[index].writtenBytes
        let turns = Int(problem.firings[channel.source.index]) / channel.production.count
        return Channel(
          channel, memory: problem.memory(ofChannel: index, in: placement),
          bytes: element < 0 ? bytes.last ?? 0 : bytes[element],
          tokens: max(1, Int(channel.production.reduce(0, +)) * max(1, turns)))
      })
  }
}

extension Timeline.Event {
  /// An event as a simulation records it.
  package init(_ event: SimulationRecorder.Event) {
    let kind: Kind =
      switch event.kind {
      case .read: .read
      case .execute: .execute
      case .write: .write
      }
    self.init(
      kind, element: event.element, block: event.block, phase: event.phase, firing: event.firing,
      channel: event.channel, resources: event.resources, start: event.start, end: event.end)
  }
}
