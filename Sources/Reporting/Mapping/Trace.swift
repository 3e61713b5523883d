extension PointDetails {
  /// The timeline from the start to the end of the first period, or of some inferences, in seconds.
  package struct Trace: Sendable {
    /// The elements and links, in the order of their rows.
    package var lanes: [String]
    /// The pieces of work in all rows.
    package var events: [Event]
    /// The second at which the first period begins; what comes before is the transient.
    package var periodStart: Double
    /// The seconds of the part behind the transient: one period, or one repetition of several
    /// inferences.
    package var period: Double
    /// What the stretch behind the transient is, for instance `One period`.
    package var span: String

    /// A timeline with its rows.
    package init(
      lanes: [String] = [], events: [Event] = [], periodStart: Double = 0, period: Double = 0,
      span: String = "One period"
    ) {
      self.lanes = lanes
      self.events = events
      self.periodStart = periodStart
      self.period = period
      self.span = span
    }
  }

  /// A piece of work of an element or a link.
  package struct Event: Hashable, Sendable {
    /// The index of the row, in ``Trace/lanes``.
    package var lane: Int32
    /// What is done.
    package var kind: EventKind
    /// The block of the network that works or is worked for.
    package var block: Int32
    /// The phase of the firing, from 0.
    package var phase: Int32
    /// The firing, counted from the start, from 0.
    package var firing: Int32
    /// The second at which it starts, from the beginning of the trace.
    package var start: Double
    /// The second at which it ends, from the beginning of the trace.
    package var end: Double

    /// A piece of work in a row of the timeline.
    package init(
      lane: Int, kind: EventKind, block: Int, phase: Int = 0, firing: Int, start: Double,
      end: Double
    ) {
      self.lane = Int32(clamping: lane)
      self.kind = kind
      self.block = Int32(clamping: block)
      self.phase = Int32(clamping: phase)
      self.firing = Int32(clamping: firing)
      self.start = start
      self.end = end
    }
  }

  /// What a block or a link does in an event.
  package enum EventKind: UInt8, Hashable, Sendable, CaseIterable {
    case read, execute, write

    /// The word for it in drawings.
    package var name: String {
      switch self {
      case .read: "read"
      case .execute: "execute"
      case .write: "write"
      }
    }
  }
}
