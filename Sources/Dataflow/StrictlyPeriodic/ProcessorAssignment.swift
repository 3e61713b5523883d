/// The tasks of a strictly periodic schedule on identical processors, each task on one, by the
/// earliest deadline first.
///
/// Sources: Coffman, Garey, Johnson 1984, "Approximation algorithms for bin packing", for the ways to
/// choose; Liu and Layland 1973, Journal of the ACM 20(1), for tasks whose deadline is their period;
/// Baruah, Rosier, Howell 1990, Real-Time Systems 2, for earlier deadlines, with the backward walk
/// of Zhang and Burns 2009, IEEE Transactions on Computers 58(9).
package struct ProcessorAssignment: Hashable, Sendable {
  /// How a task chooses among the processors that can take it; tasks come in the order of falling
  /// utilisation.
  package enum Rule: String, Hashable, Sendable, CaseIterable {
    /// The first processor.
    case firstFit = "first-fit"
    /// The one with the least left.
    case bestFit = "best-fit"
    /// The one with the most left; a new one only where none can take it.
    case worstFit = "worst-fit"
  }

  /// For each actor its processor.
  package let processors: [Int]
  /// The number of processors.
  package let count: Int

  /// Assigns the actors of a schedule; those without execution time go to the first processor.
  ///
  /// - Complexity: O(actors · processors) tests, each a sum where deadlines are periods.
  package init(of schedule: StrictlyPeriodicSchedule, in graph: CSDFGraph, rule: Rule) {
    let tasks = graph.actors.indices.map { actor in
      PeriodicTask(
        time: graph.actors[actor].worstCaseExecutionTime, period: schedule.periods[actor],
        deadline: schedule.deadlines[actor],
        load: Int128(graph.actors[actor].worstCaseExecutionTime)
          * Int128(schedule.repetition.firings[actor]))
    }
    let order = tasks.indices.sorted { (tasks[$0].load, $1) > (tasks[$1].load, $0) }
    var bins: [Processor] = []
    var processors = tasks.map { _ in 0 }
    for actor in order where tasks[actor].time > 0 {
      let fitting = bins.indices.filter {
        bins[$0].admits(tasks[actor], within: Int128(schedule.iterationPeriod))
      }
      let choice: Int?
      switch rule {
      case .firstFit: choice = fitting.first
      case .bestFit: choice = fitting.max { (bins[$0].load, $1) < (bins[$1].load, $0) }
      case .worstFit: choice = fitting.min { (bins[$0].load, $0) < (bins[$1].load, $1) }
      }
      if choice == nil { bins.append(Processor()) }
      let bin = choice ?? bins.count - 1
      bins[bin].add(tasks[actor])
      processors[actor] = bin
    }
    self.processors = processors
    count = max(1, bins.count)
  }
}

/// A periodic task; its load is its time in an iteration.
private struct PeriodicTask {
  var time: Int64
  var period: Int64
  var deadline: Int64
  var load: Int128
}

private struct Processor {
  private(set) var load: Int128 = 0
  private var tasks: [PeriodicTask] = []

  mutating func add(_ task: PeriodicTask) {
    load += task.load
    tasks.append(task)
  }

  func admits(_ task: PeriodicTask, within iteration: Int128) -> Bool {
    guard load + task.load <= iteration else { return false }
    let all = tasks + [task]
    if all.allSatisfy({ $0.deadline == $0.period }) { return true }
    return Self.meetsDeadlines(all, until: iteration)
  }

  /// Walks back from the longest interval: while the demand of an interval fits it, only intervals up
  /// to that demand are left to look at.
  ///
  /// Symbols of Zhang and Burns: *h(t)* is `demand`, *t* `interval`, *d_min* `first`.
  private static func meetsDeadlines(_ tasks: [PeriodicTask], until end: Int128) -> Bool {
    func demand(_ interval: Int128) -> Int128 {
      tasks.reduce(0) { sum, task in
        guard interval >= Int128(task.deadline) else { return sum }
        let jobs = (interval - Int128(task.deadline)) / Int128(task.period) + 1
        return sum + jobs * Int128(task.time)
      }
    }
    func lastDeadline(before interval: Int128) -> Int128? {
      tasks.compactMap { task -> Int128? in
        let (deadline, period) = (Int128(task.deadline), Int128(task.period))
        guard deadline < interval else { return nil }
        return deadline + (interval - 1 - deadline) / period * period
      }.max()
    }
    guard var interval = lastDeadline(before: end + 1) else { return true }
    let first = tasks.map { Int128($0.deadline) }.min() ?? 0
    while true {
      let needed = demand(interval)
      if needed > interval { return false }
      if needed <= first { return true }
      if needed < interval {
        interval = needed
      } else {
        guard let earlier = lastDeadline(before: interval) else { return true }
        interval = earlier
      }
    }
  }
}
