/// What happens in one instant.
extension SimulationEngine {
  /// Lets everything happen that happens now.
  ///
  /// - Returns: Whether that ends; where not, ``halt`` says why.
  mutating func runInstant() -> Bool {
    var rounds = 0
    while true {
      mustRepeat = false
      if tables.elementCount <= 64 { endSome() } else { endMany() }
      guard fireFreeBlocks() else { return false }
      if isPlain { startIdleElements() } else { startChosen() }
      // Starting takes tokens and room from nobody: only what takes no time can change more.
      if !mustRepeat {
        guard linksChanged else { return true }
        linksChanged = false
        grant()
        if !mustRepeat { return true }
      }
      rounds &+= 1
      if rounds & Self.fewRounds == 0, !mayContinue(rounds) { return false }
      findEnding()
    }
  }

  /// So many rounds, a power of 2 less 1, pass before one looks whether they end.
  private static let fewRounds = 1023
  @inline(never)
  private mutating func mayContinue(_ rounds: Int) -> Bool {
    if hasTimeless, let end = findEndless() {
      halt = end
      return false
    }
    guard let end = passedLimit(rounds, isWithinInstant: true) else { return true }
    halt = end
    return false
  }

  /// Why an execution does not go on in which so many events happened in one instant, or without an end of an
  /// inference; nil where it does.
  @inline(never)
  func passedLimit(_ events: Int, isWithinInstant: Bool = false) -> RunEnd? {
    if mustStop, leavesInstants || !isWithinInstant { return .interrupted }
    return events > tables.eventLimit ? .tooLong : nil
  }

  /// Whether the caller asks to leave, or no more is recorded.
  var mustStop: Bool {
    inferences >= asksFrom && shouldStop?() == true || recorder?.endsExecution == true
  }

  /// Ends what ends in this instant.
  @inline(__always)
  private mutating func endSome() {
    while ending != 0 {
      let element = ending.trailingZeroBitCount
      ending &= ending &- 1
      end(element)
    }
  }

  private mutating func endMany() {
    for element in 0..<tables.elementCount where finish[element] == now { end(element) }
  }

  /// What still ends in this instant after something else has.
  private mutating func findEnding() {
    ending = 0
    for element in 0..<min(64, tables.elementCount) where finish[element] == now {
      ending |= 1 << UInt64(element)
    }
  }

  @inline(__always)
  private mutating func end(_ element: Int) {
    finish[element] = Self.never
    if hasTransfers { endStep(of: element) } else { endExecution(of: element) }
  }

  /// Fires blocks that take no time until none can; false where they are too many.
  @inline(__always)
  private mutating func fireFreeBlocks() -> Bool {
    let free = tables.elementCount
    var fired = 0
    while ready[free &>> 6] & (1 &<< UInt64(free & 63)) != 0 {
      let block = highest(free)
      if block < 0 {
        ready[free &>> 6] &= ~(1 &<< UInt64(free & 63))
        break
      }
      fire(block)
      fired += 1
      if fired & 0xFFFF == 0, let end = passedLimit(fired, isWithinInstant: true) {
        halt = end
        return false
      }
    }
    return true
  }

  /// Elements are looked at as bits, so that no branch depends on which of them it is.
  @inline(__always)
  private mutating func startIdleElements() {
    for set in 0..<setCount {
      var starting = idle[set] & ready[set]
      while starting != 0 {
        let element = set &<< 6 | starting.trailingZeroBitCount
        let block = highest(element)
        if block >= 0 {
          start(block, on: element)
        } else {
          ready[set] &= ~(starting & (0 &- starting))
        }
        starting &= starting &- 1
      }
    }
  }

  /// Starts idle elements where fixed sequences, or the turns of unconnected parts, say what goes first.
  private mutating func startChosen() {
    for element in 0..<tables.elementCount where running[element] < 0 {
      let block: Int
      if !sequences.isEmpty, let sequence = sequences[element] {
        block = choice(of: element, from: sequence) ?? -1
      } else {
        block = hasShared && isShared[element] ? fairest(element) : highest(element)
      }
      if block >= 0 { start(block, on: element) }
    }
  }

  /// Starts a firing: its tokens are taken and its room is claimed.
  @inline(__always)
  private mutating func start(_ block: Int, on element: Int) {
    if let meter { meter.start(block, on: element, at: now) }
    let phase = take(block)
    idle[element &>> 6] &= ~(1 &<< UInt64(element & 63))
    running[element] = block
    runningPhase[element] = phase
    if let recorder { recorder.start(block, element: element, at: now) }
    if hasTransfers {
      step[element] = stepStarts[block] &- 1
      advance(element)
    } else {
      execute(blocks[block].executions[phase], on: element)
    }
  }

  /// Counts a start, and looks whether the block could start again; the phase that it starts.
  @inline(__always)
  private func take(_ index: Int) -> Int {
    let block = blocks + index
    let phase = block.pointee.phase
    block.pointee.phase = phase &+ 1 == block.pointee.phases ? 0 : phase &+ 1
    block.pointee.started &+= 1
    block.pointee.dependence = block.pointee.firstDependence
    let left = readyBlockBits[Int(block.pointee.word)] & ~block.pointee.bit
    readyBlockBits[Int(block.pointee.word)] = left
    let owner = block.pointee.owner
    ready[owner &>> 6] &= ~((isSmall && left == 0 ? 1 : 0) &<< UInt64(owner & 63))
    if let meter { meter.take(index) }
    if mostInferences == 0 || block.pointee.started < mostInferences &* tables.firings[index] {
      updateReadiness(index)
    }
    return Int(phase)
  }

  /// Goes through the dependences of a block's next firing from the first that is not known to be met: the block
  /// waits for the first that is not, or can start. What is met stays so until the block starts.
  @inline(__always)
  func updateReadiness(_ index: Int) {
    let block = blocks + index
    let last = dependences + Int(block.pointee.lastDependence)
    var dependence = dependences + Int(block.pointee.dependence)
    if isSingleRate {
      let number = block.pointee.started
      while dependence < last {
        guard counters[dependence.pointee.counter] >= number &+ dependence.pointee.first
        else { return wait(index, for: dependence) }
        dependence += 1
      }
    } else {
      while dependence < last {
        let need = needs + (dependence - dependences)
        guard counters[dependence.pointee.counter] >= need.pointee.count
        else { return wait(index, for: dependence) }
        need.pointee.rise()
        dependence += 1
      }
    }
    let owner = block.pointee.owner
    readyBlockBits[Int(block.pointee.word)] |= block.pointee.bit
    ready[owner &>> 6] |= 1 &<< UInt64(owner & 63)
    if let meter { meter.canStart(index, at: now) }
  }

  @inline(__always)
  private func wait(_ index: Int, for dependence: UnsafeMutablePointer<EngineDependence>) {
    let counter = dependence.pointee.counter
    blocks[index].dependence = Int32(truncatingIfNeeded: dependence - dependences)
    blocks[index].next = waiting[counter]
    waiting[counter] = Int32(truncatingIfNeeded: index)
    if let meter { meter.waits(index, for: dependence - dependences, at: now) }
  }

  /// Fires a block that takes no time.
  private mutating func fire(_ block: Int) {
    _ = take(block)
    recorder?.fire(block, at: now)
    countEnd(of: block)
  }

  /// Ends the firing of an element without transfers.
  @inline(__always)
  private mutating func endExecution(of element: Int) {
    if recorder != nil {
      recordExecution(blocks[running[element]].executions[runningPhase[element]], element)
    }
    endFiring(of: element)
  }

  /// Ends a transfer or an execution.
  @inline(__always)
  private mutating func endStep(of element: Int) {
    let ended = steps + step[element]
    if ended.pointee.kind == .execute {
      if recorder != nil {
        recordExecution(ended.pointee.ticks(runningPhase[element]), element)
      }
    } else {
      busyResources &= ~ended.pointee.resources
      linksChanged = true
      if recorder != nil { recordTransfer(ended.pointee, element, end: now) }
      count(ended.pointee.counter)
    }
    advance(element)
  }

  /// Advances to the next step of a firing.
  @inline(__always)
  private mutating func advance(_ element: Int) {
    let block = running[element]
    let last = stepStarts[block &+ 1]
    var place = step[element] &+ 1
    while place < last {
      let next = steps + place
      let ticks = next.pointee.ticks(runningPhase[element])
      if ticks >= 0 {
        step[element] = place
        if next.pointee.kind == .execute {
          execute(ticks, on: element)
        } else {
          request(element)
        }
        return
      }
      // Nothing moves in this phase, and nobody waits for nothing.
      count(next.pointee.counter)
      place &+= 1
    }
    endFiring(of: element)
  }

  @inline(__always)
  private mutating func execute(_ ticks: Int, on element: Int) {
    finish[element] = now &+ ticks
    if ticks == 0 { mustRepeat = true }
    if let meter {
      meter.turn(element, to: .executing, at: now, block: ticks > 0 ? running[element] : -1)
    }
  }

  /// Ends a firing: what no transfer has released or published yet is now.
  @inline(__always)
  private mutating func endFiring(of element: Int) {
    let block = running[element]
    running[element] = -1
    idle[element &>> 6] |= 1 &<< UInt64(element & 63)
    recorder?.end(element: element, at: now)
    if let meter { meter.end(on: element, at: now) }
    countEnd(of: block)
    if !sequences.isEmpty { ended(block, inSequenceOf: element) }
  }

  @inline(__always)
  private mutating func countEnd(of block: Int) {
    count(block)
    if blocks[block].isSink, counters[block] == (inferences + 1) * tables.firings[block] {
      pendingSinks -= 1
      if pendingSinks == 0 { endInference() }
    }
  }

  private mutating func endInference() {
    repeat {
      inferences += 1
      log.endInference(at: now)
      inferenceEnded = true
      pendingSinks = 0
      for sink in tables.sinks where counters[sink] < (inferences + 1) * tables.firings[sink] {
        pendingSinks += 1
      }
    } while pendingSinks == 0
  }

  /// Counts something that has happened, and lets those who waited for it look further.
  @inline(__always)
  private func count(_ counter: Int) {
    counters[counter] &+= 1
    var block = waiting[counter]
    guard block >= 0 else { return }
    waiting[counter] = -1
    while block >= 0 {
      let next = blocks[Int(block)].next
      updateReadiness(Int(block))
      block = next
    }
  }
}
