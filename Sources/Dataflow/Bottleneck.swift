/// The actor that is busy longest in one iteration when its firings do not overlap.
///
/// Source: Bamakhrama and Stefanov 2013, "On the hard-real-time scheduling of embedded streaming
/// applications", Design Automation for Embedded Systems 17(2), DOI 10.1007/s10617-012-9086-x: the
/// actor that attains the maximum of *q_i* times *C_i*, where *q* is ``RepetitionVector/firings``
/// and *C_i* the time of the slowest phase.
package struct Bottleneck: Hashable, Sendable {
  /// The actor; of several the one with the lowest id.
  package let actor: CSDFGraph.ActorID
  /// Its firings times its worst-case execution time, in ticks per iteration.
  package let workload: Int64

  /// Finds the bottleneck of a graph.
  ///
  /// - Throws: ``DataflowError/overflow(quantity:)`` when a workload does not fit 64 bits.
  /// - Complexity: O(*n*) for *n* listed execution times.
  package init(of graph: CSDFGraph, repetition: RepetitionVector) throws(DataflowError) {
    var best = (actor: 0, workload: Int64(-1))
    for (index, actor) in graph.actors.enumerated() {
      let workload = try checkedProduct(repetition.firings[index], actor.worstCaseExecutionTime)
        .orOverflow("workload of actor \"\(actor.name)\"")
      if workload > best.workload { best = (index, workload) }
    }
    actor = CSDFGraph.ActorID(best.actor)
    workload = best.workload
  }
}
