import NetworkModel

/// The mapping of a design point and what the simulation saw of it.
package struct PointDetails: Sendable {
  /// The elements of the platform, in the order of their colours; the same for all points.
  package var elements: [String]
  package var network: Network
  /// The element of each block of the network; nothing for what needs none, such as an input.
  package var elementOfBlock: [Int?]
  package var loads: [Load]
  package var trace: Trace
  package var memories: [MemoryCurve]
  package var stalls: [Stall]

  /// - Precondition: each block has an entry, and each entry is the index of an element.
  package init(
    elements: [String], network: Network, elementOfBlock: [Int?], loads: [Load] = [],
    trace: Trace = Trace(), memories: [MemoryCurve] = [], stalls: [Stall] = []
  ) {
    precondition(
      elementOfBlock.count == network.blocks.count
        && elementOfBlock.allSatisfy { $0.map(elements.indices.contains) ?? true },
      "a mapping that does not fit \(network.blocks.count) blocks and \(elements.count) elements")
    self.elements = elements
    self.network = network
    self.elementOfBlock = elementOfBlock
    self.loads = loads
    self.trace = trace
    self.memories = memories
    self.stalls = stalls
  }
}

extension PointDetails {
  /// The blocks and what flows between them.
  package struct Network: Sendable {
    package var blocks: [Block]
    package var edges: [Edge]

    package init(blocks: [Block], edges: [Edge]) {
      self.blocks = blocks
      self.edges = edges
    }
  }

  package struct Block: Hashable, Sendable {
    package var name: String
    /// What it computes, for instance `Conv 5×5`.
    package var operation: String
    /// How long it keeps its element busy in one inference.
    package var seconds: Double?
    /// The bytes of its weights.
    package var weightBytes: Double?

    package init(
      _ name: String, operation: String = "", seconds: Double? = nil, weightBytes: Double? = nil
    ) {
      self.name = name
      self.operation = operation
      self.seconds = seconds
      self.weightBytes = weightBytes
    }
  }

  package struct Edge: Hashable, Sendable {
    package var source: Int
    package var target: Int
    /// What flows, for instance `55×55×96`.
    package var label: String

    package init(_ source: Int, _ target: Int, label: String = "") {
      self.source = source
      self.target = target
      self.label = label
    }
  }

  /// What an element or a link does in one period, in seconds or any other common unit.
  package struct Load: Hashable, Sendable {
    package var name: String
    package var executing: Double
    /// Reading and writing; for a link, carrying.
    package var moving: Double
    /// Waiting for a link or a memory that serves others.
    package var waiting: Double
    /// Ready but without room for what it would write.
    package var stalled: Double
    /// Without a block that has what it reads.
    package var starved: Double
    /// Waiting for the block whose turn it is, while another could run.
    package var delayed: Double
    package var idle: Double

    package init(
      _ name: String, executing: Double = 0, moving: Double = 0, waiting: Double = 0,
      stalled: Double = 0, starved: Double = 0, delayed: Double = 0, idle: Double = 0
    ) {
      self.name = name
      self.executing = executing
      self.moving = moving
      self.waiting = waiting
      self.stalled = stalled
      self.starved = starved
      self.delayed = delayed
      self.idle = idle
    }
  }

  /// What lies in a memory from the start to the end of the trace.
  package struct MemoryCurve: Sendable {
    package var name: String
    package var capacity: Double?
    /// The bytes from each time on, the times ascending.
    package var steps: [(time: Double, bytes: Double)]

    package init(
      _ name: String, capacity: Double? = nil, steps: [(time: Double, bytes: Double)]
    ) {
      self.name = name
      self.capacity = capacity
      self.steps = steps
    }
  }

  /// A block that waits for room in a channel.
  package struct Stall: Hashable, Sendable {
    package var block: String
    /// The reader of the channel that is full.
    package var reader: String
    /// How long it waits in one period.
    package var seconds: Double

    package init(block: String, reader: String, seconds: Double) {
      self.block = block
      self.reader = reader
      self.seconds = seconds
    }
  }
}
