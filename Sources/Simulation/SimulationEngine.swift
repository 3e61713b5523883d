import MappingModel

/// Executes a compiled placement instant by instant, and looks for an exact repeat of the state.
///
/// The rules are those of docs/simulation.md. Firings are counted, not tokens: see ``DependenceTables``.
/// Nothing is allocated while it runs; states are compared as they are, not by their hash alone. It cannot be
/// copied, as copies would share its memory.
struct SimulationEngine: ~Copyable {
  let tables: SimulationTables
  let arena = Arena()

  let blocks: UnsafeMutablePointer<EngineBlock>
  /// What each dependence needs next, where that does not grow by 1 with each firing.
  let needs: UnsafeMutablePointer<EngineNeed>
  /// How often each counted thing has happened, and the first of the blocks that wait for it, -1 for none.
  let counters: UnsafeMutablePointer<Int>
  let waiting: UnsafeMutablePointer<Int32>
  /// The blocks that can start, a bit for each.
  let readyBlockBits: UnsafeMutablePointer<UInt64>
  /// Elements as bits, and behind them one for blocks without an element: which do nothing, and for which
  /// some block can start. With several words of blocks, also some for which none can.
  let idle: UnsafeMutablePointer<UInt64>
  let ready: UnsafeMutablePointer<UInt64>
  let setCount: Int
  /// For each element the block that it runs, -1 for none, its phase, and where there are transfers the step
  /// that it is at.
  let running: UnsafeMutablePointer<Int>
  let runningPhase: UnsafeMutablePointer<Int>
  let step: UnsafeMutablePointer<Int>
  /// When what an element does ends; never while it waits.
  let finish: UnsafeMutablePointer<Int>
  /// Elements that wait for a transfer, the oldest first, and since when.
  let queue: UnsafeMutablePointer<Int>
  /// When each element asked for the transfer that it waits for or makes.
  let requested: UnsafeMutablePointer<Int>
  var queueCount = 0
  var busyResources: UInt64 = 0
  var now = 0
  /// What ends in this instant, as bits, where there are no more than 64 elements.
  var ending: UInt64 = 0
  /// Whether something of an instant ends within it, so that more may happen.
  var mustRepeat = false
  /// Whether a link was set free or asked for since links were last granted.
  var linksChanged = false

  // What is executed.
  var hasTransfers = false
  var isSmall = true
  let dependences: UnsafeMutablePointer<EngineDependence>
  let isSingleRate: Bool
  let steps: UnsafeMutablePointer<EngineStep>
  let stepStarts: UnsafeMutablePointer<Int>
  let nextMember: UnsafeMutablePointer<Int>
  let wordStarts: UnsafeMutablePointer<Int>
  let blockAt: UnsafeMutablePointer<Int32>
  var sequences: [[Placement.Slot]?] = []
  let isListed: UnsafeMutablePointer<Bool>
  let isShared: UnsafeMutablePointer<Bool>
  let isTimeless: UnsafeMutablePointer<Bool>
  /// Whether each element starts its ready block with the highest priority.
  var isPlain = true
  /// Whether elements are shared by parts that no channel connects.
  var hasShared = false
  var hasTimeless = false
  var parts: EngineParts
  /// Why an instant did not end.
  var halt = RunEnd.tooLong

  /// The sinks that still have to end the next inference, and how many inferences ended.
  var pendingSinks = 0
  var inferences = 0
  var inferenceEnded = false
  /// Whether nothing has happened yet.
  private var isAtStart = true
  /// For how many inferences every block fires; 0 where that has no limit.
  var mostInferences = 0
  /// Whether every block fires for one inference only.
  var onlyOne: Bool { mostInferences == 1 }
  /// Asked now and then, from some number of inferences on: whether to leave the execution.
  var shouldStop: (@Sendable () -> Bool)?
  var asksFrom = 0
  /// Whether it may be left within an instant, from where it cannot go on.
  var leavesInstants = true
  /// It is asked where these bits of the number of ended inferences are 0: after some thousands of firings.
  private let askMask: Int
  /// The place of each element in its sequence, and its round.
  let sequencePlace: UnsafeMutablePointer<Int>
  let sequenceRound: UnsafeMutablePointer<Int>
  let sequenceFirings: UnsafeMutablePointer<Int>
  var log: InferenceLog
  /// Room for a state, and for how many inferences each part of the graph is on.
  let scratch: UnsafeMutablePointer<Int>
  let turns: UnsafeMutablePointer<Int>
  /// Records everything that happens, and what adds up how elements spend their time.
  var recorder: SimulationRecorder?
  var meter: ActivityMeter?

  static let never = Int.max
  /// No execution goes on from here: what lasts as long as anything may still fits 64 bits.
  static let latest = 1 << 62

  /// - Parameter mostKept: The most numbers of states that are kept to find a repeat.
  init(_ tables: SimulationTables, _ plan: SimulationPlan, mostKept: Int) {
    self.tables = tables
    let (count, elements) = (tables.blockCount, tables.elementCount)
    blocks = arena.make((0..<count).map { plan.blocks[$0] })
    needs = arena.make((0..<tables.dependences.count).map { tables.dependences.needs[$0] })
    counters = arena.make(plan.counterCount, of: 0)
    waiting = arena.make(plan.counterCount, of: -1)
    readyBlockBits = arena.make(count / 64 + elements + 1, of: 0)
    setCount = elements / 64 + 1
    idle = arena.make(setCount, of: 0)
    ready = arena.make(setCount, of: 0)
    running = arena.make(elements, of: -1)
    runningPhase = arena.make(elements, of: 0)
    step = arena.make(elements, of: 0)
    finish = arena.make(elements, of: Self.never)
    queue = arena.make(elements, of: 0)
    requested = arena.make(elements, of: 0)
    sequencePlace = arena.make(elements, of: 0)
    sequenceRound = arena.make(elements, of: 0)
    sequenceFirings = arena.make(elements, of: 0)
    scratch = arena.make(count + 8 * elements + tables.partSinks.count, of: 0)
    (isListed, isShared, isTimeless) = (plan.isListed, plan.isShared, plan.isTimeless)
    parts = EngineParts(tables, arena)
    turns = arena.make(count, of: 0)
    log = InferenceLog(scratch: scratch, mostKept: mostKept)
    (dependences, isSingleRate) = (plan.dependences, tables.dependences.isSingleRate)
    (steps, stepStarts) = (plan.steps, plan.stepStarts)
    (nextMember, wordStarts, blockAt) = (plan.nextMember, plan.wordStarts, plan.blockAt)
    var firings = 0
    for block in 0..<count where firings < Self.firingsBetween {
      firings += min(tables.firings[block], Self.firingsBetween)
    }
    var apart = Self.mostApart
    while apart > 1, apart * firings > Self.firingsBetween { apart /= 2 }
    askMask = apart - 1
  }

  /// About how many firings, and at most how many inferences, pass before it is asked again; powers of 2.
  private static let firingsBetween = 4096
  private static let mostApart = 64
}

// MARK: - Running

extension SimulationEngine {
  /// Runs a plan until so many inferences have ended, an exact repeat is found, or nothing can go on.
  ///
  /// - Parameters:
  ///   - findsPeriod: Whether a repeat ends the run.
  ///   - most: For how many inferences every block fires; 0 for no limit.
  mutating func run(
    _ plan: SimulationPlan, inferences limit: Int, findsPeriod: Bool, most: Int = 0
  ) -> RunEnd {
    begin(plan, most: most)
    return resume(until: limit, findsPeriod: findsPeriod)
  }

  /// Resumes a run that was begun or that its limit has ended, until so many inferences have ended in all.
  mutating func resume(until limit: Int, findsPeriod: Bool) -> RunEnd {
    guard isAtStart || inferences < limit else { return .limit }
    if !isAtStart {
      advanceToNextEnd()
      guard now < Self.latest else { return now < Self.never ? .timeOverflow : .deadlock }
    }
    isAtStart = false
    let watchesParts = parts.count > 1 && mostInferences == 0
    while true {
      guard runInstant() else { return halt }
      if inferenceEnded {
        inferenceEnded = false
        parts.instants = 0
        if findsPeriod, let repeated = noteState() { return repeated }
        if inferences >= limit { return .limit }
        if inferences & askMask == 0, mustStop { return .interrupted }
      } else {
        parts.instants &+= 1
        if parts.instants & 1023 == 0, let end = passedLimit(parts.instants) { return end }
        if watchesParts, let end = watchParts() { return end }
      }
      advanceToNextEnd()
      guard now < Self.latest else {
        if now < Self.never { return .timeOverflow }
        return onlyOne && inferences >= 1 ? .limit : .deadlock
      }
    }
  }

  /// Advances to the next instant in which something ends.
  @inline(__always)
  private mutating func advanceToNextEnd() {
    var next = Self.never
    var ending: UInt64 = 0
    for element in 0..<tables.elementCount {
      let end = finish[element]
      let bit: UInt64 = 1 &<< UInt64(element)
      ending = end < next ? bit : ending | (end == next ? bit : 0)
      next = min(next, end)
    }
    (now, self.ending) = (next, ending)
  }

  /// How a run ended.
  enum RunEnd {
    /// The state after one number of inferences came again after another.
    case repeated(first: Int, again: Int)
    /// The requested number of inferences has ended.
    case limit
    /// Nothing can go on.
    case deadlock
    /// Parts that take no time fire for ever within an instant.
    case endless(parts: [Int])
    /// Parts never end another inference, while others go on.
    case stuck(parts: [Int])
    /// The time does not fit 64 bits.
    case timeOverflow
    /// More happens before an inference ends than can be executed.
    case tooLong
    /// The caller asked to leave it, or the observation has ended.
    case interrupted
  }

  /// Asks from now on as an execution of this extent does: one that is to give a mean in any case is not left before.
  mutating func asks(for extent: ExecutionExtent) {
    leavesInstants = extent.earliest == nil
    asksFrom = leavesInstants ? 0 : .max
  }

  /// Puts everything back to the start.
  ///
  /// - Parameter most: For how many inferences every block fires; 0 for no limit.
  mutating func begin(_ plan: SimulationPlan, most: Int = 0) {
    isAtStart = true
    (hasTransfers, isSmall, mostInferences) = (plan.hasTransfers, plan.isSmall, most)
    if !sequences.isEmpty || !plan.sequences.isEmpty {
      sequences = onlyOne ? plan.sequencesAlone : plan.sequences
    }
    (hasShared, hasTimeless) = (plan.hasShared, plan.hasTimeless && most == 0)
    isPlain = sequences.isEmpty && !hasShared
    parts.clear(hasShared: hasShared)
    halt = .tooLong
    log.clear()
    ready.update(repeating: 0, count: setCount)
    (now, queueCount, inferences, busyResources, ending) = (0, 0, 0, 0, 0)
    (inferenceEnded, linksChanged) = (false, false)
    for element in 0..<tables.elementCount {
      idle[element >> 6] |= 1 << UInt64(element & 63)
      (running[element], finish[element]) = (-1, Self.never)
      (sequencePlace[element], sequenceRound[element], sequenceFirings[element]) = (0, 0, 0)
    }
    for (element, sequence) in sequences.enumerated() {
      sequenceRound[element] = sequence?.lazy.map(\.shift).min() ?? 0
    }
    if !isSingleRate {
      needs.update(from: tables.dependences.needs, count: tables.dependences.count)
    }
    let counted = hasTransfers ? plan.counterCount : tables.blockCount
    counters.update(repeating: 0, count: counted)
    waiting.update(repeating: -1, count: counted)
    blocks.update(from: plan.blocks, count: tables.blockCount)
    readyBlockBits.update(repeating: 0, count: wordStarts[tables.elementCount + 1])
    for block in 0..<tables.blockCount where tables.isKept[block] { updateReadiness(block) }
    pendingSinks = tables.sinks.count
  }

  /// The block with the highest priority among those that an element could start, -1 for none; of the number
  /// behind the last element among those that need none.
  @inline(__always)
  func highest(_ element: Int) -> Int {
    var word = isSmall ? element : wordStarts[element + 1] - 1
    let first = isSmall ? element : wordStarts[element]
    while word >= first {
      let bits = readyBlockBits[word]
      if bits != 0 { return Int(blockAt[word &<< 6 &+ (63 &- bits.leadingZeroBitCount)]) }
      word &-= 1
    }
    return -1
  }
}
