package import Dataflow
import Preparation

/// What `analyze --throughput` says about a dataflow graph.
package struct ThroughputSummary: Encodable, Sendable {
  /// Iterations per time unit as a fraction; `0/1` in a deadlock, null where nothing bounds it.
  package var throughput: String?
  /// Time units per iteration as a fraction; null in a deadlock.
  package var period: String?
  /// Whether the period is the exact one; otherwise it is the least that is surely possible.
  package var exact: Bool
  /// No period is shorter than this.
  package var lowerBound: String?
  /// What ended the analysis where it is not exact.
  package var limit: AnalysisLimit?
  /// The methods that led to the answer.
  package var method: String
  /// The actors of a cycle that sets the period.
  package var criticalCycle: [String]
  /// The actors of a cycle that wait for each other for ever.
  package var blockingCycle: [String]?
  /// The time of the analysis alone.
  package var seconds: Double
  /// Whether the work of single actors was the answer, so that no method was needed.
  let isWorkAlone: Bool
  private let unit: TimeUnit

  /// Analyses a graph.
  ///
  /// - Throws: ``DataflowError``.
  package init(_ graph: CSDFGraph, options: Throughput.Options) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try Throughput(of: graph, options: options)
    seconds = start.duration(to: clock.now).inSeconds
    unit = graph.timeUnit
    let cycle = found.criticalCycle.map { graph[$0].name }
    isWorkAlone = found.methods.isEmpty
    method =
      isWorkAlone ? "workload" : found.methods.map(\.rawValue).sorted().joined(separator: ", ")
    criticalCycle = cycle
    limit = found.limit
    switch found.outcome {
    case .periodic(let value):
      period = graph.time(value).ratio
      throughput = graph.time(value).rate
      exact = true
    case .bounded(let lower, let upper):
      period = graph.time(upper).ratio
      lowerBound = graph.time(lower).ratio
      throughput = graph.time(upper).rate
      exact = false
    case .deadlock:
      throughput = "0/1"
      exact = true
      criticalCycle = []
      blockingCycle = cycle
    }
  }
}

extension ThroughputSummary {
  private enum CodingKeys: String, CodingKey {
    case throughput, period, exact, lowerBound, limit, method, criticalCycle, blockingCycle, seconds
  }

  /// Writes nil values as null, so that scripts always find the keys.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(throughput, forKey: .throughput)
    try container.encode(period, forKey: .period)
    try container.encode(exact, forKey: .exact)
    try container.encodeIfPresent(lowerBound, forKey: .lowerBound)
    try container.encodeIfPresent(limit, forKey: .limit)
    try container.encode(method, forKey: .method)
    try container.encode(criticalCycle, forKey: .criticalCycle)
    try container.encodeIfPresent(blockingCycle, forKey: .blockingCycle)
    try container.encode(seconds, forKey: .seconds)
  }

  /// The answer for people.
  package func text() -> String {
    if let blockingCycle {
      let wait = blockingCycle.count == 1 ? "waits for itself" : "wait for each other"
      return "deadlock: \(path(blockingCycle)) \(wait) for ever\n"
    }
    var rows = [["period", "\(period ?? "–") \(unit.name)"]]
    if let lowerBound {
      rows[0] = [
        "period",
        "at most \(period ?? "–"), at least \(lowerBound) \(unit.name)"
          + " (\(limit?.description ?? "a limit") ended it)",
      ]
    }
    let bound = lowerBound == nil ? "" : "at least "
    let rate = throughput.map { "\(bound)\($0) iterations per \(unit.singularName)" }
    rows.append(["throughput", rate ?? "unbounded"])
    if !criticalCycle.isEmpty { rows.append(["critical cycle", path(criticalCycle)]) }
    rows.append(["method", method])
    let width = rows.map { $0[0].count }.max() ?? 0
    return rows.map { row in
      row[0].padding(to: width) + "  " + row[1] + "\n"
    }.joined()
  }

  private func path(_ cycle: [String]) -> String {
    let shown = cycle.prefix(12).joined(separator: " → ")
    return cycle.count > 12 ? "\(shown) → … (\(cycle.count) actors)" : shown
  }
}

extension Fraction {
  /// The fraction as `numerator/denominator`, whole numbers too.
  var ratioText: String { "\(numerator)/\(denominator)" }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
