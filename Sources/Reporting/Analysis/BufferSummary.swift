package import Dataflow
import Preparation

/// What `analyze --buffers` says about a dataflow graph.
package struct BufferSummary: Encodable, Sendable {
  /// The capacities of all channels with the period that they allow.
  package struct Point: Encodable, Sendable {
    /// The tokens of all channels that are not self-edges.
    package var total: Int64
    /// Time units per iteration as a fraction.
    package var period: String
    /// The tokens of each channel, initial ones included.
    package var buffers: [String: Int64]
  }

  /// The tokens of each channel for the shortest period that is known to be reached, initial ones
  /// included.
  package var buffers: [String: Int64]
  /// Their sum, self-edges left out.
  package var total: Int64?
  /// The time units per iteration, as a fraction, that these tokens surely allow.
  package var period: String?
  /// Whether that is the period without bounds.
  package var reachesShortest: Bool
  /// No tokens allow a shorter period than this fraction.
  package var lowerBound: String
  /// No fewer tokens allow a shorter period than the last trade-off, or without one any period.
  package var leastTotal: Int64
  /// The trade-offs, the fewest tokens first.
  package var pareto: [Point]
  /// Whether these are all.
  package var exact: Bool
  /// What ended the search where they are not.
  package var limit: AnalysisLimit?
  /// The time of the analysis alone.
  package var seconds: Double
  private(set) var channelRows: [[String]] = []
  let unit: TimeUnit

  private enum CodingKeys: String, CodingKey {
    case buffers, total, period, reachesShortest, lowerBound, leastTotal, pareto, exact, limit
    case seconds
  }

  /// Explores the buffers of a graph.
  ///
  /// - Throws: ``DataflowError``.
  package init(_ graph: CSDFGraph, autoConcurrency: Bool, timeLimit: Duration) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try BufferTradeOff(
      of: graph, autoConcurrency: autoConcurrency, timeLimit: timeLimit)
    seconds = start.duration(to: clock.now).inSeconds
    unit = graph.timeUnit
    func byName(_ point: BufferTradeOff.Point?) -> [String: Int64] {
      guard let point else { return [:] }
      return Dictionary(uniqueKeysWithValues: zip(graph.channels.map(\.name), point.capacities))
    }
    let largest = found.fastest ?? found.sufficient
    buffers = byName(largest)
    total = largest?.total
    period = largest.map { graph.time($0.period).ratio }
    reachesShortest = found.fastest != nil
    lowerBound = graph.time(found.periodBound).ratio
    leastTotal = found.leastTotal
    limit = found.limit
    pareto = found.points.map {
      Point(total: $0.total, period: graph.time($0.period).ratio, buffers: byName($0))
    }
    exact = found.isExact
    for channel in graph.channels where !channel.isSelfEdge {
      channelRows.append([
        channel.name, graph[channel.source].name, graph[channel.destination].name,
        buffers[channel.name].map { "\($0)" } ?? "–",
      ])
    }
  }
}
