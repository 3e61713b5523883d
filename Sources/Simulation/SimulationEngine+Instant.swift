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
    recorder?.started(block)
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
    let reads = plan.readStarts[block + 1] - plan.readStarts[block]
    let place = stage[element]
    finish[element] = Self.never
    if place < reads {
      let transfer = plan.reads[plan.readStarts[block] + place]
      recorder?.add(
        .read, element, block, current, channel: tables.channels[transfer.channel],
        resources: transfer.resources, ticks: plan.duration(of: transfer, current), end: now)
      busyResources &= ~transfer.resources
      linksChanged = true
      release(transfer.channel, consumption(transfer.channel, current))
    } else if place > reads {
      let transfer = plan.writes[plan.writeStarts[block] + place - reads - 1]
      recorder?.add(
        .write, element, block, current, channel: tables.channels[transfer.channel],
        resources: transfer.resources, ticks: plan.duration(of: transfer, current), end: now)
      busyResources &= ~transfer.resources
      linksChanged = true
      for member in transfer.firstMember..<transfer.firstMember + transfer.memberCount {
        let channel = plan.members[member]
        publish(channel, production(channel, current))
      }
    } else {
      recorder?.add(
        .execute, element, block, current, ticks: plan.executions[block][current], end: now)
    }
    advance(element)
  }

  /// Goes on to the next thing that a firing does.
  private mutating func advance(_ element: Int) {
    let block = running[element]
    let current = runningPhase[element]
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
