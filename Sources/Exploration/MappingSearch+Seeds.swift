import MappingModel
import PlatformModel
import Quantities
package import Search
import Simulation

/// Good mappings to begin with.
extension MappingSearch {
  /// Where the time is over no more are made than the first.
  package func seeds(_ kind: SeedKind, limit: Int) -> [[Allele]] {
    switch kind {
    case .single: singleElements(limit)
    case .subset: inTime(subsets(limit)) { problem.balanced(rules, on: $0, times) }
    case .constructed: constructed(limit)
    }
  }

  /// The genomes of the placements that can be made before the search must end, the first one in any case.
  private func inTime<Choice>(
    _ choices: some Sequence<Choice>, _ make: (Choice) -> Placement
  ) -> [[Allele]] {
    var genomes: [[Allele]] = []
    for choice in choices {
      genomes.append(genome(make(choice)))
      if shouldStop?() == true { break }
    }
    return genomes
  }

  /// All blocks on one element; what it does not support where it is fastest.
  private func singleElements(_ limit: Int) -> [[Allele]] {
    inTime(problem.platform.elements.indices.prefix(limit)) { element in
      placement { block in
        rules.allowed[block].contains(element) ? element : fastest(block)
      }
    }
  }

  /// Subsets of the elements, the small ones first; of interchangeable elements only the first ones.
  private func subsets(_ limit: Int) -> [Set<Int>] {
    let classes = interchangeable
    let grouped = Set(classes.joined())
    let groups =
      classes
      + problem.platform.elements.indices.filter { !grouped.contains($0) }.map { [$0] }
    var counts = [[Int]]([[]])
    for group in groups {
      counts = counts.flatMap { list in (0...group.count).map { list + [$0] } }
      // The product of many classes is cut down to the small subsets and the whole.
      if counts.count > Self.subsetLimit {
        counts.sort { $0.reduce(0, +) < $1.reduce(0, +) }
        counts = Array(counts.prefix(Self.subsetLimit / 2))
      }
    }
    let all = groups.map(\.count)
    let sorted = counts.filter { $0.contains { $0 > 0 } && $0 != all && $0.count == all.count }
      .enumerated().sorted {
        ($0.element.reduce(0, +), $0.offset) < ($1.element.reduce(0, +), $1.offset)
      }.map(\.element)
    return ([all] + sorted).prefix(limit).map { counts in
      Set(zip(groups, counts).flatMap { $0.prefix($1) })
    }
  }

  private static let subsetLimit = 4096

  /// Each block where it is fastest, and where it needs the least energy; runs of blocks that follow
  /// one another on the elements in turn.
  private func constructed(_ limit: Int) -> [[Allele]] {
    let elements = Array(problem.platform.elements.indices)
    let pipelines = subsets(limit).flatMap { subset -> [[Int]] in
      let order = elements.filter(subset.contains)
      return order.count > 1 ? [order, Array(order.reversed())] : []
    }
    let rules: [Construction] = [.fastest, .leastEnergy] + pipelines.map { .pipeline($0) }
    return inTime(rules.prefix(limit)) { rule in
      switch rule {
      case .fastest: placement { fastest($0) }
      case .leastEnergy:
        placement { block in
          self.rules.allowed[block].min { energy(block, $0) < energy(block, $1) } ?? 0
        }
      case .pipeline(let order): pipeline(order)
      }
    }
  }

  private enum Construction {
    case fastest, leastEnergy
    case pipeline([Int])
  }

  /// Cuts the blocks, in their order, into a run for each element so that the longest run is as short as
  /// may be; blocks that an element does not support stay where they are fastest.
  ///
  /// Method: chains-on-chains partitioning by bisection, as in Pinar, Aykanat 2004, "Fast optimal load
  /// balancing algorithms for 1D partitioning", Journal of Parallel and Distributed Computing 64(8), with a
  /// time for each element; a block longer than the bound is a run of its own.
  ///
  /// ## Symbols
  /// | paper | here |
  /// |---|---|
  /// | bottleneck value *B* | `limit` |
  /// | PROBE(*B*) | `cut(_:)` |
  /// | lower and upper bound of *B* | `low`, `high` |
  private func pipeline(_ order: [Int]) -> Placement {
    func cut(_ limit: Int64) -> Placement? {
      var (turn, load) = (0, Int64(0))
      var isCut = true
      let placement = self.placement { block in
        guard turn < order.count else {
          isCut = false
          return fastest(block)
        }
        var element = order[turn]
        guard rules.allowed[block].contains(element) else { return fastest(block) }
        var ticks = times[block, element]
        if load > 0, load &+ ticks > limit {
          (turn, load) = (turn + 1, 0)
          guard turn < order.count, rules.allowed[block].contains(order[turn]) else {
            isCut = turn < order.count
            return fastest(block)
          }
          element = order[turn]
          ticks = times[block, element]
        }
        load = load &+ ticks
        return element
      }
      return isCut ? placement : nil
    }
    var high = blocks.reduce(Int64(1)) { sum, block in
      let most = rules.allowed[block].map { times[block, $0] }.max() ?? 0
      return sum > .max / 8 ? sum : sum + min(most, .max / 8)
    }
    var low = Int64(0)
    var best = cut(high)
    for _ in 0..<48 where low + 1 < high {
      let middle = low + (high - low) / 2
      if let found = cut(middle) { (best, high) = (found, middle) } else { low = middle }
    }
    return best ?? placement { fastest($0) }
  }

  private func placement(_ element: (Int) -> Int) -> Placement {
    var placement = rules.base
    for block in blocks { placement.elements[block] = element(block) }
    return placement
  }

  private func fastest(_ block: Int) -> Int {
    rules.allowed[block].min {
      times[block, $0] < times[block, $1]
    } ?? 0
  }

  private func energy(_ block: Int, _ element: Int) -> Double {
    guard let use = problem.uses[block][element] else { return .infinity }
    let ticks = Double(times[block, element])
    return use.energy?.value ?? use.power.value * ticks / MappingProblem.ticksPerSecond
  }
}
