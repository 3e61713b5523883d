import Dataflow
import PlatformModel

/// The allowed placements: the elements that each block may run on, and what else is fixed.
package struct PlacementRules: Hashable, Sendable {
  /// For each block the elements it may run on, in their order; empty for a block that takes none.
  package var allowed: [[Int]]
  /// Memories, capacities, orders and sequences that are fixed; its elements are not.
  package var base: Placement

  /// Rules under which every block may run wherever it is supported.
  package init(_ problem: MappingProblem) {
    allowed = problem.graph.actors.indices.map { problem.elements(for: $0) }
    base = Placement(elements: problem.graph.actors.map { _ in -1 })
  }
}

extension MappingProblem {
  /// A placement that follows rules and balances the load: the longest blocks first, each where it ends
  /// the earliest if all elements work at once.
  ///
  /// After Graham 1969, "Bounds on multiprocessing timing anomalies", DOI 10.1137/0117039 (longest
  /// processing time first), with a time for each element.
  ///
  /// - Parameters:
  ///   - subset: The elements that may be used; nil for all. Blocks that none of them supports use others.
  ///   - times: The times of all blocks, if the caller has them.
  /// - Complexity: O(blocks · (log blocks + elements)).
  package func balanced(
    _ rules: PlacementRules, on subset: Set<Int>? = nil, _ times: BlockTimes? = nil
  ) -> Placement {
    let times = times ?? BlockTimes(self)
    var placement = rules.base
    placement.elements = graph.actors.map { _ in -1 }
    var loads = [Int64](repeating: 0, count: platform.elements.count)
    var choices: [(block: Int, elements: [Int], shortest: Int64)] = []
    for (block, all) in rules.allowed.enumerated() where !all.isEmpty {
      let wanted = subset.map { subset in all.filter(subset.contains) } ?? all
      let elements = wanted.isEmpty ? all : wanted
      let shortest = elements.map { times[block, $0] }.min() ?? 0
      choices.append((block, elements, shortest))
    }
    choices.sort { ($1.shortest, $0.block) < ($0.shortest, $1.block) }
    for choice in choices {
      var best: (element: Int, load: Int64)?
      for element in choice.elements {
        let load = loads[element].addingSaturating(times[choice.block, element])
        if let found = best, found.load <= load { continue }
        best = (element, load)
      }
      guard let best else { continue }
      placement.elements[choice.block] = best.element
      loads[best.element] = best.load
    }
    return placement
  }

  /// The ticks of an inference of a block on an element that supports it.
  package func ticks(ofBlock block: Int, on element: Int) -> Int64 {
    guard block < uses.count, element < uses[block].count, let use = uses[block][element] else {
      return 0
    }
    if let phases = use.phaseTicks, !phases.isEmpty {
      let sum = phases.reduce(Int64(0)) { $0.addingSaturating($1) }
      let (all, overflow) = sum.multipliedReportingOverflow(
        by: max(1, firings[block] / Int64(phases.count)))
      return overflow ? .max : all
    }
    return use.roofline.time().ticks
  }
}

extension Int64 {
  func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
