import MappingModel

/// Who moves bytes when, and fixed sequences.
extension SimulationEngine {
  /// An element asks for the resources of its transfer. Of requests of one age the block with the
  /// highest rank is served first.
  mutating func request(_ element: Int) {
    var place = queueCount
    let rank = tables.ranks[running[element]]
    while place > 0, age[place - 1] == now, tables.ranks[running[queue[place - 1]]] < rank {
      queue[place] = queue[place - 1]
      age[place] = age[place - 1]
      place -= 1
    }
    queue[place] = element
    age[place] = now
    requested[element] = now
    queueCount += 1
    linksChanged = true
  }

  /// Grants resources by age; who waits keeps those behind it off all its resources.
  mutating func grant() -> Bool {
    var blocked: UInt64 = 0
    var kept = 0
    for place in 0..<queueCount {
      let element = queue[place]
      let transfer = self.transfer(of: element)
      if transfer.resources & (busyResources | blocked) == 0 {
        busyResources |= transfer.resources
        finish[element] = now + transfer.duration(runningPhase[element])
        if finish[element] == now { mustRepeat = true }
      } else {
        blocked |= transfer.resources
        queue[kept] = element
        age[kept] = age[place]
        kept += 1
      }
    }
    defer { queueCount = kept }
    return kept < queueCount
  }

  func transfer(of element: Int) -> SimulationPlan.Transfer {
    let block = running[element]
    let reads = plan.readStarts[block + 1] - plan.readStarts[block]
    let place = stage[element]
    return place < reads
      ? plan.reads[plan.readStarts[block] + place]
      : plan.writes[plan.writeStarts[block] + place - reads - 1]
  }

  /// The next block of an element's sequence, if it can start.
  mutating func choice(of element: Int, from sequence: [Placement.Slot]) -> Int? {
    guard !sequence.isEmpty else { return nil }
    while sequenceRound[element] < sequence[sequencePlace[element]].shift {
      step(element, sequence)
    }
    let block = sequence[sequencePlace[element]].block
    return blocks[block].unmet == 0 ? block : nil
  }

  /// Counts a firing in an element's sequence, and goes on behind the last of an inference.
  mutating func ended(_ block: Int, inSequenceOf element: Int) {
    guard let sequence = plan.sequences[element] else { return }
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
