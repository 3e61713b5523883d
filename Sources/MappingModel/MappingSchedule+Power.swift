import PlatformModel
package import Quantities

extension MappingSchedule {
  /// The highest sum of powers at one instant: active ones of blocks that are computed, and idle ones of all
  /// elements that run any block, which are drawn all the time.
  ///
  /// - Complexity: O(*n* log *n*) for *n* segments.
  package func peakPower(in problem: MappingProblem) -> Watts {
    var steps: [(time: Int64, change: Double)] = []
    for firing in firings where firing.element >= 0 {
      guard let use = problem.uses[firing.block][firing.element] else { continue }
      for segment in segments[firing.segments]
      where segment.kind == .execute && segment.end > segment.start {
        steps.append((segment.start, use.power.value))
        steps.append((segment.end, -use.power.value))
      }
    }
    // What ends goes before what begins at the same instant.
    steps.sort { ($0.time, $0.change) < ($1.time, $1.change) }
    var (power, peak) = (0.0, 0.0)
    for step in steps {
      power += step.change
      peak = max(peak, power)
    }
    let used = Set(firings.map(\.element)).filter { $0 >= 0 }
    return Watts(
      peak + used.sorted().reduce(0) { $0 + problem.platform.elements[$1].type.idlePower.value })
  }
}
