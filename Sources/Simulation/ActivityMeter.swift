import MappingModel
import PlatformModel
import Quantities

/// Adds up how elements spend their time while the engine runs; a class, because the engine that tells it is
/// copied.
///
/// What an element does changes only when the engine says so, so that its times add up to all of the time. An
/// element that does nothing waits for tokens until the first of its blocks has them, and then for room: what
/// has both starts at once. With a sequence it waits for one block, for tokens until another one could start, and
/// then for its turn until that block has its tokens.
final class ActivityMeter {
  enum State { case executing, moving, waitingForLinks, resting }

  private let tables: SimulationTables
  private let arena = Arena()
  private let elementCount: Int
  private let elements: UnsafeMutablePointer<Element>
  private let blocks: UnsafeMutablePointer<Block>
  /// For each dependence on room how long an element has waited for it.
  private let stalls: UnsafeMutablePointer<Int64>
  /// For each link or memory with a bandwidth how long transfers have held it.
  private let held: UnsafeMutablePointer<Int64>
  private let resourceCount: Int
  /// The sum of active powers since an instant, and the highest since the last reading and before each one.
  private var activePower = 0.0
  private var powerSince = 0
  private var peakPower = 0.0
  private var peakPowers: [Double] = []

  /// What is known of the next firing of a block.
  private struct Block: BitwiseCopyable {
    /// Its element, -1 for none, and the watts that it draws there.
    var element = -1
    var power = 0.0
    /// The first of its dependences that is about room.
    var firstRoom = 0
    /// Whether all tokens are there, since when, and whether there is room too.
    var hasTokens = false
    var isReady = false
    var tokenTime = 0
    /// The dependence on room that it waits for, -1 for none.
    var roomWait = -1
  }

  private struct Element: BitwiseCopyable {
    var state = State.resting
    var since = 0
    var spent = ElementActivity()
    var isInSequence = false
    /// Its blocks that have their tokens, which had them first since the element rests, and when.
    var withTokens = 0
    var firstBlock = -1
    var tokensSince = Int.max
    /// Its blocks that could start, and since when there is one; only with a sequence it does not.
    var ready = 0
    var readySince = Int.max
    var activePower = 0.0
    var hasBlocks = false
    /// What it holds while it moves, a bit for each.
    var resources: UInt64 = 0
  }

  /// What was spent up to an instant.
  struct Reading {
    var inferences: Int
    var time: Int
    var elements: [ElementActivity]
    /// For each link or memory how long transfers held it, and for each block the firings that had ended.
    fileprivate var held: [Int64]
    fileprivate var firings: [Int]
    fileprivate var stalls: [Int64]
    /// The readings before it.
    fileprivate var number: Int
  }

  /// Takes up the state of an engine.
  init(_ engine: borrowing SimulationEngine, _ plan: SimulationPlan, _ problem: MappingProblem) {
    tables = engine.tables
    elementCount = tables.elementCount
    elements = arena.make(elementCount, of: Element())
    blocks = arena.make(tables.blockCount, of: Block())
    stalls = arena.make(tables.dependences.count, of: 0)
    resourceCount = problem.resources.count
    held = arena.make(resourceCount, of: 0)
    let roomTable = tables.dependences.room
    let rooms = Set(tables.channels.indices.map { Int(roomTable[$0]) })
    for block in 0..<tables.blockCount where plan.elements[block] >= 0 && tables.isKept[block] {
      take(block, engine, plan, problem, rooms)
    }
    for element in 0..<elementCount {
      elements[element].since = engine.now
      elements[element].state = engine.activity(of: element)
      elements[element].resources = engine.resources(of: element)
      elements[element].isInSequence =
        !plan.sequences.isEmpty && plan.sequences[element] != nil
      if elements[element].state == .executing {
        elements[element].activePower = blocks[engine.running[element]].power
        activePower += elements[element].activePower
      }
      if elements[element].state == .resting { rest(element, at: engine.now) }
    }
    powerSince = engine.now
  }

  private func take(
    _ block: Int, _ engine: borrowing SimulationEngine, _ plan: SimulationPlan,
    _ problem: MappingProblem,
    _ rooms: Set<Int>
  ) {
    let element = plan.elements[block]
    let state = engine.blocks[block]
    let dependences = Int(state.firstDependence)..<Int(state.lastDependence)
    blocks[block].element = element
    blocks[block].power = problem.uses[block][element]?.power.value ?? 0
    blocks[block].firstRoom = dependences.first(where: rooms.contains) ?? dependences.upperBound
    elements[element].hasBlocks = true
    blocks[block].tokenTime = engine.now
    blocks[block].isReady = engine.isReady(block)
    blocks[block].hasTokens =
      blocks[block].isReady || Int(state.dependence) >= blocks[block].firstRoom
    guard blocks[block].hasTokens else { return }
    elements[element].withTokens += 1
    if blocks[block].isReady {
      elements[element].ready += 1
    } else {
      blocks[block].roomWait = Int(state.dependence)
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
  func take(_ index: Int) {
    let block = blocks + index
    guard block.pointee.element >= 0, block.pointee.hasTokens else { return }
    let element = elements + block.pointee.element
    element.pointee.withTokens &-= 1
    if block.pointee.isReady { element.pointee.ready &-= 1 }
    block.pointee.hasTokens = false
    block.pointee.isReady = false
    block.pointee.roomWait = -1
  }

  /// A block waits for what another one must do first.
  func waits(_ block: Int, for dependence: Int, at now: Int) {
    guard dependence >= blocks[block].firstRoom else { return }
    blocks[block].roomWait = dependence
    tokensAreThere(block, at: now)
  }

  /// A block could start.
  func canStart(_ index: Int, at now: Int) {
    tokensAreThere(index, at: now)
    let block = blocks + index
    guard block.pointee.element >= 0, !block.pointee.isReady else { return }
    block.pointee.isReady = true
    let element = elements + block.pointee.element
    element.pointee.ready &+= 1
    element.pointee.readySince = min(element.pointee.readySince, now)
  }

  /// An element begins something else.
  ///
  /// - Parameters:
  ///   - block: The block that it executes, -1 for none or for one that takes no time.
  ///   - resources: What it holds from now on, a bit for each.
  func turn(_ index: Int, to state: State, at now: Int, block: Int = -1, resources: UInt64 = 0) {
    settle(index, at: now, awaited: -1)
    let element = elements + index
    element.pointee.state = state
    element.pointee.resources = resources
    draw(block >= 0 ? blocks[block].power : 0, on: element, at: now)
  }

  /// A firing ends.
  func end(on element: Int, at now: Int) {
    settle(element, at: now, awaited: -1)
    draw(0, on: elements + element, at: now)
    rest(element, at: now)
  }

  /// What was spent so far.
  ///
  /// - Parameters:
  ///   - awaited: For each element the block that its sequence asks for next, -1 for none.
  ///   - firings: For each block those that have ended.
  func read(_ inferences: Int, at now: Int, awaited: [Int], firings: [Int]) -> Reading {
    for element in 0..<elementCount { settle(element, at: now, awaited: awaited[element]) }
    settlePower(at: now)
    peakPowers.append(peakPower)
    peakPower = 0
    return Reading(
      inferences: inferences, time: now, elements: (0..<elementCount).map { elements[$0].spent },
      held: (0..<resourceCount).map { held[$0] }, firings: firings,
      stalls: (0..<tables.dependences.count).map { stalls[$0] }, number: peakPowers.count)
  }
}

// MARK: - What it adds up

extension ActivityMeter {
  private func draw(_ power: Double, on element: UnsafeMutablePointer<Element>, at now: Int) {
    settlePower(at: now)
    activePower += power - element.pointee.activePower
    element.pointee.activePower = power
  }

  /// Looks at the power that was drawn until now: what changes within an instant is drawn for no time.
  private func settlePower(at now: Int) {
    guard now > powerSince else { return }
    if activePower > peakPower { peakPower = activePower }
    powerSince = now
  }

  private func tokensAreThere(_ index: Int, at now: Int) {
    let block = blocks + index
    guard block.pointee.element >= 0, !block.pointee.hasTokens else { return }
    block.pointee.hasTokens = true
    block.pointee.tokenTime = now
    let element = elements + block.pointee.element
    element.pointee.withTokens &+= 1
    guard element.pointee.state == .resting, element.pointee.tokensSince == .max else { return }
    element.pointee.tokensSince = now
    element.pointee.firstBlock = index
  }

  private func rest(_ index: Int, at now: Int) {
    let element = elements + index
    element.pointee.state = .resting
    element.pointee.tokensSince = element.pointee.withTokens > 0 ? now : .max
    element.pointee.readySince = element.pointee.ready > 0 ? now : .max
    element.pointee.firstBlock = -1
  }

  /// Adds the time since the last change to what the element did then.
  private func settle(_ index: Int, at now: Int, awaited: Int) {
    let element = elements + index
    let time = Int64(now &- element.pointee.since)
    guard time > 0 else { return }
    switch element.pointee.state {
    case .executing: element.pointee.spent.executing &+= time
    case .moving:
      element.pointee.spent.moving &+= time
      hold(element.pointee.resources, for: time)
    case .waitingForLinks: element.pointee.spent.waitingForLinks &+= time
    case .resting: settleRest(index, at: now, awaited: awaited)
    }
    element.pointee.since = now
  }

  private func hold(_ resources: UInt64, for time: Int64) {
    var left = resources
    while left != 0 {
      held[left.trailingZeroBitCount] &+= time
      left &= left &- 1
    }
  }

  private func settleRest(_ index: Int, at now: Int, awaited: Int) {
    let element = elements + index
    let since = element.pointee.since
    guard element.pointee.hasBlocks else {
      element.pointee.spent.idle &+= Int64(now - since)
      return
    }
    var tokens = max(since, min(now, element.pointee.tokensSince))
    var turn = tokens
    if element.pointee.isInSequence {
      let isThere = awaited >= 0 && blocks[awaited].hasTokens
      tokens = isThere ? max(since, min(now, blocks[awaited].tokenTime)) : now
      turn = max(since, min(tokens, element.pointee.readySince))
    }
    element.pointee.spent.waitingForTokens &+= Int64(turn - since)
    element.pointee.spent.waitingForTurn &+= Int64(tokens - turn)
    element.pointee.spent.waitingForRoom &+= Int64(now - tokens)
    guard now > tokens else { return }
    let first = element.pointee.isInSequence ? awaited : element.pointee.firstBlock
    stall(index, first, Int64(now - tokens))
  }

  /// Counts a wait for the first block that had its tokens, or else for any that waits for room.
  private func stall(_ element: Int, _ first: Int, _ ticks: Int64) {
    var block = first
    if block < 0 || blocks[block].roomWait < 0 {
      block =
        (0..<tables.blockCount).first {
          blocks[$0].element == element && blocks[$0].roomWait >= 0
        } ?? -1
    }
    if block >= 0 { stalls[blocks[block].roomWait] &+= ticks }
  }

  /// By how much the shares of busy elements, links and memories differ before and behind a reading.
  func drifts(_ first: Reading, _ middle: Reading, _ last: Reading) -> [Double] {
    func shares(_ one: Reading, _ other: Reading) -> [Double] {
      let time = Double(max(1, other.time - one.time))
      let busy = zip(one.elements, other.elements).map { $1.busy - $0.busy }
      return (busy + zip(one.held, other.held).map { $1 - $0 }).map { Double($0) / time }
    }
    return zip(shares(first, middle), shares(middle, last)).map { abs($0 - $1) }
  }

  /// How elements spent the time between two readings.
  func profile(from first: Reading, to last: Reading) -> ActivityProfile {
    var stalls: [ActivityProfile.Stall] = []
    for block in 0..<tables.blockCount {
      let dependences = tables.dependences.starts
      for place in Int(dependences[block])..<Int(dependences[block + 1])
      where last.stalls[place] > first.stalls[place] {
        stalls.append(
          .init(
            block: block, channel: tables.channels[tables.dependences.channels[place]],
            ticks: last.stalls[place] - first.stalls[place]))
      }
    }
    return ActivityProfile(
      inferences: first.inferences..<last.inferences,
      window: Int64(first.time)..<Int64(last.time),
      elements: zip(last.elements, first.elements).map { $0 - $1 },
      stalls: stalls.sorted {
        ($1.ticks, $0.block, $0.channel) < ($0.ticks, $1.block, $1.channel)
      }, held: zip(last.held, first.held).map { $0 - $1 },
      firings: zip(last.firings, first.firings).map { $0 - $1 },
      peakActivePower: peakPowers[first.number..<last.number].max() ?? 0)
  }
}

extension SimulationEngine {
  /// What an element does now.
  fileprivate func activity(of element: Int) -> ActivityMeter.State {
    guard running[element] >= 0 else { return .resting }
    if !hasTransfers || steps[step[element]].kind == .execute { return .executing }
    return finish[element] == Self.never ? .waitingForLinks : .moving
  }

  /// What an element holds while it moves, a bit for each.
  fileprivate func resources(of element: Int) -> UInt64 {
    activity(of: element) == .moving ? steps[step[element]].resources : 0
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
