import GraphAlgorithms

extension Throughput {
  /// Analyses a graph.
  ///
  /// - Parameters:
  ///   - graph: A consistent graph.
  ///   - capacities: For each channel the tokens it can hold, initial tokens included; without it the
  ///     channels are unbounded. A place is taken when the writing firing starts and is free again when the
  ///     reading firing ends. Self-edges are never bounded.
  ///   - options: The method, the treatment of actors and the limits.
  /// - Throws: ``DataflowError`` for an inconsistent graph, capacities that do not fit the graph, or times
  ///   and token counts beyond 64 bits.
  package init(
    of graph: CSDFGraph, capacities: [Int64]? = nil, options: Options = Options()
  ) throws(DataflowError) {
    let deadline = Deadline(after: options.timeLimit)
    let repetition = try RepetitionVector(of: graph)
    let bounded = try capacities.map { capacities throws(DataflowError) in
      try graph.bounded(by: capacities)
    }
    var analysis = try ThroughputAnalysis(
      bounded ?? graph, repetition, options, deadline: deadline)
    try analysis.run()
    outcome = analysis.outcome
    criticalCycle = analysis.critical.actors.map { CSDFGraph.ActorID($0) }
    criticalChannels = analysis.critical.channels.map { CSDFGraph.ChannelID($0) }
    methods = analysis.methods
    if case .bounded = outcome { limit = analysis.limit } else { limit = nil }
  }
}
