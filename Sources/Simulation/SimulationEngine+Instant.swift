import MappingModel

/// What happens in one instant.
extension SimulationEngine {
  /// Lets everything happen that happens now; false where it never ends.
  mutating func runInstant() -> Bool {
    var rounds = 0
    while true {
      mustRepeat = false
      endWhatEndsNow()
      guard fireFreeBlocks() else { return false }
      startIdleElements()
      // Starting takes tokens and room from nobody: only what takes no time can change more.
      if mustRepeat {
        rounds += 1
        if rounds > Self.mostRounds { return false }
        continue
      }
      guard linksChanged else { return true }
      linksChanged = false
      if !grant() { return true }
    }
  }

  private static let mostRounds = 1 << 20

  /// Elements are looked at 64 at a time, as bits, so that no branch depends on which of them it is.
  @inline(__always)
  private mutating func endWhatEndsNow() {
    var first = 0
    repeat {
      var ended: UInt64 = 0
      for index in 0..<min(64, tables.elementCount &- first) {
        ended |= (finish[first &+ index] == now ? 1 : 0) &<< UInt64(index)
      }
      while ended != 0 {
        let element = first &+ ended.trailingZeroBitCount
        ended &= ended &- 1
        finish[element] = Self.never
        if hasTransfers { endStep(of: element) } else { endExecution(of: element) }
      }
      first &+= 64
    } while first < tables.elementCount
  }

  /// Fires blocks that take no time until none can; false where that never ends.
  @inline(__always)
  private mutating func fireFreeBlocks() -> Bool {
    var fired = 0
    while true {
      let block = highest(tables.elementCount)
      if block < 0 { return true }
      fire(block)
      fired += 1
      // Within one inference's firings of all blocks at least one inference ends.
      if fired > tables.mostFreeFirings { return false }
    }
  }

  @inline(__always)
  private mutating func startIdleElements() {
    guard sequences.isEmpty else { return startBySequence() }
    var first = 0
    repeat {
      var idle: UInt64 = 0
      for index in 0..<min(64, tables.elementCount &- first) {
        let element = first &+ index
        let canStart = running[element] < 0 && (!isSmall || words[element] != 0)
        idle |= (canStart ? 1 : 0) &<< UInt64(index)
      }
      while idle != 0 {
        let element = first &+ idle.trailingZeroBitCount
        idle &= idle &- 1
        let block = highest(element)
        if block >= 0 { start(block, on: element) }
      }
      first &+= 64
    } while first < tables.elementCount
  }

  private mutating func startBySequence() {
    for element in 0..<tables.elementCount where running[element] < 0 {
      let block = sequences[element].map { choice(of: element, from: $0) ?? -1 } ?? highest(element)
      if block >= 0 { start(block, on: element) }
    }
  }

  /// Starts a firing: its tokens are taken and its room is claimed.
  @inline(__always)
  private mutating func start(_ block: Int, on element: Int) {
    let phase = take(block)
    running[element] = block
    runningPhase[element] = phase
    recorder?.start(block, phase: phase, element: element, at: now)
    if hasTransfers {
      step[element] = stepStarts[block] &- 1
      advance(element)
    } else {
      execute(blocks[block].executions[phase], on: element)
    }
  }

  /// Counts a start: the slacks of a block's dependences fall, and it is ready again where none is short.
  @inline(__always)
  private func take(_ index: Int) -> Int {
    let block = blocks + index
    var missing: Int32 = 0
    var slot = Int(block.pointee.firstDependence)
    let last = Int(block.pointee.lastDependence)
    if tables.dependences.isSingleRate {
      while slot < last {
        let slack = slacks[slot] &- 1
        slacks[slot] = slack
        missing &+= slack < 0 ? 1 : 0
        slot &+= 1
      }
    } else {
      while slot < last {
        let position = Int(falls[slot].position)
        let slack = slacks[slot] &- Int(falls[slot].values[position])
        slacks[slot] = slack
        falls[slot].position =
          position &+ 1 == Int(falls[slot].period) ? 0 : Int32(truncatingIfNeeded: position &+ 1)
        missing &+= slack < 0 ? 1 : 0
        slot &+= 1
      }
    }
    if onlyOne, block.pointee.ended &+ 1 >= tables.firings[index] { missing &+= 1 << 30 }
    block.pointee.unmet = missing
    if missing > 0 { words[Int(block.pointee.word)] &= ~block.pointee.bit }
    let phase = block.pointee.phase
    block.pointee.phase = phase &+ 1 == block.pointee.phases ? 0 : phase &+ 1
    return Int(phase)
  }

  /// Fires a block that takes no time.
  private mutating func fire(_ block: Int) {
    let phase = take(block)
    recorder?.fire(block, phase: phase, at: now)
    give(blocks[block].firstCredit, blocks[block].lastCredit)
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
      give(ended.pointee.firstCredit, ended.pointee.lastCredit)
    }
    advance(element)
  }

  /// Goes on to the next thing that a firing does.
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
      give(next.pointee.firstCredit, next.pointee.lastCredit)
      place &+= 1
    }
    endFiring(of: element)
  }

  @inline(__always)
  private mutating func execute(_ ticks: Int, on element: Int) {
    finish[element] = now &+ ticks
    if ticks == 0 { mustRepeat = true }
  }

  /// Ends a firing: what no transfer has given is given now.
  @inline(__always)
  private mutating func endFiring(of element: Int) {
    let block = running[element]
    running[element] = -1
    recorder?.end(element: element, at: now)
    give(blocks[block].firstCredit, blocks[block].lastCredit)
    countEnd(of: block)
    if !sequences.isEmpty { ended(block, inSequenceOf: element) }
  }

  @inline(__always)
  private mutating func countEnd(of block: Int) {
    let ended = blocks[block].ended &+ 1
    blocks[block].ended = ended
    if blocks[block].isSink, ended == (inferences + 1) * tables.firings[block] {
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
      for sink in tables.sinks where blocks[sink].ended < (inferences + 1) * tables.firings[sink] {
        pendingSinks += 1
      }
    } while pendingSinks == 0
  }

  /// Tells those who wait that one firing more has ended; without branches, since nobody can foresee
  /// whether it was the one.
  @inline(__always)
  private func give(_ first: Int32, _ last: Int32) {
    var place = Int(first)
    while place < Int(last) {
      let credit = credits[place]
      let slack = slacks[Int(credit.dependence)] &+ 1
      slacks[Int(credit.dependence)] = slack
      let block = blocks + Int(credit.block)
      let unmet = block.pointee.unmet &- (slack == 0 ? 1 : 0)
      block.pointee.unmet = unmet
      words[Int(block.pointee.word)] |= unmet == 0 ? block.pointee.bit : 0
      place &+= 1
    }
  }
}
