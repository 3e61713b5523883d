import MappingModel

/// What happens in one instant.
extension SimulationEngine {
  /// Lets everything happen that happens now; false where it never ends.
  mutating func runInstant() -> Bool {
    var rounds = 0
    while true {
      mustRepeat = false
      for element in 0..<tables.elementCount where finish[element] == now {
        endStage(of: element)
      }
      while freeCount > 0 {
        freeCount -= 1
        fire(freeReady[freeCount])
      }
      for element in 0..<tables.elementCount where running[element] < 0 {
        let block = choice(of: element)
        guard block >= 0 else { continue }
        start(block, on: element)
      }
      // Starting takes tokens and room from nobody: only what takes no time can change more.
      if mustRepeat || freeCount > 0 {
        rounds += 1
        if rounds > 1 << 20 { return false }
        continue
      }
      guard linksChanged else { return true }
      linksChanged = false
      if !grant() { return true }
    }
  }

  /// The block that an idle element starts: of those that can the one with the highest priority, or
  /// what its sequence says.
  @inline(__always)
  private mutating func choice(of element: Int) -> Int {
    if !plan.sequences.isEmpty, let sequence = plan.sequences[element] {
      return choice(of: element, from: sequence) ?? -1
    }
    let place = ready.highest(element)
    return place < 0 ? -1 : blockAt[place]
  }

  /// Starts a firing: its tokens are taken and its room is claimed.
  private mutating func start(_ block: Int, on element: Int) {
    let current = take(block)
    running[element] = block
    runningPhase[element] = current
    stage[element] = -1
    recorder?.start(block, phase: current, element: element, at: now)
    advance(element)
  }

  /// Takes the tokens and the room of a block's next phase, goes on to the one behind it, and counts what
  /// that lacks.
  @inline(__always)
  private mutating func take(_ block: Int) -> Int {
    let state = blocks + block
    let current = Int(state.pointee.phase)
    let next = current + 1 == Int(state.pointee.phases) ? 0 : current + 1
    var missing = 0
    for slot in Int(state.pointee.firstInput)..<Int(state.pointee.lastInput) {
      let channel = channels + tables.inputs[slot]
      let tokens = channel.pointee.tokens - channel.pointee.needed
      let needed = channel.pointee.consumption[next * Int(channel.pointee.consumptionStep)]
      channel.pointee.tokens = tokens
      channel.pointee.needed = needed
      if tokens < needed { missing += 1 }
    }
    for slot in Int(state.pointee.firstOutput)..<Int(state.pointee.lastOutput) {
      let channel = channels + tables.outputs[slot]
      let room = channel.pointee.room - channel.pointee.wanted
      let wanted = channel.pointee.production[next * Int(channel.pointee.productionStep)]
      channel.pointee.room = room
      channel.pointee.wanted = wanted
      if room < wanted { missing += 1 }
    }
    state.pointee.started += 1
    state.pointee.phase = Int32(truncatingIfNeeded: next)
    if let firingLimit, state.pointee.started >= firingLimit * tables.firings[block] {
      missing += 1 << 32
    }
    state.pointee.unmet = missing
    if missing > 0 {
      let element = plan.elements[block]
      if element >= 0 { ready.remove(plan.priorities[block], element) }
    }
    return current
  }

  /// Fires a block that takes no time.
  private mutating func fire(_ block: Int) {
    let current = take(block)
    recorder?.fire(block, phase: current, at: now)
    let isReady = blocks[block].unmet == 0
    for slot in tables.inputStarts[block]..<tables.inputStarts[block + 1] {
      let channel = tables.inputs[slot]
      release(channel, consumption(channel, current))
    }
    for slot in tables.outputStarts[block]..<tables.outputStarts[block + 1] {
      let channel = tables.outputs[slot]
      publish(channel, production(channel, current))
    }
    finished(block)
    // A block that stayed ready was not announced again by what it released itself.
    if isReady { becameReady(block) }
  }

  /// Ends what an element does.
  private mutating func endStage(of element: Int) {
    let block = running[element]
    let current = runningPhase[element]
    finish[element] = Self.never
    if plan.hasTransfers {
      let reads = plan.readStarts[block + 1] - plan.readStarts[block]
      let place = stage[element]
      if place < reads {
        endRead(plan.reads[plan.readStarts[block] + place], current, on: element)
      } else if place > reads {
        endWrite(plan.writes[plan.writeStarts[block] + place - reads - 1], current, on: element)
      } else {
        recordExecution(on: element)
      }
    } else {
      recordExecution(on: element)
    }
    advance(element)
  }

  private func recordExecution(on element: Int) {
    guard let recorder else { return }
    let start = now - plan.executions[running[element]][runningPhase[element]]
    recorder.add(.execute, element: element, requested: start, start: start, end: now)
  }

  private mutating func endRead(
    _ transfer: SimulationPlan.Transfer, _ current: Int, on element: Int
  ) {
    endTransfer(transfer, .read, current, on: element)
    release(transfer.channel, consumption(transfer.channel, current))
  }

  private mutating func endWrite(
    _ transfer: SimulationPlan.Transfer, _ current: Int, on element: Int
  ) {
    endTransfer(transfer, .write, current, on: element)
    var channel = transfer.firstMember
    while channel >= 0 {
      publish(channel, production(channel, current))
      channel = plan.nextMember[channel]
    }
  }

  private mutating func endTransfer(
    _ transfer: SimulationPlan.Transfer, _ kind: MappingSchedule.Segment.Kind, _ current: Int,
    on element: Int
  ) {
    busyResources &= ~transfer.resources
    linksChanged = true
    guard let recorder else { return }
    recorder.add(
      kind, element: element, channels: members(transfer, isRead: kind == .read),
      resources: transfer.resources, requested: requested[element],
      start: now - transfer.duration(current), end: now)
  }

  /// Tells what elements are in the middle of.
  func recordUnderWay() {
    guard let recorder else { return }
    for element in 0..<tables.elementCount
    where running[element] >= 0 && finish[element] != Self.never {
      let (block, current) = (running[element], runningPhase[element])
      let reads =
        plan.hasTransfers ? plan.readStarts[block + 1] - plan.readStarts[block] : 0
      let end = finish[element]
      guard stage[element] != reads else {
        let start = end - plan.executions[block][current]
        recorder.add(.execute, element: element, requested: start, start: start, end: end)
        continue
      }
      let transfer = self.transfer(of: element)
      let isRead = stage[element] < reads
      recorder.add(
        isRead ? .read : .write, element: element, channels: members(transfer, isRead: isRead),
        resources: transfer.resources, requested: requested[element],
        start: end - transfer.duration(current), end: end)
    }
  }

  /// The channels of a transfer, as the problem numbers them.
  private func members(_ transfer: SimulationPlan.Transfer, isRead: Bool) -> [Int] {
    var members: [Int] = []
    var channel = isRead ? transfer.channel : transfer.firstMember
    while channel >= 0 {
      members.append(tables.channels[channel])
      channel = isRead ? -1 : plan.nextMember[channel]
    }
    return members
  }

  /// Goes on to the next thing that a firing does.
  private mutating func advance(_ element: Int) {
    let block = running[element]
    let current = runningPhase[element]
    guard plan.hasTransfers else {
      if stage[element] < 0 {
        stage[element] = 0
        execute(block, current, on: element)
      } else {
        finish(block, current, on: element)
      }
      return
    }
    let firstRead = plan.readStarts[block]
    let reads = plan.readStarts[block + 1] - firstRead
    let firstWrite = plan.writeStarts[block]
    let writes = plan.writeStarts[block + 1] - firstWrite
    var place = stage[element] + 1
    while place < reads {
      if plan.reads[firstRead + place].moves(current) {
        stage[element] = place
        request(element)
        return
      }
      place += 1
    }
    if place == reads {
      stage[element] = place
      execute(block, current, on: element)
      return
    }
    while place <= reads + writes {
      if plan.writes[firstWrite + place - reads - 1].moves(current) {
        stage[element] = place
        request(element)
        return
      }
      place += 1
    }
    finish(block, current, on: element)
  }

  @inline(__always)
  private mutating func execute(_ block: Int, _ current: Int, on element: Int) {
    let ticks = plan.executions[block][current]
    finish[element] = now + ticks
    if ticks == 0 { mustRepeat = true }
  }

  /// Ends a firing: what no transfer has released or published yet is now.
  private mutating func finish(_ block: Int, _ current: Int, on element: Int) {
    running[element] = -1
    recorder?.end(element: element, at: now)
    let hasTransfers = plan.hasTransfers
    for slot in Int(blocks[block].firstInput)..<Int(blocks[block].lastInput) {
      let channel = tables.inputs[slot]
      if hasTransfers, plan.hasRead[channel] { continue }
      release(channel, consumption(channel, current))
    }
    for slot in Int(blocks[block].firstOutput)..<Int(blocks[block].lastOutput) {
      let channel = tables.outputs[slot]
      if hasTransfers, plan.hasWrite[channel] { continue }
      publish(channel, production(channel, current))
    }
    finished(block)
    if !plan.sequences.isEmpty { ended(block, inSequenceOf: element) }
  }

  @inline(__always)
  private mutating func finished(_ block: Int) {
    blocks[block].ended += 1
    if tables.isSink[block], blocks[block].ended == (inferences + 1) * tables.firings[block] {
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

  @inline(__always)
  private mutating func publish(_ index: Int, _ count: Int) {
    let channel = channels + index
    let before = channel.pointee.tokens
    channel.pointee.tokens = before + count
    let needed = channel.pointee.needed
    if before < needed, before + count >= needed { grew(Int(channel.pointee.reader)) }
  }

  @inline(__always)
  private mutating func release(_ index: Int, _ count: Int) {
    let channel = channels + index
    let before = channel.pointee.room
    channel.pointee.room = before + count
    let wanted = channel.pointee.wanted
    if before < wanted, before + count >= wanted { grew(Int(channel.pointee.writer)) }
  }

  /// A block lacks one channel less.
  @inline(__always)
  private mutating func grew(_ block: Int) {
    let state = blocks + block
    state.pointee.unmet -= 1
    if state.pointee.unmet == 0 { becameReady(block) }
  }
}
