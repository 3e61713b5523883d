/// Sorts genomes into fronts: the first is not dominated, the next only by the ones before, and so
/// on.
///
/// Source: Zhang, Tian, Cheng, Jin 2015, "An efficient approach to nondominated sorting for
/// evolutionary multiobjective optimization" (ENS-BS), IEEE Transactions on Evolutionary
/// Computation 19(2): genomes in the order of their objectives look for their front by bisection.
/// With one or two objectives the last genome of a front decides whether the front dominates, which
/// makes it O(*n* log *n*). We differ in that of genomes with equal objectives each later one is
/// dominated by the ones before, lest they fill the population where few points are to be had.
/// Infeasible genomes come after all feasible ones, a front for each violation.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | population *P*, sorted | `sorted` |
/// | front *F[k]* | `fronts[k]..<fronts[k + 1]` of ``order`` |
struct NondominatedSorting {
  /// The genomes in order, front after front; within a front of feasible genomes in the order of
  /// their objectives.
  private(set) var order: [Int] = []
  /// The places in ``order`` at which fronts begin, and at last the number of genomes.
  private(set) var fronts: [Int] = [0]
  /// How many of the fronts are feasible.
  private(set) var feasibleFronts = 0

  private var sorted: [Member] = []
  private var frontOf: [Int] = []
  /// The last genome of each front by its place, and for each the one before it in its front.
  private var last: [Int] = []
  private var before: [Int] = []

  /// A genome with its score, so that comparisons need not look it up.
  private struct Member {
    let genome: Int
    let score: Score

    func precedes(_ other: Member) -> Bool {
      if score.violation != other.score.violation { return score.violation < other.score.violation }
      if score.isFeasible, score.objectives != other.score.objectives {
        return score.objectives.precedes(other.score.objectives)
      }
      return genome < other.genome
    }
  }

  /// Sorts genomes by their numbers.
  mutating func sort(_ genomes: some Sequence<Int>, _ scores: [Score], objectiveCount: Int) {
    sorted.removeAll(keepingCapacity: true)
    sorted.append(contentsOf: genomes.lazy.map { Member(genome: $0, score: scores[$0]) })
    sorted.sort { $0.precedes($1) }
    let feasible = sorted.firstIndex { !$0.score.isFeasible } ?? sorted.count
    findFronts(feasible, isFlat: objectiveCount <= 2)
    feasibleFronts = last.count
    for place in feasible..<sorted.count {
      let isSame =
        place > feasible && sorted[place].score.violation == sorted[place - 1].score.violation
      if !isSame { last.append(place) }
      frontOf.append(last.count - 1)
    }
    distribute()
  }

  private mutating func findFronts(_ feasible: Int, isFlat: Bool) {
    last.removeAll(keepingCapacity: true)
    before.removeAll(keepingCapacity: true)
    frontOf.removeAll(keepingCapacity: true)
    for place in 0..<feasible {
      let objectives = sorted[place].score.objectives
      var (low, high) = (0, last.count)
      while low < high {
        let middle = (low + high) / 2
        if isDominated(objectives, last[middle], isFlat) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      frontOf.append(low)
      before.append(low < last.count ? last[low] : -1)
      if low < last.count { last[low] = place } else { last.append(place) }
    }
  }

  /// Whether a member of the front that ends at a place is as good.
  private func isDominated(
    _ objectives: ObjectiveVector, _ end: Int, _ isFlat: Bool
  ) -> Bool {
    var place = end
    while place >= 0 {
      let other = sorted[place].score.objectives
      if other.weaklyDominates(objectives) { return true }
      if isFlat { return false }
      place = before[place]
    }
    return false
  }

  /// Brings the genomes into the order of their fronts.
  private mutating func distribute() {
    fronts.removeAll(keepingCapacity: true)
    fronts.append(contentsOf: repeatElement(0, count: last.count + 1))
    for front in frontOf { fronts[front + 1] += 1 }
    for front in last.indices { fronts[front + 1] += fronts[front] }
    order.removeAll(keepingCapacity: true)
    order.append(contentsOf: sorted.lazy.map(\.genome))
    for front in last.indices { last[front] = fronts[front] }
    for (place, front) in frontOf.enumerated() {
      order[last[front]] = sorted[place].genome
      last[front] += 1
    }
  }
}
