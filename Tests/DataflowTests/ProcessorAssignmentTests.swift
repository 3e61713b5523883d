import Dataflow
import Testing

@Suite struct ProcessorAssignmentTests {
  /// Whether the tasks on a processor meet all deadlines, by running the earliest deadline first tick
  /// by tick from a common release.
  private func meetsDeadlines(_ tasks: [(time: Int64, period: Int64, deadline: Int64)]) -> Bool {
    let end = tasks.reduce(Int64(1)) { leastCommon($0, $1.period) }
    var left: [(deadline: Int64, time: Int64)] = []
    for tick in 0..<end {
      for task in tasks where tick % task.period == 0 {
        left.append((tick + task.deadline, task.time))
      }
      left.removeAll { $0.time == 0 }
      if left.contains(where: { $0.deadline <= tick }) { return false }
      if let next = left.indices.min(by: { left[$0].deadline < left[$1].deadline }) {
        left[next].time -= 1
      }
    }
    return left.allSatisfy { $0.time == 0 }
  }

  private func leastCommon(_ a: Int64, _ b: Int64) -> Int64 {
    (1...b).map { $0 * a }.first { $0 % b == 0 } ?? a * b
  }

  @Test(arguments: [Fraction.one, Fraction(1, 2)!, Fraction.zero])
  func `every processor meets its deadlines, and needs no fewer than the load`(
    factor: Fraction
  ) throws {
    for graph in try randomAcyclicGraphs(seed: 5150, count: 120) {
      let schedule = try StrictlyPeriodicSchedule(of: graph, deadlineFactor: factor)
      for rule in ProcessorAssignment.Rule.allCases {
        let found = ProcessorAssignment(of: schedule, in: graph, rule: rule)
        #expect(found.count >= schedule.processors || schedule.utilization == 0)
        for processor in 0..<found.count {
          let tasks = graph.actors.indices.filter { found.processors[$0] == processor }.map {
            (
              time: graph.actors[$0].worstCaseExecutionTime, period: schedule.periods[$0],
              deadline: schedule.deadlines[$0]
            )
          }.filter { $0.time > 0 }
          #expect(meetsDeadlines(tasks), "\(graph) \(rule) \(tasks)")
        }
      }
    }
  }

  /// Utilisations of 0.6, 0.5, 0.5 and 0.4 of one period.
  @Test func `the rules differ where they should`() throws {
    let graph = try CSDFGraph("g", "a:6 b:5 c:5 d:4 e:10", "a>e 1/1; b>e 1/1; c>e 1/1; d>e 1/1")
    let schedule = try StrictlyPeriodicSchedule(of: graph)
    #expect(schedule.processors == 3)
    let counts = ProcessorAssignment.Rule.allCases.map {
      ProcessorAssignment(of: schedule, in: graph, rule: $0).count
    }
    #expect(counts[0] == 3 && counts[1] == 3)
  }
}
