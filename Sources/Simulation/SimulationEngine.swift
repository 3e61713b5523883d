import MappingModel

/// Executes a compiled placement instant by instant, and looks for an exact repeat of the state.
///
/// The rules are those of docs/simulation.md. Nothing is allocated while it runs; states are compared
/// as they are, not by their hash alone.
struct SimulationEngine {
  let tables: SimulationTables
  var plan: SimulationPlan
  let arena = Arena()

  let channels: UnsafeMutablePointer<EngineChannel>
  let blocks: UnsafeMutablePointer<EngineBlock>
  /// How channels and blocks begin.
  private let firstChannels: UnsafeMutablePointer<EngineChannel>
  private let firstBlocks: UnsafeMutablePointer<EngineBlock>
  /// The blocks that could start at once, where all channels hold what they hold by default.
  private let firstReady: [Int]
  let ready: ReadySet
  let blockAt: UnsafeMutablePointer<Int>
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
  /// Whether something of an instant ends within it, so that more may happen.
  var mustRepeat = false
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
    let start = FirstState(tables, arena)
    firstChannels = arena.make(start.channels)
    firstBlocks = arena.make(start.blocks)
    firstReady = (0..<blocks).filter { tables.isKept[$0] && start.blocks[$0].unmet == 0 }
    channels = arena.make(start.channels)
    self.blocks = arena.make(start.blocks)
    ready = ReadySet(blocks: blocks, elements: elements)
    blockAt = arena.make(blocks, of: 0)
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
    ready.clear()
    for element in 0..<tables.elementCount {
      (running[element], finish[element]) = (-1, Self.never)
      (sequencePlace[element], sequenceRound[element], sequenceFirings[element]) = (0, 0, 0)
    }
    channels.update(from: firstChannels, count: tables.channels.count)
    blocks.update(from: firstBlocks, count: tables.blockCount)
    for block in 0..<tables.blockCount { blockAt[plan.priorities[block]] = block }
    pendingSinks = tables.sinks.count
    guard plan.hasCapacities else {
      for block in firstReady { becameReady(block) }
      return
    }
    for channel in 0..<tables.channels.count where !tables.isEndless[channel] {
      channels[channel].room = plan.capacities[channel] - tables.initialTokens[channel]
    }
    for block in 0..<tables.blockCount where tables.isKept[block] {
      blocks[block].unmet = FirstState.unmet(of: blocks[block], channels, tables)
      if blocks[block].unmet == 0 { becameReady(block) }
    }
  }

  @inline(__always)
  func consumption(_ channel: Int, _ phase: Int) -> Int {
    let state = channels + channel
    return state.pointee.consumption[phase * Int(state.pointee.consumptionStep)]
  }

  @inline(__always)
  func production(_ channel: Int, _ phase: Int) -> Int {
    let state = channels + channel
    return state.pointee.production[phase * Int(state.pointee.productionStep)]
  }

  @inline(__always)
  mutating func becameReady(_ block: Int) {
    let element = plan.elements[block]
    if element >= 0 {
      ready.insert(plan.priorities[block], element)
    } else {
      freeReady[freeCount] = block
      freeCount += 1
    }
  }
}

/// How channels and blocks begin when all channels hold what they hold by default.
private struct FirstState {
  var channels: [EngineChannel] = []
  var blocks: [EngineBlock] = []

  init(_ tables: SimulationTables, _ arena: Arena) {
    let nothing = arena.make([0])
    for channel in tables.channels.indices {
      let isEndless = tables.isEndless[channel]
      var state = EngineChannel(
        tokens: tables.initialTokens[channel],
        room: tables.defaultCapacities[channel] - tables.initialTokens[channel], needed: 0,
        wanted: 0, consumption: tables.rates + tables.consumptionBases[channel],
        production: tables.rates + tables.productionBases[channel],
        consumptionStep: Int32(tables.consumptionSteps[channel]),
        productionStep: Int32(tables.productionSteps[channel]),
        reader: Int32(tables.targets[channel]), writer: Int32(tables.sources[channel]))
      if isEndless {
        // Nothing is taken from it and nothing put into it.
        (state.consumption, state.consumptionStep) = (nothing, 0)
        (state.production, state.productionStep) = (nothing, 0)
      }
      (state.needed, state.wanted) = (state.consumption[0], state.production[0])
      channels.append(state)
    }
    for block in 0..<tables.blockCount {
      blocks.append(
        EngineBlock(
          unmet: 0, started: 0, ended: 0, phase: 0, phases: Int32(tables.phases[block]),
          firstInput: Int32(tables.inputStarts[block]),
          lastInput: Int32(tables.inputStarts[block + 1]),
          firstOutput: Int32(tables.outputStarts[block]),
          lastOutput: Int32(tables.outputStarts[block + 1])))
    }
    let states = arena.make(channels)
    for block in blocks.indices {
      blocks[block].unmet = Self.unmet(of: blocks[block], states, tables)
    }
  }

  /// The channels that lack tokens or room for the next phase of a block.
  static func unmet(
    of block: EngineBlock, _ channels: UnsafeMutablePointer<EngineChannel>,
    _ tables: SimulationTables
  ) -> Int {
    var missing = 0
    for slot in Int(block.firstInput)..<Int(block.lastInput) {
      let channel = channels + tables.inputs[slot]
      if channel.pointee.tokens < channel.pointee.needed { missing += 1 }
    }
    for slot in Int(block.firstOutput)..<Int(block.lastOutput) {
      let channel = channels + tables.outputs[slot]
      if channel.pointee.room < channel.pointee.wanted { missing += 1 }
    }
    return missing
  }
}
