/// A block while placements are executed.
struct EngineBlock: BitwiseCopyable {
  /// The dependences that its next firing still waits for.
  var unmet: Int32
  /// Where its bit lies among the blocks that can start.
  var word: Int32
  var bit: UInt64
  /// How often it has ended.
  var ended: Int
  /// The ticks of its phases on its element.
  var executions: UnsafeMutablePointer<Int>
  var phase: Int32
  let phases: Int32
  /// Its dependences.
  let firstDependence: Int32
  let lastDependence: Int32
  /// The credits that it gives at the end of a firing.
  var firstCredit: Int32
  let lastCredit: Int32
  /// Whether an inference ends with it.
  let isSink: Bool
}

/// That one firing more has ended of a block for which another one waits.
struct EngineCredit: BitwiseCopyable {
  var dependence: Int32
  /// The block that waits.
  var block: Int32
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
  /// The credits given when it ends.
  var firstCredit: Int32
  var lastCredit: Int32
  var kind: Kind

  @inline(__always)
  func ticks(_ phase: Int) -> Int { durations[phase &* Int(stride)] }
}
