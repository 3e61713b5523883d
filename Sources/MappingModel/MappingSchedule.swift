/// What happened when in the execution of a mapping. Times are in ticks.
package struct MappingSchedule: Hashable, Sendable {
  /// The firings in the order in which they ended, and behind them those that were under way.
  package var firings: [Firing] = []
  /// What the firings consist of, firing by firing.
  package var segments: [Segment] = []
  /// When each inference ended, in ticks.
  package var inferenceEnds: [Int64] = []
  /// The inferences between which the schedule repeats for ever; nil where it was not seen to.
  package var repetition: Range<Int>?
  /// Where the record begins; nil where that is the start of the execution.
  package var beginning: Beginning?
  /// How many firings are missing because there were too many.
  package var omitted = 0

  /// A schedule without firings.
  package init() {}

  /// An instant within an execution. Firings under way then are recorded with what they still did.
  package struct Beginning: Hashable, Sendable {
    /// The inferences that had ended.
    package var inferences: Int
    /// The instant, in ticks.
    package var time: Int64
    /// For each block the firings that had started.
    package var started: [Int]
    /// For each channel the firings of its reader that had given the room of what they read free.
    package var released: [Int]

    /// An instant within an execution.
    package init(inferences: Int, time: Int64, started: [Int], released: [Int]) {
      (self.inferences, self.time) = (inferences, time)
      (self.started, self.released) = (started, released)
    }
  }

  /// A firing of a block.
  package struct Firing: Hashable, Sendable {
    /// The number of the block.
    package var block: Int
    /// The phase of the block in this firing.
    package var phase: Int
    /// The number of the firing of the block, from 0.
    package var number: Int
    /// The element; -1 for a block that takes none.
    package var element: Int
    /// When it started, in ticks.
    package var start: Int64
    /// When it ended, in ticks; nil for one that was under way.
    package var end: Int64?
    /// Its parts in ``segments``.
    package var segments: Range<Int>

    /// A firing with its segments.
    package init(
      block: Int, phase: Int, number: Int, element: Int, start: Int64, end: Int64?,
      segments: Range<Int>
    ) {
      self.block = block
      self.phase = phase
      self.number = number
      self.element = element
      self.start = start
      self.end = end
      self.segments = segments
    }
  }

  /// A part of a firing.
  package struct Segment: Hashable, Sendable {
    /// Whether the segment reads, executes or writes.
    package var kind: Kind
    /// The channels of a transfer: one that is read, or those that are written together.
    package var channels: [Int]
    /// The resources of a transfer, a bit each.
    package var resources: UInt64
    /// When the element asked for the resources, in ticks; for an execution its start.
    package var requested: Int64
    /// When it began, in ticks.
    package var start: Int64
    /// When it ended, in ticks.
    package var end: Int64

    /// What an element does in a segment.
    package enum Kind: String, Hashable, Sendable { case read, execute, write }

    /// A part of a firing.
    package init(
      kind: Kind, channels: [Int] = [], resources: UInt64 = 0, requested: Int64, start: Int64,
      end: Int64
    ) {
      self.kind = kind
      self.channels = channels
      self.resources = resources
      self.requested = requested
      self.start = start
      self.end = end
    }
  }
}
