/// A block while placements are executed.
struct EngineBlock: BitwiseCopyable {
  /// Where its bit lies among the blocks that can start.
  var word: Int32
  /// The next block that waits for the same counter, -1 for none.
  var next: Int32
  var bit: UInt64
  /// How often it has started.
  var started: Int
  /// The ticks of its phases on its element.
  var executions: UnsafeMutablePointer<Int>
  var phase: Int32
  let phases: Int32
  /// Its dependences, and the first that is not known to be met for its next firing.
  let firstDependence: Int32
  let lastDependence: Int32
  var dependence: Int32
  /// Whether an inference ends with it.
  let isSink: Bool
  /// Its element; for a block without one the number behind the last.
  var owner = 0

  init(
    firstDependence: Int32, lastDependence: Int32, executions: UnsafeMutablePointer<Int>,
    phases: Int32, isSink: Bool
  ) {
    (word, next, bit, started, phase) = (0, -1, 0, 0, 0)
    (self.firstDependence, self.lastDependence) = (firstDependence, lastDependence)
    dependence = firstDependence
    (self.executions, self.phases, self.isSink) = (executions, phases, isSink)
  }
}

/// That the firings of a block wait for those of another one to get so far.
struct EngineDependence: BitwiseCopyable {
  /// What counts how far the other one is.
  var counter: Int
  /// What must be counted before the first firing.
  var first: Int
}

/// What a dependence needs for the next firing.
struct EngineNeed: BitwiseCopyable {
  var count: Int
  /// By how much it rises with each firing, which repeats.
  var rises: UnsafeMutablePointer<Int32>
  var position: Int32
  var period: Int32

  /// Advances to the next firing.
  @inline(__always)
  mutating func rise() {
    count &+= Int(rises[Int(position)])
    position &+= 1
    if position == period { position = 0 }
  }
}

/// Something that a firing does: a transfer or its execution.
struct EngineStep: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable { case execute, read, write }

  /// The ticks of each phase, a stride apart; -1 where nothing is moved.
  var durations: UnsafeMutablePointer<Int>
  var stride: Int32
  /// The channel that is read, or the first that is written.
  var channel: Int32
  /// A bit for each resource that is held.
  var resources: UInt64
  /// What counts that it has ended.
  var counter: Int
  var kind: Kind

  @inline(__always)
  func ticks(_ phase: Int) -> Int { durations[phase &* Int(stride)] }
}
