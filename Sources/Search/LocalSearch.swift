import RandomNumbers

/// Tries the neighbours of the genomes of the front: one gene changed, then two genes exchanged.
///
/// Pareto local search (Paquete, Chiarandini, Stützle 2004, "Pareto local optimum sets in the
/// biobjective traveling salesman problem", in Metaheuristics for Multiobjective Optimisation), a
/// neighbour at a time: each genome of the front remembers how many of its neighbours were tried,
/// in a random order of its own.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | archive of nondominated solutions | `SearchRun.front` |
/// | neighbourhood of a solution | `moves` and `exchanges` |
/// | a solution was explored | `tried` has reached `size` |
struct LocalSearch {
  let space: GenomeSpace
  /// For each gene the number of moves of the genes before it, and at last of all.
  private let moves: [Int]
  /// How many exchanges of two genes are tried.
  private let exchanges: Int
  /// For each genome how many neighbours were tried.
  private var tried: [UInt32] = []
  /// The genomes whose neighbours were tried since ``takeChanges()``.
  private var changed: [Int] = []

  init(_ space: GenomeSpace) {
    self.space = space
    moves = space.choices.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1 - 1) }
    let pairs = space.geneCount * (space.geneCount - 1) / 2
    exchanges = min(pairs, moves[moves.count - 1])
  }

  /// How many neighbours a genome has.
  private var size: Int { moves[moves.count - 1] + exchanges }
}

extension LocalSearch {
  /// Proposes a new neighbour of a genome of the front.
  ///
  /// - Returns: Whether there was one; if not, all neighbours of the front were tried, or of many
  ///   tried just now none was new.
  mutating func propose(
    _ run: inout SearchRun, _ random: inout RandomSource
  ) -> Bool {
    extend(to: run.archive.count)
    for _ in 0..<32 {
      guard let genome = choose(run.front, &random) else { return false }
      let step = Int(tried[genome])
      tried[genome] += 1
      changed.append(genome)
      guard makeNeighbour(step, of: genome, &run.archive) else { continue }
      if run.proposeDraft() { return true }
    }
    return false
  }

  private mutating func extend(to count: Int) {
    guard tried.count < count else { return }
    tried.append(contentsOf: repeatElement(0, count: count - tried.count))
  }

  /// A random genome of the front that has neighbours left.
  private func choose(_ front: ParetoFront<Int>, _ random: inout RandomSource) -> Int? {
    guard front.count > 0 else { return nil }
    let first = random.below(front.count)
    for step in 0..<front.count {
      let place = first + step < front.count ? first + step : first + step - front.count
      let genome = front.payload(at: place)
      if tried[genome] < UInt32(clamping: size) { return genome }
    }
    return nil
  }

  /// Makes a neighbour the draft.
  ///
  /// - Returns: Whether it differs.
  private func makeNeighbour(_ step: Int, of genome: Int, _ archive: inout GenomeArchive) -> Bool {
    let single = moves[moves.count - 1]
    return archive.withDraft(genome, genome) { parent, _, draft in
      for gene in draft.indices { draft[gene] = parent[gene] }
      guard step >= single else {
        let move = Self.shuffled(step, of: single, genome)
        let gene = self.gene(of: move)
        let next = Int(draft[gene]) + 1 + move - moves[gene]
        let choices = space.choices[gene]
        draft[gene] = Allele(next < choices ? next : next - choices)
        return true
      }
      let pairs = draft.count * (draft.count - 1) / 2
      let (one, other) = Self.pair(Self.shuffled(step - single, of: pairs, genome))
      guard let first = space.allele(of: one, like: other, with: draft[other]),
        let second = space.allele(of: other, like: one, with: draft[one]), first != draft[one]
      else { return false }
      (draft[one], draft[other]) = (first, second)
      return true
    }
  }

  /// The gene that a move changes.
  private func gene(of move: Int) -> Int {
    var (low, high) = (0, moves.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if moves[middle] <= move { low = middle } else { high = middle }
    }
    return low
  }

  /// The two genes of a pair, counted row by row of a triangle.
  private static func pair(_ number: Int) -> (Int, Int) {
    var row = Int((1 + Double(8 * number + 1).squareRoot()) / 2)
    while row * (row - 1) / 2 > number { row -= 1 }
    while row * (row + 1) / 2 <= number { row += 1 }
    return (row, number - row * (row - 1) / 2)
  }

  /// A place in an order of so many things that differs from genome to genome: a step that has no
  /// divisor with the number in common reaches all of them.
  private static func shuffled(_ place: Int, of count: Int, _ genome: Int) -> Int {
    var mixer = RandomSource(seed: UInt64(genome))
    let offset = mixer.below(count)
    let primes = [1_000_003, 1_299_709, 15_485_863, 32_452_843]
    let first = mixer.below(primes.count)
    let step =
      (0..<primes.count).lazy.map { primes[(first + $0) % primes.count] }
      .first { count % $0 != 0 } ?? 1
    return (place * step + offset) % count
  }
}

// MARK: - Checkpoints

extension LocalSearch {
  /// What has changed since the last call, as bytes.
  mutating func takeChanges() -> [UInt8] {
    var writer = ByteWriter()
    let genomes = Set(changed).sorted()
    changed.removeAll(keepingCapacity: true)
    writer.append(UInt32(clamping: genomes.count))
    for genome in genomes {
      writer.append(UInt32(clamping: genome))
      writer.append(tried[genome])
    }
    return writer.bytes
  }

  /// Does again what ``takeChanges()`` has told.
  mutating func apply(_ reader: inout ByteReader, genomes: Int) throws(SearchError) {
    extend(to: genomes)
    for _ in 0..<(try reader.count(of: 8)) {
      let (genome, count) = (Int(try reader.integer(UInt32.self)), try reader.integer(UInt32.self))
      guard genome < genomes else {
        throw .damagedCheckpoint("there is no genome \(genome) of \(genomes)")
      }
      tried[genome] = count
    }
  }
}
