/// The state in which an inference ends.
extension SimulationEngine {
  /// Notes the state; where it was the same before, that is where it repeats.
  mutating func noteState() -> RunEnd? {
    log.note(writeState(), turns: 0, inferences: inferences).map {
      .repeated(first: $0.first, again: $0.again)
    }
  }

  /// Writes the state into the scratch.
  ///
  /// How far each block is beyond the inferences that its part of the graph is on, what each element does
  /// with the time that it still takes, and who waits in which order. Tokens, room and phases follow from
  /// these. A running block and the queue say how many numbers come behind them, so that two states that
  /// begin alike are equally long.
  ///
  /// - Returns: How many numbers the state has.
  private func writeState() -> Int {
    let (scratch, turns) = (scratch, turns)
    var count = 0
    @inline(__always)
    func add(_ value: Int) {
      scratch[count] = value
      count &+= 1
    }
    for part in tables.parts { turns[part] = counters[part] / tables.firings[part] }
    for block in 0..<tables.blockCount {
      add(counters[block] &- turns[tables.partOf[block]] &* tables.firings[block])
    }
    add(queueCount)
    for place in 0..<queueCount { add(queue[place]) }
    for element in 0..<tables.elementCount {
      add(running[element])
      guard running[element] >= 0 else { continue }
      if hasTransfers { add(step[element]) }
      add(finish[element] == Self.never ? -1 : finish[element] &- now)
    }
    for (element, sequence) in sequences.enumerated() {
      guard let last = sequence?.map(\.shift).max() else { continue }
      add(sequencePlace[element])
      add(sequenceFirings[element])
      add(min(sequenceRound[element], last))
    }
    return count
  }
}
