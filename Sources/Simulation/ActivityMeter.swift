import MappingModel

/// Adds up how elements spend their time while the engine runs; a class, because the engine that tells it is
/// copied.
///
/// What an element does changes only when the engine says so, so that its times add up to all of the time. An
/// element that does nothing waits for tokens until the first of its blocks has them, and then for room: what
/// has both starts at once. With a sequence it waits for one block, for tokens until another one could start, and
/// then for its turn until that block has its tokens.
final class ActivityMeter {
  enum State { case executing, moving, waitingForLinks, resting }

  private let problem: MappingProblem
  private let tables: SimulationTables
  private let plan: SimulationPlan
  private var elements: [Element]
  /// For each block whether all tokens of its next firing are there, since when, and the dependence on room
  /// that it waits for, -1 for none.
  private var hasTokens: [Bool]
  private var isReady: [Bool]
  private var tokenTimes: [Int]
  private var roomWaits: [Int]
  /// For each block the first of its dependences that is about room.
  private let firstRooms: [Int]
  private var stalls: [Stall: Int64] = [:]
  private(set) var peakActivePower = 0.0

  fileprivate struct Stall: Hashable {
    var block: Int
    var dependence: Int
  }

  private struct Element {
    var state = State.resting
    var since = 0
    var spent = ElementActivity()
    /// Its blocks that have their tokens, which had them first since the element rests, and when.
    var withTokens = 0
    var firstBlock = -1
    var tokensSince = Int.max
    /// Its blocks that could start, and since when there is one; only with a sequence it does not.
    var ready = 0
    var readySince = Int.max
    var activePower = 0.0
    var hasBlocks = false
  }

  /// What was spent up to an instant.
  struct Reading {
    var inferences: Int
    var time: Int
    var elements: [ElementActivity]
    fileprivate var stalls: [Stall: Int64]
  }

  /// Takes up the state of an engine.
  init(_ engine: SimulationEngine, _ plan: SimulationPlan, _ problem: MappingProblem) {
    (self.problem, tables, self.plan) = (problem, engine.tables, plan)
    let blocks = 0..<tables.blockCount
    let (blockTable, roomTable) = (engine.blocks, engine.tables.dependences.room)
    let rooms = Set(engine.tables.channels.indices.map { Int(roomTable[$0]) })
    firstRooms = blocks.map { block in
      let (first, last) = (
        Int(blockTable[block].firstDependence), Int(blockTable[block].lastDependence)
      )
      return (first..<last).first(where: rooms.contains) ?? last
    }
    elements = Array(repeating: Element(), count: tables.elementCount)
    hasTokens = blocks.map { _ in false }
    isReady = hasTokens
    tokenTimes = blocks.map { _ in engine.now }
    roomWaits = blocks.map { _ in -1 }
    for block in blocks where plan.elements[block] >= 0 && tables.isKept[block] {
      elements[plan.elements[block]].hasBlocks = true
      let dependence = Int(blockTable[block].dependence)
      isReady[block] = engine.isReady(block)
      hasTokens[block] = isReady[block] || dependence >= firstRooms[block]
      guard hasTokens[block] else { continue }
      if isReady[block] {
        elements[plan.elements[block]].ready += 1
      } else {
        roomWaits[block] = dependence
      }
      elements[plan.elements[block]].withTokens += 1
    }
    for element in elements.indices {
      elements[element].since = engine.now
      elements[element].state = engine.activity(of: element)
      if elements[element].state == .executing {
        elements[element].activePower = power(of: engine.running[element], on: element)
      }
      if elements[element].state == .resting { rest(element, at: engine.now) }
    }
  }
}

// MARK: - What the engine tells

extension ActivityMeter {
  /// A firing begins; what it does first is told next.
  func start(_ block: Int, on element: Int, at now: Int) {
    settle(element, at: now, awaited: block)
  }

  /// A block takes the tokens of its next firing.
  func take(_ block: Int) {
    let element = plan.elements[block]
    guard element >= 0, hasTokens[block] else { return }
    elements[element].withTokens -= 1
    if isReady[block] { elements[element].ready -= 1 }
    (hasTokens[block], isReady[block], roomWaits[block]) = (false, false, -1)
  }

  /// A block waits for what another one must do first.
  func waits(_ block: Int, for dependence: Int, at now: Int) {
    guard dependence >= firstRooms[block] else { return }
    roomWaits[block] = dependence
    tokensAreThere(block, at: now)
  }

  /// A block could start.
  func canStart(_ block: Int, at now: Int) {
    tokensAreThere(block, at: now)
    let element = plan.elements[block]
    guard element >= 0, !isReady[block] else { return }
    isReady[block] = true
    elements[element].ready += 1
    elements[element].readySince = min(elements[element].readySince, now)
  }

  /// An element begins something else.
  func turn(_ element: Int, to state: State, at now: Int, block: Int = -1) {
    settle(element, at: now, awaited: -1)
    elements[element].state = state
    elements[element].activePower = block >= 0 ? power(of: block, on: element) : 0
    guard block >= 0 else { return }
    var sum = 0.0
    for element in elements.indices { sum += elements[element].activePower }
    peakActivePower = max(peakActivePower, sum)
  }

  /// A firing ends.
  func end(on element: Int, at now: Int) {
    settle(element, at: now, awaited: -1)
    elements[element].activePower = 0
    rest(element, at: now)
  }

  /// What was spent so far.
  ///
  /// - Parameter awaited: For each element the block that its sequence asks for next, -1 for none.
  func read(_ inferences: Int, at now: Int, awaited: [Int]) -> Reading {
    for element in elements.indices { settle(element, at: now, awaited: awaited[element]) }
    return Reading(
      inferences: inferences, time: now, elements: elements.map(\.spent), stalls: stalls)
  }
}

// MARK: - What it adds up

extension ActivityMeter {
  private func power(of block: Int, on element: Int) -> Double {
    problem.uses[block][element]?.power.value ?? 0
  }

  private func tokensAreThere(_ block: Int, at now: Int) {
    guard !hasTokens[block] else { return }
    hasTokens[block] = true
    tokenTimes[block] = now
    let element = plan.elements[block]
    guard element >= 0 else { return }
    elements[element].withTokens += 1
    guard elements[element].state == .resting, elements[element].tokensSince == .max else { return }
    elements[element].tokensSince = now
    elements[element].firstBlock = block
  }

  private func rest(_ element: Int, at now: Int) {
    elements[element].state = .resting
    elements[element].tokensSince = elements[element].withTokens > 0 ? now : .max
    elements[element].readySince = elements[element].ready > 0 ? now : .max
    elements[element].firstBlock = -1
  }

  /// Adds the time since the last change to what the element did then.
  private func settle(_ element: Int, at now: Int, awaited: Int) {
    let time = Int64(now - elements[element].since)
    guard time > 0 else { return }
    switch elements[element].state {
    case .executing: elements[element].spent.executing += time
    case .moving: elements[element].spent.moving += time
    case .waitingForLinks: elements[element].spent.waitingForLinks += time
    case .resting: settleRest(element, at: now, awaited: awaited)
    }
    elements[element].since = now
  }

  private func settleRest(_ element: Int, at now: Int, awaited: Int) {
    let since = elements[element].since
    guard elements[element].hasBlocks else {
      elements[element].spent.idle += Int64(now - since)
      return
    }
    let isSequence = !plan.sequences.isEmpty && plan.sequences[element] != nil
    var tokens = max(since, min(now, elements[element].tokensSince))
    var turn = tokens
    if isSequence {
      let isThere = awaited >= 0 && hasTokens[awaited]
      tokens = isThere ? max(since, min(now, tokenTimes[awaited])) : now
      turn = max(since, min(tokens, elements[element].readySince))
    }
    elements[element].spent.waitingForTokens += Int64(turn - since)
    elements[element].spent.waitingForTurn += Int64(tokens - turn)
    elements[element].spent.waitingForRoom += Int64(now - tokens)
    if now > tokens {
      stall(element, isSequence ? awaited : elements[element].firstBlock, now - tokens)
    }
  }

  private func stall(_ element: Int, _ first: Int, _ ticks: Int) {
    var block = first
    if block < 0 || roomWaits[block] < 0 {
      block =
        roomWaits.indices.first { plan.elements[$0] == element && roomWaits[$0] >= 0 } ?? -1
    }
    guard block >= 0 else { return }
    stalls[Stall(block: block, dependence: roomWaits[block]), default: 0] += Int64(ticks)
  }

  /// How elements spent the time between two readings.
  func profile(from first: Reading, to last: Reading) -> ActivityProfile {
    let stalls = last.stalls.map { stall, ticks in
      ActivityProfile.Stall(
        block: stall.block,
        channel: tables.channels[tables.dependences.channels[stall.dependence]],
        ticks: ticks - (first.stalls[stall] ?? 0))
    }
    return ActivityProfile(
      inferences: first.inferences..<last.inferences,
      window: Int64(first.time)..<Int64(last.time),
      elements: zip(last.elements, first.elements).map { $0 - $1 },
      stalls: stalls.filter { $0.ticks > 0 }.sorted {
        ($1.ticks, $0.block, $0.channel) < ($0.ticks, $1.block, $1.channel)
      }, peakActivePower: peakActivePower)
  }
}

extension SimulationEngine {
  /// What an element does now.
  fileprivate func activity(of element: Int) -> ActivityMeter.State {
    guard running[element] >= 0 else { return .resting }
    if !hasTransfers || steps[step[element]].kind == .execute { return .executing }
    return finish[element] == Self.never ? .waitingForLinks : .moving
  }

  /// For each element the block that its sequence asks for next, -1 for none.
  var awaitedBlocks: [Int] {
    (0..<tables.elementCount).map { element in
      guard !sequences.isEmpty, let sequence = sequences[element], !sequence.isEmpty else {
        return -1
      }
      return sequence[sequencePlace[element]].block
    }
  }
}
