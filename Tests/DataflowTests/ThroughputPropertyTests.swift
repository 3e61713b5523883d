import Dataflow
import Testing

@Suite struct ThroughputPropertyTests {
  private func outcome(
    _ graph: CSDFGraph, _ method: Throughput.Method, autoConcurrency: Bool
  ) throws -> Throughput.Outcome {
    var options = Throughput.Options()
    options.method = method
    options.autoConcurrency = autoConcurrency
    options.firingLimit = 20_000_000
    return try Throughput(of: graph, options: options).outcome
  }

  /// Schedules, execution and the graph of all firings, each by code of its own.
  @Test(arguments: 0..<8)
  func `schedules, execution and the graph of firings agree`(part: UInt64) throws {
    var (deadlocks, periods) = (0, 0)
    for graph in try randomCyclicGraphs(seed: 77 + part, count: 150) {
      for autoConcurrency in [false, true] {
        let reference = try FiringGraph(graph, autoConcurrency: autoConcurrency)
        for method in Throughput.Method.allCases {
          let found = try outcome(graph, method, autoConcurrency: autoConcurrency)
          switch found {
          case .periodic(let period):
            let isLeast = reference.isLeast(period)
            #expect(isLeast, "\(graph) \(method) \(autoConcurrency) \(period)")
            periods += 1
          case .deadlock:
            let isDeadlocked = reference.isDeadlocked
            #expect(isDeadlocked, "\(graph) \(method) \(autoConcurrency)")
            deadlocks += 1
          case .bounded(let lower, let upper):
            Issue.record("\(graph) \(method) \(autoConcurrency): \(lower) to \(upper)")
          }
        }
      }
    }
    #expect(deadlocks > 20 && periods > 400)
  }
}
