/// The capacities of channels that no others beat: fewer tokens in all, or a shorter period.
///
/// Source: Stuijk, Geilen, Basten 2008, "Throughput-buffering trade-off exploration for cyclo-static
/// and synchronous dataflow graphs", IEEE Transactions on Computers 57(10), DOI
/// 10.1109/TC.2008.58: from the least capacities on, in the order of their sum, one of the channels
/// whose places lie on a critical cycle gets a step more. Who wants a shorter period must give one
/// channel of that cycle more, so that nothing is missed.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | storage distribution | ``Point/capacities`` |
/// | its size | ``Point/total`` |
/// | throughput | 1 over ``Point/period`` |
/// | step size of a channel | `ChannelCapacity.step` |
/// | storage dependencies | `BoundedPeriods.Evaluation.critical` |
package struct BufferTradeOff: Hashable, Sendable {
  /// Capacities with what they lead to.
  package struct Point: Hashable, Sendable {
    /// For each channel the tokens it can hold, initial tokens included; those alone for a self-edge.
    package let capacities: [Int64]
    /// The tokens of all channels that are not self-edges together.
    package let total: Int64
    /// The ticks per iteration.
    package let period: Fraction
  }

  /// The trade-offs, the fewest tokens first; at most 100 where no capacities reach the period
  /// without bounds, as it is 0 and there is no end to them.
  package let points: [Point]
  /// Capacities of the shortest period; the fewest tokens that lead to it where the trade-offs are
  /// exact, otherwise few.
  package let fastest: Point?
  /// Where none are known for the shortest period, capacities that are surely enough for a period that
  /// is not longer than the one given, in a graph that is live without bounds.
  package let sufficient: Point?
  /// Whether these are all, up to the period without bounds; otherwise a limit ended the search.
  package let isExact: Bool
  /// The period without bounds; nil where a limit came first.
  package let shortestPeriod: Fraction?
  /// No capacities lead to a shorter period.
  package let periodBound: Fraction
  /// No capacities with fewer tokens in all lead to a shorter period than that of the last trade-off;
  /// without trade-offs, to any period.
  package let leastTotal: Int64
  /// What ended the search where it is not exact.
  package let limit: AnalysisLimit?
}
