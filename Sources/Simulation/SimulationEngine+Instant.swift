import MappingModel

/// What happens in one instant.
extension SimulationEngine {
  /// Lets everything happen that happens now; false where it never ends.
  mutating func runInstant() -> Bool {
    var rounds = 0
    while true {
      var isChanged = false
      for element in 0..<tables.elementCount where finish[element] == now {
        endStage(of: element)
        isChanged = true
      }
      while freeCount > 0 {
        freeCount -= 1
        fire(freeReady[freeCount])
        isChanged = true
      }
      for element in 0..<tables.elementCount where running[element] < 0 {
        guard let block = choice(of: element) else { continue }
        start(block, on: element)
        isChanged = true
      }
      if isChanged {
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
  private mutating func choice(of element: Int) -> Int? {
    if !plan.sequences.isEmpty, let sequence = plan.sequences[element] {
      return choice(of: element, from: sequence)
    }
    let bits = ownBits + element * wordCount
    var word = wordCount - 1
    while word >= 0 {
      let candidates = ready[word] & bits[word]
      if candidates != 0 { return blockAt[word << 6 + (63 - candidates.leadingZeroBitCount)] }
      word -= 1
    }
    return nil
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

  /// Takes the tokens and the room of a block's next phase and goes on to the one behind it.
  @inline(__always)
  private mutating func take(_ block: Int) -> Int {
    let current = phase[block]
    for slot in tables.inputStarts[block]..<tables.inputStarts[block + 1] {
      let channel = tables.inputs[slot]
      tokens[channel] -= consumption(channel, current)
    }
    for slot in tables.outputStarts[block]..<tables.outputStarts[block + 1] {
      let channel = tables.outputs[slot]
      room[channel] -= production(channel, current)
    }
    started[block] += 1
    phase[block] = current + 1 == tables.phases[block] ? 0 : current + 1
    count(block)
    if unmet[block] > 0, plan.elements[block] >= 0 {
      let place = plan.priorities[block]
      ready[place >> 6] &= ~(1 << UInt64(place & 63))
    }
    return current
  }

  /// Fires a block that takes no time.
  private mutating func fire(_ block: Int) {
    let current = take(block)
    recorder?.fire(block, phase: current, at: now)
    let isReady = unmet[block] == 0
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
        finish[element] = now + plan.executions[block][current]
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
      if consumption(plan.reads[firstRead + place].channel, current) > 0 {
        stage[element] = place
        request(element)
        return
      }
      place += 1
    }
    if place == reads {
      stage[element] = place
      finish[element] = now + plan.executions[block][current]
      return
    }
    while place <= reads + writes {
      if production(plan.writes[firstWrite + place - reads - 1].channel, current) > 0 {
        stage[element] = place
        request(element)
        return
      }
      place += 1
    }
    finish(block, current, on: element)
  }

  /// Ends a firing: what no transfer has released or published yet is now.
  private mutating func finish(_ block: Int, _ current: Int, on element: Int) {
    running[element] = -1
    recorder?.end(element: element, at: now)
    for slot in tables.inputStarts[block]..<tables.inputStarts[block + 1] {
      let channel = tables.inputs[slot]
      if !plan.hasRead[channel] { release(channel, consumption(channel, current)) }
    }
    for slot in tables.outputStarts[block]..<tables.outputStarts[block + 1] {
      let channel = tables.outputs[slot]
      if !plan.hasWrite[channel] { publish(channel, production(channel, current)) }
    }
    finished(block)
    if !plan.sequences.isEmpty { ended(block, inSequenceOf: element) }
  }

  @inline(__always)
  private mutating func finished(_ block: Int) {
    ended[block] += 1
    if tables.isSink[block], ended[block] == (inferences + 1) * tables.firings[block] {
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
      for sink in tables.sinks where ended[sink] < (inferences + 1) * tables.firings[sink] {
        pendingSinks += 1
      }
    } while pendingSinks == 0
  }

  @inline(__always)
  private mutating func publish(_ channel: Int, _ count: Int) {
    let before = tokens[channel]
    tokens[channel] = before + count
    let reader = tables.targets[channel]
    let needed = consumption(channel, phase[reader])
    if before < needed, before + count >= needed {
      unmet[reader] -= 1
      if unmet[reader] == 0 { becameReady(reader) }
    }
  }

  @inline(__always)
  private mutating func release(_ channel: Int, _ count: Int) {
    let before = room[channel]
    room[channel] = before + count
    let writer = tables.sources[channel]
    let needed = production(channel, phase[writer])
    if before < needed, before + count >= needed {
      unmet[writer] -= 1
      if unmet[writer] == 0 { becameReady(writer) }
    }
  }
}
