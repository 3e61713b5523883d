import NetworkModel

/// The mapping of a design point and what the simulation saw of it.
package struct PointDetails: Sendable {
  /// The elements of the platform, in the order of their colours; the same for all points.
  package var elements: [String]
  /// The network or dataflow graph that is mapped.
  package var network: Network
  /// The index of the element of each block; nil for a block that needs none, such as an input.
  package var elementOfBlock: [Int?]
  /// How the elements and links spend a period.
  package var loads: [Load]
  /// The timeline of the execution.
  package var trace: Trace
  /// How full each memory is over time.
  package var memories: [MemoryCurve]
  /// The blocks that wait for room in channels.
  package var stalls: [Stall]

  /// The details of a mapping of a network to elements.
  ///
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
    /// The blocks, in the order in which edges count them.
    package var blocks: [Block]
    /// The edges between blocks.
    package var edges: [Edge]

    /// A network of blocks and edges.
    package init(blocks: [Block], edges: [Edge]) {
      self.blocks = blocks
      self.edges = edges
    }
  }

  /// A block as drawings and tables of the mapping show it.
  package struct Block: Hashable, Sendable {
    /// The name of the block, as in mapping files.
    package var name: String
    /// What it computes, for instance `Conv 5×5`.
    package var operation: String
    /// The seconds for which it keeps its element busy in one inference; nil without an element.
    package var seconds: Double?
    /// The bytes of its weights; nil where it has none.
    package var weightBytes: Double?

    /// A block with what is known of it.
    package init(
      _ name: String, operation: String = "", seconds: Double? = nil, weightBytes: Double? = nil
    ) {
      self.name = name
      self.operation = operation
      self.seconds = seconds
      self.weightBytes = weightBytes
    }
  }

  /// A flow of data from a block to another.
  package struct Edge: Hashable, Sendable {
    /// The index of the block that writes.
    package var source: Int
    /// The index of the block that reads.
    package var target: Int
    /// What flows, for instance `55×55×96`.
    package var label: String

    /// An edge between the blocks at two indices.
    package init(_ source: Int, _ target: Int, label: String = "") {
      self.source = source
      self.target = target
      self.label = label
    }
  }

  /// What an element or a link does in one period, in seconds or any other common unit.
  package struct Load: Hashable, Sendable {
    /// The name of the element or link.
    package var name: String
    /// Computing.
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
    /// Without any work: no block is mapped to it, or a link carries nothing.
    package var idle: Double

    /// The load of an element or link in one period.
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
    /// The name of the memory.
    package var name: String
    /// The bytes that fit into it; nil where that is no limit.
    package var capacity: Double?
    /// The bytes from each time on, the times ascending, in seconds.
    package var steps: [(time: Double, bytes: Double)]

    /// The bytes in a memory over time.
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
    /// The name of the block that waits.
    package var block: String
    /// The reader of the channel that is full.
    package var reader: String
    /// The seconds that it waits in one period.
    package var seconds: Double

    /// A block that waits for a reader to free room.
    package init(block: String, reader: String, seconds: Double) {
      self.block = block
      self.reader = reader
      self.seconds = seconds
    }
  }
}
