import MappingModel

/// The state in which an inference ends.
///
/// Source: the states of self-timed execution of Ghamarian et al. 2006, "Throughput analysis of synchronous
/// data flow graphs", ACSD, DOI 10.1109/ACSD.2006.33: tokens and remaining execution times. We differ in
/// counting firings instead of tokens, and in looking only where an inference ends.
extension SimulationEngine {
  /// Notes the state; where it was the same before, that is where it repeats.
  mutating func noteState() -> RunEnd? {
    let count = writeState()
    guard parts.count > 1 else {
      return log.note(count, turns: 0, inferences: inferences).map {
        .repeated(first: $0.first, again: $0.again)
      }
    }
    for part in 0..<parts.count { scratch[count + part] = inferencesEnded(by: part) }
    guard let sighting = log.note(count, turns: parts.count, inferences: inferences) else {
      return nil
    }
    return judge(sighting, behind: count)
  }

  /// Whether a state that came again repeats for ever, though parts that no channel connects have gone
  /// different ways since: how many inferences they have ended is no part of the state.
  private mutating func judge(_ sighting: InferenceLog.Sighting, behind count: Int) -> RunEnd? {
    let gains = (0..<parts.count).map { scratch[count + $0] - log.turn(sighting, $0) }
    // A part that was ahead and gains less than inferences ended will be what they wait for.
    let isEven = gains.indices.allSatisfy { part in
      gains[part] == 0 || gains[part] >= inferences - sighting.first
        || parts.sinks[part].allSatisfy { !tables.isSink[$0] }
    }
    guard isEven, isSteady(gains, since: log.end(of: sighting.first)) else {
      log.renew(sighting, turns: parts.count, behind: count, inferences: inferences)
      return nil
    }
    let stuck = gains.indices.filter { gains[$0] == 0 }
    if stuck.isEmpty, Set(gains) != [inferences - sighting.first] { parts.gains = gains }
    return stuck.isEmpty
      ? .repeated(first: sighting.first, again: sighting.again) : .stuck(parts: stuck)
  }

  /// Writes the state into the scratch.
  ///
  /// How far each block is beyond the inferences that its part of the graph is on, what each element does
  /// with the time that it still takes, and who waits in which order. Tokens, room and phases follow from
  /// these. A running block and the queue say how many numbers come behind them, so that two states that
  /// begin alike are equally long.
  ///
  /// - Returns: How many numbers the state has.
  func writeState() -> Int {
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
