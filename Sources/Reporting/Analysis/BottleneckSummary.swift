package import Dataflow
import Figures

/// What `analyze --bottleneck` says about a dataflow graph.
package struct BottleneckSummary: Encodable, Sendable {
  /// An actor of the bottleneck, with how far its execution time bounds the period.
  package struct Entry: Encodable, Sendable {
    /// The name of the actor.
    package var actor: String
    /// The part of its time at which the bottleneck moves, as a fraction.
    package var turningPoint: String
    /// The period at that point, as a fraction.
    package var period: String
    /// The actors of the next bottleneck.
    package var next: [String]
  }

  /// Time units per iteration as a fraction; null where nothing bounds it or there is a deadlock, and the
  /// least that is surely possible where a limit came first.
  package var period: String?
  /// No period is shorter than this fraction, where it is not exact.
  package var lowerBound: String?
  /// What ended the search for the period.
  package var limit: AnalysisLimit?
  /// In words, what bounds the throughput.
  package var boundBy: String
  /// The names of the actors of the critical cycle, or of those in a deadlock; empty where none are
  /// known.
  package var actors: [String] = []
  /// The names of the channels of the critical cycle; empty where a single actor bounds the period.
  package var channels: [String] = []
  /// An entry for each actor of the bottleneck; empty where no critical cycle is known.
  package var entries: [Entry] = []
  /// Whether the work of single actors was the period, so that no method was needed.
  let isWorkAlone: Bool
  private let unit: TimeUnit

  private enum CodingKeys: String, CodingKey {
    case period, lowerBound, limit, boundBy, actors, channels, entries
  }

  /// Finds the bottleneck of a graph.
  ///
  /// - Throws: ``DataflowError``.
  package init(_ graph: CSDFGraph, options: Throughput.Options) throws {
    unit = graph.timeUnit
    let clock = ContinuousClock()
    let start = clock.now
    var options = options
    let whole = options.timeLimit
    options.timeLimit = whole.map { $0 / 2 }
    let found = try Throughput(of: graph, options: options)
    options.timeLimit = whole.map { max(.zero, $0 - start.duration(to: clock.now)) }
    isWorkAlone = found.methods.isEmpty
    let isCertain = found.period != nil && !found.criticalCycle.isEmpty
    guard isCertain, let report = try BottleneckReport(of: graph, options: options) else {
      boundBy = Self.cause(found, graph)
      limit = found.limit
      actors = found.isLive ? found.criticalCycle.map { graph[$0].name } : []
      switch found.outcome {
      case .periodic(let exact) where exact > .zero: period = graph.time(exact).ratio
      case .bounded(let lower, let upper):
        (lowerBound, period) = (graph.time(lower).ratio, graph.time(upper).ratio)
      default: break
      }
      return
    }
    period = graph.time(report.period).ratio
    actors = report.cycle.map { graph[$0].name }
    channels = report.channels.map { graph[$0].name }
    let tokens = report.channels.reduce(0) { $0 + graph[$1].initialTokens }
    boundBy =
      actors.count == 1 && channels.isEmpty
      ? "the work of actor \(actors[0])"
      : "a cycle of \(actors.count) actors over \(channels.count) channels with \(tokens) tokens"
    entries = report.entries.map { entry in
      Entry(
        actor: graph[entry.actor].name, turningPoint: entry.turningPoint.ratioText,
        period: graph.time(entry.period).ratio, next: entry.nextCycle.map { graph[$0].name })
    }
  }

  /// What bounds a graph of which no critical cycle is known.
  private static func cause(_ found: Throughput, _ graph: CSDFGraph) -> String {
    switch found.outcome {
    case .periodic(.zero): "nothing"
    case .periodic: "a cycle with more firings than can be recorded"
    case .bounded:
      "something that is not known, as \(found.limit?.description ?? "a limit") ended the search"
    case .deadlock:
      "a deadlock of "
        + found.criticalCycle.prefix(12).map { graph[$0].name }.joined(separator: ", ")
        + (found.criticalCycle.count > 12 ? ", … (\(found.criticalCycle.count) actors)" : "")
    }
  }

  /// The answer for people.
  package func text() -> String {
    let time = period.map { period in
      lowerBound.map { ", from \($0) to \(period) \(unit.name) an iteration" }
        ?? ", \(period) \(unit.name) an iteration"
    }
    let head = "bound by \(boundBy)\(time ?? "")\n"
    guard !entries.isEmpty else { return head }
    let table = Table(
      columns: [
        Table.Column("actor"), .number("moves at (of its time)"),
        .number("period there", unit: unit.name), Table.Column("next bottleneck"),
      ],
      rows: entries.map {
        [$0.actor, $0.turningPoint, $0.period, $0.next.prefix(4).joined(separator: ", ")]
      })
    return head + "\n" + table.text()
  }
}
