import Dataflow

/// What `analyze --buffers` says about a dataflow graph.
package struct BufferSummary: Encodable, Sendable {
  /// Capacities with what they lead to.
  package struct Point: Encodable, Sendable {
    /// The tokens of all channels that are not self-edges.
    package var total: Int64
    /// Ticks per iteration as a fraction.
    package var period: String
    /// The tokens of each channel, initial ones included.
    package var buffers: [String: Int64]
  }

  /// The tokens of each channel for the shortest period, initial ones included.
  package var buffers: [String: Int64]
  /// Their sum, self-edges left out.
  package var total: Int64?
  /// The trade-offs, the fewest tokens first.
  package var pareto: [Point]
  /// Whether these are all.
  package var exact: Bool
  /// The time of the analysis alone.
  package var seconds: Double
  private(set) var channelRows: [[String]] = []

  private enum CodingKeys: String, CodingKey {
    case buffers, total, pareto, exact, seconds
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
    func byName(_ point: BufferTradeOff.Point?) -> [String: Int64] {
      guard let point else { return [:] }
      return Dictionary(uniqueKeysWithValues: zip(graph.channels.map(\.name), point.capacities))
    }
    buffers = byName(found.fastest)
    total = found.fastest?.total
    pareto = found.points.map {
      Point(total: $0.total, period: $0.period.ratioText, buffers: byName($0))
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
