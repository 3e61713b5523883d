import Dataflow

/// When inferences ended, and the states in which they did.
struct InferenceLog {
  /// The ticks at which each inference ended.
  private(set) var ends: [Int] = []
  /// For each state its hash, where it begins, and the inferences that had ended.
  private var known: [(hash: UInt64, start: Int, inferences: Int)] = []
  private var states: [Int] = []
  /// Room for a state, and for how many inferences each part of the graph is on.
  fileprivate let scratch: UnsafeMutablePointer<Int>
  fileprivate let turns: UnsafeMutablePointer<Int>

  init(_ tables: SimulationTables, _ arena: Arena) {
    scratch = arena.make(tables.blockCount + 8 * tables.elementCount, of: 0)
    turns = arena.make(tables.blockCount, of: 0)
  }

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

  /// Notes the first numbers of the scratch as the state behind so many inferences.
  ///
  /// - Returns: The inferences that had ended when the state was last seen, if it was.
  fileprivate mutating func note(_ count: Int, inferences: Int) -> Int? {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for index in 0..<count {
      hash = (hash ^ UInt64(bitPattern: Int64(scratch[index]))) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash >> 29
    }
    for state in known where state.hash == hash {
      if isSame(state.start, count) { return state.inferences }
    }
    known.append((hash, states.count, inferences))
    states.append(contentsOf: UnsafeBufferPointer(start: scratch, count: count))
    return nil
  }

  /// Whether a state is the scratch; equally long where it begins with the same numbers.
  private func isSame(_ start: Int, _ count: Int) -> Bool {
    guard start + count <= states.count else { return false }
    return (0..<count).allSatisfy { states[start + $0] == scratch[$0] }
  }
}

extension SimulationEngine {
  /// Notes the state; where it was the same before, that is where it repeats.
  ///
  /// How far each block is beyond the inferences that its part of the graph is on, what each element does
  /// with the time that it still takes, and who waits in which order. Tokens, room and phases follow from
  /// these. A running block and the queue say how many numbers come behind them, so that two states that
  /// begin alike are equally long.
  mutating func noteState() -> RunEnd? {
    let (scratch, turns) = (log.scratch, log.turns)
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
    return log.note(count, inferences: inferences).map {
      .repeated(first: $0, again: inferences)
    }
  }
}
