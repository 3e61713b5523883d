import RandomNumbers

/// Where a genetic search is between two generations.
struct GeneticState {
  private let method: GeneticSearch
  private let variation: GeneticVariation
  private var random: RandomSource
  private var selection = EnvironmentalSelection()
  private var local: LocalSearch
  private var fresh = FreshGenomes()
  /// The first child among the genomes bred last; those before it are neighbours of the front.
  private(set) var firstChild = 0
  /// What has scores and is not selected yet.
  private var unselected = 0..<0
  /// Room for the population and the new genomes.
  private var candidates: [Int] = []
  /// For neighbours and for children how many there were of late, and how many of them came into
  /// the front.
  private var credit = Credit()

  struct Credit {
    var neighbours = 1.0
    var children = 1.0
    var goodNeighbours = 0.5
    var goodChildren = 0.5
  }

  init(_ problem: some SearchProblem, _ method: GeneticSearch, seed: UInt64) {
    self.method = method
    variation = GeneticVariation(problem, crossover: method.crossover, mutation: method.mutation)
    local = LocalSearch(problem.space)
    random = RandomSource(seed: seed)
  }

  /// The genomes of the population, selected from all but those evaluated last.
  var survivors: [Int] { selection.population }

  var isBeginning: Bool { selection.population.isEmpty }
}

// MARK: - A generation

extension GeneticState {
  /// Proposes the first population: seeds, each kind in turn, and random genomes.
  mutating func begin(_ run: inout SearchRun) {
    let first = run.archive.count
    let end = first + min(method.population, run.remaining)
    let seeded = first + (3 * (end - first) + 3) / 4
    let space = run.space
    let lists = method.initial.kinds.map { run.problem.seeds($0, limit: method.population) }
    for turn in 0..<(lists.map(\.count).max() ?? 0) {
      for list in lists where turn < list.count && run.archive.count < seeded {
        guard space.contains(list[turn]), !run.isLate() else { continue }
        run.setDraft(list[turn])
        run.proposeDraft()
      }
    }
    while run.archive.count < end, !run.isLate(), fresh.propose(&run, &random) {}
    firstChild = first
  }

  /// Selects the population, and proposes half a generation: neighbours of the front, then children
  /// of the population.
  mutating func breed(_ half: Int, _ run: inout SearchRun) {
    select(run)
    let first = run.archive.count
    let end = first + min((method.offspring + 1 - half) / 2, run.remaining)
    let share = isEnding(run) ? 1 : neighbourShare
    let last = first + Int((Double(end - first) * share).rounded())
    while run.archive.count < last, !run.isLate(), local.propose(&run, &random) {}
    firstChild = run.archive.count
    while run.archive.count < end, !run.isLate() {
      if proposeChild(&run) { continue }
      guard fresh.propose(&run, &random) else { break }
    }
  }

  /// Learns from the scores of new genomes which way gives points of the front.
  ///
  /// - Parameter firstChild: The first of them that is no neighbour of the front.
  mutating func learn(_ new: Range<Int>, firstChild: Int, _ run: SearchRun) {
    let neighbours = new.clamped(to: 0..<firstChild)
    credit.fade()
    credit.neighbours += Double(neighbours.count)
    credit.children += Double(new.count - neighbours.count)
    let good = run.entered.count { neighbours.contains($0) }
    credit.goodNeighbours += Double(good)
    credit.goodChildren += Double(run.entered.count - good)
    unselected = new
  }

  /// Takes the genomes that have scores into the population and keeps the best.
  mutating func select(_ run: SearchRun) {
    guard !unselected.isEmpty else { return }
    candidates.removeAll(keepingCapacity: true)
    candidates.append(contentsOf: selection.population)
    candidates.append(contentsOf: unselected)
    unselected = 0..<0
    selection.select(
      method.population, of: candidates, run.archive.scores,
      objectiveCount: run.front.objectiveCount)
  }

  private func isEnding(_ run: SearchRun) -> Bool {
    guard let budget = run.configuration.evaluations else { return false }
    return Double(run.remaining) <= method.finalNeighbours * Double(budget)
  }

  /// The share of neighbours by what either way has given.
  private var neighbourShare: Double {
    let neighbours = credit.goodNeighbours / credit.neighbours
    let children = credit.goodChildren / credit.children
    let quotient = neighbours / (neighbours + children)
    // Not so where neither gave anything.
    let share = quotient.isFinite ? quotient : 0.5
    return min(max(share, method.neighbours.lowerBound), method.neighbours.upperBound)
  }

  /// Proposes a child, and where its like are known ever more distant ones.
  private mutating func proposeChild(_ run: inout SearchRun) -> Bool {
    for attempt in 0..<20 {
      let one = selection.population[selection.tournament(&random)]
      let other = selection.population[selection.tournament(&random)]
      run.archive.withDraft(one, other) {
        variation.breed($0, $1, &$2, &random, changes: attempt / 4)
      }
      if run.proposeDraft() { return true }
    }
    return false
  }
}

// MARK: - Checkpoints

extension GeneticState {
  /// The state for a checkpoint, with the changes in the local search.
  mutating func encoded() -> [UInt8] {
    var writer = ByteWriter()
    for number in credit.numbers { writer.append(number) }
    writer.append(UInt8(fresh.isEnumerating ? 1 : 0))
    for genome in [firstChild, unselected.lowerBound, unselected.upperBound] {
      writer.append(UInt32(clamping: genome))
    }
    writer.append(UInt32(clamping: selection.population.count))
    for (place, genome) in selection.population.enumerated() {
      writer.append(UInt32(clamping: genome))
      writer.append(UInt32(clamping: selection.ranks[place]))
      writer.append(selection.crowding[place])
    }
    return random.encoded + writer.bytes + local.takeChanges()
  }

  /// Goes back to where a checkpoint ends.
  mutating func restore(_ checkpoint: SearchCheckpoint) throws(SearchError) {
    for record in checkpoint.records {
      var reader = ByteReader(record.state[...])
      random = try RandomSource(&reader)
      credit = try Credit(&reader)
      if try reader.integer(UInt8.self) != 0 { fresh.enumerate(local.space) }
      firstChild = Int(try reader.integer(UInt32.self))
      let (first, end) = (try reader.integer(UInt32.self), try reader.integer(UInt32.self))
      guard first <= end, end <= record.row.evaluations else {
        throw .damagedCheckpoint("there are no genomes from \(first) to \(end)")
      }
      unselected = Int(first)..<Int(end)
      selection.removeAll()
      for _ in 0..<(try reader.count(of: 16)) {
        let (genome, rank) = (Int(try reader.integer(UInt32.self)), try reader.integer(UInt32.self))
        guard genome < record.row.evaluations else {
          throw .damagedCheckpoint("there is no genome \(genome)")
        }
        selection.append(genome, rank: Int(rank), crowding: try reader.double())
      }
      try local.apply(&reader, genomes: record.row.evaluations)
    }
    guard checkpoint.records.isEmpty || !selection.population.isEmpty else {
      throw .damagedCheckpoint("it has no population")
    }
  }
}

extension GeneticState.Credit {
  /// Makes what is long ago count less.
  fileprivate mutating func fade() {
    neighbours *= 0.9
    children *= 0.9
    goodNeighbours *= 0.9
    goodChildren *= 0.9
  }

  /// The numbers in the order in which a checkpoint has them.
  fileprivate var numbers: [Double] { [neighbours, children, goodNeighbours, goodChildren] }

  fileprivate init(_ reader: inout ByteReader) throws(SearchError) {
    (neighbours, children) = (try reader.double(), try reader.double())
    (goodNeighbours, goodChildren) = (try reader.double(), try reader.double())
  }
}
