/// What an execution knows of the parts of its graph that no channel connects.
struct EngineParts {
  let count: Int
  let sinks: [[Int]]
  /// The inferences that each part ends in a repetition; nil where all end as many.
  var gains: [Int]?
  /// The inferences that each part is known to have ended.
  let ended: UnsafeMutablePointer<Int>
  /// When each part last went before each other one because it had ended fewer inferences; nil where there
  /// are too many parts to know.
  let precedence: UnsafeMutablePointer<Int>?
  /// The instants since the last end of an inference.
  var instants = 0
  /// A state of these instants, with the inferences of the parts behind it, and its tick.
  var snapshot: [Int] = []
  var snapshotTick = 0
  /// What the parts had ended when an instant was first looked at, and what the others had done.
  var instantTick = -1
  var instantWork = 0
  var instantEnded: [Int] = []

  init(_ tables: SimulationTables, _ arena: Arena) {
    sinks = tables.partSinks
    count = sinks.count
    ended = arena.make(count, of: 0)
    precedence = (2...256).contains(count) ? arena.make(count * count, of: -1) : nil
  }

  mutating func clear(hasShared: Bool) {
    for part in 0..<count { ended[part] = 0 }
    (instants, instantTick, gains) = (0, -1, nil)
    if hasShared { precedence?.update(repeating: -1, count: count * count) }
  }
}

// MARK: - Turns

extension SimulationEngine {
  /// The inferences that a part has ended.
  func inferencesEnded(by part: Int) -> Int {
    var ended = parts.ended[part]
    while parts.sinks[part].allSatisfy({ counters[$0] >= (ended + 1) * tables.firings[$0] }) {
      ended += 1
    }
    parts.ended[part] = ended
    return ended
  }

  /// The block that an element shared by several parts starts next, -1 for none: that of an order; of the
  /// part that has ended the fewest inferences, then of the first part, the one with the highest priority.
  func fairest(_ element: Int) -> Int {
    let top = highest(element)
    guard top >= 0, !isListed[top] else { return top }
    var (best, first) = (top, tables.partNumbers[top])
    var turn = inferencesEnded(by: first)
    for block in readyBlocks(of: element) {
      let part = tables.partNumbers[block]
      guard part != first else { continue }
      let other = inferencesEnded(by: part)
      if (other, part) < (turn, first) { (best, first, turn) = (block, part, other) }
    }
    guard let precedence = parts.precedence else { return best }
    for block in readyBlocks(of: element) where tables.partNumbers[block] != first {
      precedence[first * parts.count + tables.partNumbers[block]] = now
    }
    return best
  }

  /// The blocks that an element could start, the highest priority first.
  private func readyBlocks(of element: Int) -> [Int] {
    let range = isSmall ? element..<element + 1 : wordStarts[element]..<wordStarts[element + 1]
    var blocks: [Int] = []
    for word in range.reversed() {
      var bits = readyBlockBits[word]
      while bits != 0 {
        let bit = 63 - bits.leadingZeroBitCount
        bits &= ~(1 << UInt64(bit))
        blocks.append(Int(blockAt[word << 6 + bit]))
      }
    }
    return blocks
  }

  /// Whether parts that have ended so many more inferences since a tick, at whose end all else was as it is
  /// now, go on to do so: no part that gains on another went before it because it was behind.
  func isSteady(_ gains: [Int], since tick: Int) -> Bool {
    guard hasShared else { return true }
    guard let precedence = parts.precedence else { return Set(gains).count == 1 }
    for first in gains.indices {
      for other in gains.indices where gains[first] > gains[other] {
        if precedence[first * parts.count + other] > tick { return false }
      }
    }
    return true
  }
}

// MARK: - What never ends

extension SimulationEngine {
  /// Whether parts that take no time fire for ever in this instant.
  ///
  /// They do where one ends whole inferences more, with more ended than any other part, while no part that
  /// takes time does anything: whatever they wait for, each element was free, and nothing went before.
  mutating func findEndless() -> RunEnd? {
    let ended = (0..<parts.count).map { inferencesEnded(by: $0) }
    let work = workOfOthers()
    guard parts.instantTick == now, parts.instantWork == work else {
      (parts.instantTick, parts.instantWork, parts.instantEnded) = (now, work, ended)
      return nil
    }
    let most = ended.indices.filter { !isTimeless[$0] }.map { ended[$0] }.max() ?? -1
    let isEndless = ended.indices.contains {
      isTimeless[$0] && ended[$0] >= max(parts.instantEnded[$0], most + 1) + 2
    }
    guard isEndless else { return nil }
    return .endless(parts: ended.indices.filter { ended[$0] > parts.instantEnded[$0] })
  }

  /// A number that grows with all that parts do which take time.
  private func workOfOthers() -> Int {
    func takesTime(_ block: Int) -> Bool {
      tables.isKept[block] && !isTimeless[tables.partNumbers[block]]
    }
    var work = 0
    for block in 0..<tables.blockCount where takesTime(block) {
      work &+= blocks[block].started &+ counters[block]
    }
    guard hasTransfers else { return work }
    for channel in 0..<tables.channels.count where takesTime(tables.sources[channel]) {
      work &+= counters[tables.blockCount &+ channel]
      work &+= counters[tables.blockCount &+ tables.channels.count &+ channel]
    }
    return work
  }

  /// Looks now and then, while no inference ends, whether one ever will.
  mutating func watchParts() -> RunEnd? {
    guard parts.instants >= 1024, parts.instants & 63 == 0 else { return nil }
    return findStuck()
  }

  /// The parts that end no inference any more: those that can do nothing, or did nothing since a state that
  /// has come again (found as Brent 1980 finds cycles: the state kept is a new one after twice as long).
  private mutating func findStuck() -> RunEnd? {
    let isAlive = (0..<tables.blockCount).reduce(
      into: [Bool](repeating: false, count: parts.count)
    ) { alive, block in
      guard tables.isKept[block] else { return }
      if isReady(block) || blocks[block].started > counters[block] {
        alive[tables.partNumbers[block]] = true
      }
    }
    let late = (0..<parts.count).filter { inferencesEnded(by: $0) <= inferences }
    let dead = late.filter { !isAlive[$0] }
    if !dead.isEmpty { return .stuck(parts: dead) }
    let count = writeState()
    let turns = count..<count + parts.count
    for part in 0..<parts.count { scratch[count + part] = inferencesEnded(by: part) }
    if parts.instants > 1024, parts.snapshot.count == turns.upperBound,
      (0..<count).allSatisfy({ parts.snapshot[$0] == scratch[$0] })
    {
      let gains = turns.map { scratch[$0] - parts.snapshot[$0] }
      let stuck = gains.indices.filter { gains[$0] == 0 }
      if !stuck.isEmpty, isSteady(gains, since: parts.snapshotTick) { return .stuck(parts: stuck) }
    }
    if parts.instants.nonzeroBitCount == 1 {
      parts.snapshot = Array(UnsafeBufferPointer(start: scratch, count: turns.upperBound))
      parts.snapshotTick = now
    }
    return nil
  }

  func isReady(_ block: Int) -> Bool {
    readyBlockBits[Int(blocks[block].word)] & blocks[block].bit != 0
  }
}
