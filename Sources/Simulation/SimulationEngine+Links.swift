import MappingModel

/// Who moves bytes when, and fixed sequences.
extension SimulationEngine {
  /// An element asks for the resources of its transfer. Of requests of one age the block with the
  /// highest rank is served first.
  @inline(__always)
  mutating func request(_ element: Int) {
    var place = queueCount
    let rank = tables.ranks[running[element]]
    while place > 0, requested[queue[place &- 1]] == now,
      tables.ranks[running[queue[place &- 1]]] < rank
    {
      queue[place] = queue[place &- 1]
      place &-= 1
    }
    queue[place] = element
    requested[element] = now
    if let meter { meter.turn(element, to: .waitingForLinks, at: now) }
    queueCount &+= 1
    linksChanged = true
  }

  /// Grants resources by age; who waits keeps those behind it off all its resources.
  @inline(__always)
  mutating func grant() {
    var taken = busyResources
    var kept = 0
    for place in 0..<queueCount {
      let element = queue[place]
      let transfer = steps + step[element]
      let resources = transfer.pointee.resources
      if resources & taken == 0 {
        busyResources |= resources
        let ticks = transfer.pointee.ticks(runningPhase[element])
        finish[element] = now &+ ticks
        if ticks == 0 { mustRepeat = true }
        if let meter { meter.turn(element, to: .moving, at: now, resources: resources) }
      } else {
        queue[kept] = element
        kept &+= 1
      }
      taken |= resources
    }
    queueCount = kept
  }

  /// The next block of an element's sequence, if it can start.
  ///
  /// Slots before the first inference of their block are passed over.
  mutating func choice(of element: Int, from sequence: [Placement.Slot]) -> Int? {
    guard !sequence.isEmpty else { return nil }
    while sequenceRound[element] < sequence[sequencePlace[element]].shift {
      step(element, sequence)
    }
    let block = sequence[sequencePlace[element]].block
    return isReady(block) ? block : nil
  }

  /// Counts a firing in an element's sequence, and goes on behind the last of an inference.
  mutating func ended(_ block: Int, inSequenceOf element: Int) {
    guard let sequence = sequences[element] else { return }
    sequenceFirings[element] += 1
    guard sequenceFirings[element] == tables.firings[block] else { return }
    sequenceFirings[element] = 0
    step(element, sequence)
  }

  private mutating func step(_ element: Int, _ sequence: [Placement.Slot]) {
    sequencePlace[element] += 1
    guard sequencePlace[element] == sequence.count else { return }
    sequencePlace[element] = 0
    sequenceRound[element] += 1
  }
}
