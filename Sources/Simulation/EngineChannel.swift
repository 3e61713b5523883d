/// A channel while placements are executed: what it holds, and what its ends ask for next.
struct EngineChannel: BitwiseCopyable {
  /// The tokens that can be read, and those for which there is room.
  var tokens: Int
  var room: Int
  /// What the next phases of the reader and of the writer take.
  var needed: Int
  var wanted: Int
  /// The rates of the reader's phases and of the writer's, steps apart.
  var consumption: UnsafeMutablePointer<Int>
  var production: UnsafeMutablePointer<Int>
  var consumptionStep: Int32
  var productionStep: Int32
  var reader: Int32
  var writer: Int32
}

/// A block while placements are executed.
struct EngineBlock: BitwiseCopyable {
  /// The channels that lack tokens or room for its next phase.
  var unmet: Int
  /// How often it has started and ended.
  var started: Int
  var ended: Int
  var phase: Int32
  let phases: Int32
  /// Its places in the lists of channels.
  let firstInput: Int32
  let lastInput: Int32
  let firstOutput: Int32
  let lastOutput: Int32
}
