import MappingModel

/// Executes a compiled placement instant by instant, and looks for an exact repeat of the state.
///
/// The rules are those of docs/simulation.md. Firings are counted, not tokens: see ``DependenceTables``.
/// Nothing is allocated while it runs; states are compared as they are, not by their hash alone.
struct SimulationEngine {
  let tables: SimulationTables
  let arena = Arena()

  let blocks: UnsafeMutablePointer<EngineBlock>
  /// The slack of each dependence, and how it goes on to fall.
  let slacks: UnsafeMutablePointer<Int>
  let falls: UnsafeMutablePointer<DependenceTables.SlackFalls>
  /// The blocks that can start, a bit for each.
  let words: UnsafeMutablePointer<UInt64>
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
  /// Whether something of an instant ends within it, so that more may happen.
  var mustRepeat = false
  /// Whether a link was set free or asked for since links were last granted.
  var linksChanged = false

  // What is executed.
  var hasTransfers = false
  var isSmall = true
  var credits: UnsafeMutablePointer<EngineCredit>
  var steps: UnsafeMutablePointer<EngineStep>
  var stepStarts: UnsafeMutablePointer<Int>
  var nextMember: UnsafeMutablePointer<Int>
  var wordStarts: UnsafeMutablePointer<Int>
  var blockAt: UnsafeMutablePointer<Int32>
  var sequences: [[Placement.Slot]?] = []

  /// The sinks that still have to end the next inference, and how many inferences ended.
  var pendingSinks = 0
  var inferences = 0
  var inferenceEnded = false
  /// Whether every block fires for one inference only.
  var onlyOne = false
  /// The place of each element in its sequence, and its round.
  let sequencePlace: UnsafeMutablePointer<Int>
  let sequenceRound: UnsafeMutablePointer<Int>
  let sequenceFirings: UnsafeMutablePointer<Int>
  var log: InferenceLog
  /// What is told everything that happens.
  var recorder: SimulationRecorder?

  static let never = Int.max

  init(_ tables: SimulationTables, _ plan: SimulationPlan) {
    self.tables = tables
    let (count, elements) = (tables.blockCount, tables.elementCount)
    blocks = arena.make((0..<count).map { plan.blocks[$0] })
    let dependences = tables.dependences
    slacks = arena.make((0..<dependences.count).map { dependences.slacks[$0] })
    falls = arena.make((0..<dependences.count).map { dependences.falls[$0] })
    words = arena.make(count / 64 + elements + 1, of: 0)
    running = arena.make(elements, of: -1)
    runningPhase = arena.make(elements, of: 0)
    step = arena.make(elements, of: 0)
    finish = arena.make(elements, of: Self.never)
    queue = arena.make(elements, of: 0)
    requested = arena.make(elements, of: 0)
    sequencePlace = arena.make(elements, of: 0)
    sequenceRound = arena.make(elements, of: 0)
    sequenceFirings = arena.make(elements, of: 0)
    log = InferenceLog(tables, arena)
    (credits, steps, stepStarts) = (plan.credits, plan.steps, plan.stepStarts)
    (nextMember, wordStarts, blockAt) = (plan.nextMember, plan.wordStarts, plan.blockAt)
  }
}

// MARK: - Running

extension SimulationEngine {
  /// Runs a plan until so many inferences have ended, an exact repeat is found, or nothing can go on.
  ///
  /// - Parameters:
  ///   - findsPeriod: Whether a repeat ends the run.
  ///   - onlyOne: Whether every block fires for one inference only.
  mutating func run(
    _ plan: SimulationPlan, inferences limit: Int, findsPeriod: Bool, onlyOne: Bool = false
  ) -> RunEnd {
    begin(plan, onlyOne: onlyOne)
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

  private mutating func begin(_ plan: SimulationPlan, onlyOne: Bool) {
    (hasTransfers, isSmall, self.onlyOne) = (plan.hasTransfers, plan.isSmall, onlyOne)
    if !sequences.isEmpty || !plan.sequences.isEmpty { sequences = plan.sequences }
    log.clear()
    (now, queueCount, inferences, busyResources) = (0, 0, 0, 0)
    (inferenceEnded, linksChanged) = (false, false)
    for element in 0..<tables.elementCount {
      (running[element], finish[element]) = (-1, Self.never)
      (sequencePlace[element], sequenceRound[element], sequenceFirings[element]) = (0, 0, 0)
    }
    let dependences = tables.dependences
    slacks.update(from: dependences.slacks, count: dependences.count)
    if !dependences.isSingleRate { falls.update(from: dependences.falls, count: dependences.count) }
    blocks.update(from: plan.blocks, count: tables.blockCount)
    words.update(repeating: 0, count: wordStarts[tables.elementCount + 1])
    for block in tables.firstReady { becomesReady(blocks + block) }
    pendingSinks = tables.sinks.count
  }

  @inline(__always)
  func becomesReady(_ block: UnsafeMutablePointer<EngineBlock>) {
    words[Int(block.pointee.word)] |= block.pointee.bit
  }

  /// The block with the highest priority among those that an element could start, -1 for none; of the number
  /// behind the last element among those that need none.
  @inline(__always)
  func highest(_ element: Int) -> Int {
    var word = isSmall ? element : wordStarts[element + 1] - 1
    let first = isSmall ? element : wordStarts[element]
    while word >= first {
      let bits = words[word]
      if bits != 0 { return Int(blockAt[word &<< 6 &+ (63 &- bits.leadingZeroBitCount)]) }
      word &-= 1
    }
    return -1
  }
}
