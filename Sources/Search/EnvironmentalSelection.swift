import RandomNumbers

/// Keeps the best genomes of a population: by front, and within the last front that fits in part
/// those with the most room around them.
///
/// Source: Deb, Pratap, Agarwal, Meyarivan 2002, "A fast and elitist multiobjective genetic
/// algorithm: NSGA-II", IEEE Transactions on Evolutionary Computation 6(2), sections III-B and
/// III-C.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *i_rank* | `ranks` |
/// | *i_distance* | `crowding` |
/// | *F_i* | a range of `NondominatedSorting.fronts` |
/// | *f_max − f_min* | `width` |
/// | crowded comparison *≺_n* | `tournament(_:)` |
struct EnvironmentalSelection {
  /// The genomes kept, the best first.
  private(set) var population: [Int] = []
  /// For each genome kept its front and its crowding distance.
  private(set) var ranks: [Int] = []
  private(set) var crowding: [Double] = []

  private var sorting = NondominatedSorting()
  private var distances: [Double] = []
  private var values: [Double] = []
  private var places: [Int] = []

  /// Keeps so many of some genomes.
  mutating func select(
    _ count: Int, of genomes: some Sequence<Int>, _ scores: [Score], objectiveCount: Int
  ) {
    sorting.sort(genomes, scores, objectiveCount: objectiveCount)
    population.removeAll(keepingCapacity: true)
    ranks.removeAll(keepingCapacity: true)
    crowding.removeAll(keepingCapacity: true)
    for front in 0..<sorting.fronts.count - 1 where population.count < count {
      let members = sorting.fronts[front]..<sorting.fronts[front + 1]
      measure(members, front < sorting.feasibleFronts, scores, objectiveCount)
      let free = count - population.count
      listPlaces(members.count)
      if members.count > free {
        let distances = distances
        places.sort { (distances[$1], $0) < (distances[$0], $1) }
      }
      for place in places.prefix(free) {
        population.append(sorting.order[members.lowerBound + place])
        ranks.append(front)
        crowding.append(distances[place])
      }
    }
  }

  private mutating func listPlaces(_ count: Int) {
    places.removeAll(keepingCapacity: true)
    places.append(contentsOf: 0..<count)
  }

  /// Measures the crowding distances of a front: for each objective the distance of the neighbours
  /// on both sides, as a share of the whole range.
  private mutating func measure(
    _ members: Range<Int>, _ isFeasible: Bool, _ scores: [Score], _ objectiveCount: Int
  ) {
    distances.removeAll(keepingCapacity: true)
    distances.append(contentsOf: repeatElement(0, count: members.count))
    guard isFeasible else { return }
    for objective in 0..<objectiveCount {
      values.removeAll(keepingCapacity: true)
      for place in members { values.append(scores[sorting.order[place]].objectives[objective]) }
      listPlaces(members.count)
      // A front is in the order of the first objective, and in reverse that of the second of two.
      if objective > 0, objectiveCount > 2 {
        let values = values
        places.sort { (values[$0], $0) < (values[$1], $1) }
      }
      guard let first = places.first, let last = places.last else { return }
      let width = values[last] - values[first]
      (distances[first], distances[last]) = (.infinity, .infinity)
      guard width != 0, places.count > 2 else { continue }
      for rank in 1..<places.count - 1 {
        distances[places[rank]] += (values[places[rank + 1]] - values[places[rank - 1]]) / width
      }
    }
  }
}

extension EnvironmentalSelection {
  /// The place of the better of two random genomes: of the lower front, then of the less crowded
  /// one.
  func tournament(_ random: inout RandomSource) -> Int {
    let (one, other) = (random.below(population.count), random.below(population.count))
    if ranks[one] != ranks[other] { return ranks[one] < ranks[other] ? one : other }
    return crowding[one] >= crowding[other] ? one : other
  }

  /// Forgets the population.
  mutating func removeAll() {
    population.removeAll()
    ranks.removeAll()
    crowding.removeAll()
  }

  /// Takes a genome in as a checkpoint has it.
  mutating func append(_ genome: Int, rank: Int, crowding distance: Double) {
    population.append(genome)
    ranks.append(rank)
    crowding.append(distance)
  }
}
