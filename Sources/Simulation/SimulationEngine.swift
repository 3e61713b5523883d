import MappingModel

/// Executes a compiled placement instant by instant, and looks for an exact repeat of the state.
///
/// The rules are those of docs/simulation.md. Nothing is allocated while it runs; states are compared
/// as they are, not by their hash alone.
struct SimulationEngine {
  let tables: SimulationTables
  var plan: SimulationPlan
  let arena = Arena()

  /// The tokens that can be read, and the tokens for which there is room.
  let tokens: UnsafeMutablePointer<Int>
  let room: UnsafeMutablePointer<Int>
  /// For each block the phase that it starts next, and how often it has started and ended.
  let phase: UnsafeMutablePointer<Int>
  let started: UnsafeMutablePointer<Int>
  let ended: UnsafeMutablePointer<Int>
  /// For each block the channels that lack tokens or room for its next phase.
  let unmet: UnsafeMutablePointer<Int>
  /// A bit for each block that could start, at the place of its priority, and the blocks of each element.
  let ready: UnsafeMutablePointer<UInt64>
  let ownBits: UnsafeMutablePointer<UInt64>
  let blockAt: UnsafeMutablePointer<Int>
  let wordCount: Int
  /// For each element the block that it runs, -1 for none, its phase, and how far it is: the number of
  /// its read transfers is the execution.
  let running: UnsafeMutablePointer<Int>
  let runningPhase: UnsafeMutablePointer<Int>
  let stage: UnsafeMutablePointer<Int>
  /// When what an element does ends; never while it waits.
  let finish: UnsafeMutablePointer<Int>
  /// Elements that wait for a transfer, the oldest first, and since when.
  let queue: UnsafeMutablePointer<Int>
  let age: UnsafeMutablePointer<Int>
  /// When each element asked for the transfer that it waits for or makes.
  let requested: UnsafeMutablePointer<Int>
  var queueCount = 0
  var busyResources: UInt64 = 0
  /// Free blocks that can fire.
  let freeReady: UnsafeMutablePointer<Int>
  var freeCount = 0
  var now = 0
  /// Whether a link was set free or asked for since links were last granted.
  var linksChanged = false

  /// The sinks that still have to end the next inference, and how many inferences ended.
  var pendingSinks = 0
  var inferences = 0
  var inferenceEnded = false
  /// The most firings of each block, or none.
  var firingLimit: Int?
  /// The place of each element in its sequence, and its round.
  let sequencePlace: UnsafeMutablePointer<Int>
  let sequenceRound: UnsafeMutablePointer<Int>
  let sequenceFirings: UnsafeMutablePointer<Int>
  var log = InferenceLog()
  /// What is told everything that happens.
  var recorder: SimulationRecorder?

  static let never = Int.max

  init(_ tables: SimulationTables, _ plan: SimulationPlan) {
    (self.tables, self.plan) = (tables, plan)
    let (blocks, elements) = (tables.blockCount, tables.elementCount)
    tokens = arena.make(tables.channels.count, of: 0)
    room = arena.make(tables.channels.count, of: 0)
    phase = arena.make(blocks, of: 0)
    started = arena.make(blocks, of: 0)
    ended = arena.make(blocks, of: 0)
    unmet = arena.make(blocks, of: 0)
    wordCount = (blocks + 63) / 64
    ready = arena.make(wordCount, of: 0)
    ownBits = arena.make(wordCount * elements, of: 0)
    blockAt = arena.make(wordCount * 64, of: 0)
    running = arena.make(elements, of: -1)
    runningPhase = arena.make(elements, of: 0)
    stage = arena.make(elements, of: 0)
    finish = arena.make(elements, of: Self.never)
    queue = arena.make(elements, of: 0)
    age = arena.make(elements, of: 0)
    requested = arena.make(elements, of: 0)
    freeReady = arena.make(blocks, of: 0)
    sequencePlace = arena.make(elements, of: 0)
    sequenceRound = arena.make(elements, of: 0)
    sequenceFirings = arena.make(elements, of: 0)
  }
}

// MARK: - Running

extension SimulationEngine {
  /// Runs until so many inferences have ended, an exact repeat is found, or nothing can go on.
  ///
  /// - Parameters:
  ///   - findsPeriod: Whether a repeat ends the run.
  ///   - onlyOne: Whether every block fires for one inference only.
  mutating func run(inferences limit: Int, findsPeriod: Bool, onlyOne: Bool = false) -> RunEnd {
    start(onlyOne: onlyOne)
    while true {
      guard runInstant() else { return inferences >= limit ? .limit : .endless }
      if inferenceEnded {
        inferenceEnded = false
        if findsPeriod, let repeated = noteState() { return repeated }
        if inferences >= limit { return .limit }
      }
      var next = Self.never
      for element in 0..<tables.elementCount { next = min(next, finish[element]) }
      if next == Self.never { return onlyOne && inferences >= 1 ? .limit : .deadlock }
      now = next
    }
  }

  /// How a run ended.
  enum RunEnd {
    /// The state after one number of inferences came again after another.
    case repeated(first: Int, again: Int)
    /// So many inferences have ended.
    case limit
    /// Nothing can go on.
    case deadlock
    /// Blocks without a time fire for ever within an instant.
    case endless
  }

  private mutating func start(onlyOne: Bool) {
    log.clear()
    (now, queueCount, freeCount, inferences, busyResources) = (0, 0, 0, 0, 0)
    (inferenceEnded, linksChanged) = (false, false)
    firingLimit = onlyOne ? 1 : nil
    for word in 0..<wordCount { ready[word] = 0 }
    for word in 0..<wordCount * tables.elementCount { ownBits[word] = 0 }
    for element in 0..<tables.elementCount {
      (running[element], finish[element]) = (-1, Self.never)
      (sequencePlace[element], sequenceRound[element], sequenceFirings[element]) = (0, 0, 0)
    }
    for channel in 0..<tables.channels.count {
      tokens[channel] = tables.initialTokens[channel]
      room[channel] = plan.capacities[channel] - tables.initialTokens[channel]
    }
    for block in 0..<tables.blockCount {
      (phase[block], started[block], ended[block]) = (0, 0, 0)
      let (place, element) = (plan.priorities[block], plan.elements[block])
      blockAt[place] = block
      guard tables.isKept[block] else { continue }
      if element >= 0 { ownBits[element * wordCount + place >> 6] |= 1 << UInt64(place & 63) }
      count(block)
      if unmet[block] == 0 { becameReady(block) }
    }
    pendingSinks = tables.sinks.count
  }

  /// Counts what the next phase of a block lacks.
  mutating func count(_ block: Int) {
    let next = phase[block]
    var missing = 0
    for slot in tables.inputStarts[block]..<tables.inputStarts[block + 1] {
      let channel = tables.inputs[slot]
      if tokens[channel] < consumption(channel, next) { missing += 1 }
    }
    for slot in tables.outputStarts[block]..<tables.outputStarts[block + 1] {
      let channel = tables.outputs[slot]
      if room[channel] < production(channel, next) { missing += 1 }
    }
    if let firingLimit, started[block] >= firingLimit * tables.firings[block] { missing += 1 << 32 }
    unmet[block] = missing
  }

  @inline(__always)
  func consumption(_ channel: Int, _ phase: Int) -> Int {
    tables.rates[tables.consumptionBases[channel] + phase * tables.consumptionSteps[channel]]
  }

  @inline(__always)
  func production(_ channel: Int, _ phase: Int) -> Int {
    tables.rates[tables.productionBases[channel] + phase * tables.productionSteps[channel]]
  }

  @inline(__always)
  mutating func becameReady(_ block: Int) {
    if plan.elements[block] >= 0 {
      let place = plan.priorities[block]
      ready[place >> 6] |= 1 << UInt64(place & 63)
    } else {
      freeReady[freeCount] = block
      freeCount += 1
    }
  }
}
