import Dataflow

/// When inferences ended, and the states in which they did.
struct InferenceLog {
  /// The ticks at which each inference ended.
  private(set) var ends: [Int] = []
  /// For each state its hash, where it begins, and the inferences that had ended.
  private var known: [(hash: UInt64, start: Int, inferences: Int)] = []
  private var states: [Int] = []
  private var hash: UInt64 = 0

  mutating func clear() {
    ends.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
  }

  mutating func endInference(at tick: Int) { ends.append(tick) }

  /// The mean time of the inferences between two numbers that had ended.
  func mean(_ first: Int, _ last: Int) -> Fraction? {
    Fraction(Int64(ends[last - 1] - (first == 0 ? 0 : ends[first - 1])), Int64(last - first))
  }

  /// Begins a state.
  mutating func begin(inferences: Int) {
    hash = 0x9E37_79B9_7F4A_7C15
    known.append((0, states.count, inferences))
  }

  /// Adds a number to the state.
  @inline(__always)
  mutating func add(_ value: Int) {
    states.append(value)
    hash = (hash ^ UInt64(bitPattern: Int64(value))) &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash >> 29
  }

  /// Ends a state: the inferences that had ended when it was last seen, if it was.
  mutating func end() -> Int? {
    let last = known.count - 1
    known[last].hash = hash
    let state = states[known[last].start...]
    for index in 0..<last where known[index].hash == hash {
      if states[known[index].start..<known[index + 1].start] == state {
        return known[index].inferences
      }
    }
    return nil
  }
}

extension SimulationEngine {
  /// Notes the state; where it was the same before, that is where it repeats.
  ///
  /// Tokens, phases, what each element does with the time it still takes, and who waits in which order.
  /// Room follows from these. A running block says how many numbers come behind it, so that states of
  /// one length are compared number by number.
  mutating func noteState() -> RunEnd? {
    log.begin(inferences: inferences)
    for channel in 0..<tables.channels.count { log.add(channels[channel].tokens) }
    for block in 0..<tables.blockCount where tables.phases[block] > 1 {
      log.add(Int(blocks[block].phase))
    }
    for element in 0..<tables.elementCount {
      log.add(running[element])
      guard running[element] >= 0 else { continue }
      log.add(stage[element])
      log.add(finish[element] == Self.never ? -1 : finish[element] - now)
    }
    for place in 0..<queueCount { log.add(queue[place]) }
    for (element, sequence) in plan.sequences.enumerated() {
      guard let last = sequence?.map(\.shift).max() else { continue }
      log.add(sequencePlace[element])
      log.add(sequenceFirings[element])
      log.add(min(sequenceRound[element], last))
    }
    return log.end().map { .repeated(first: $0, again: inferences) }
  }
}
