import GraphAlgorithms

/// The latency of a strictly periodic schedule over all paths from a source to a sink.
///
/// Source: as for ``StrictlyPeriodicSchedule``. A path takes *S_out + f·T_out + D_out − (S_in +
/// g·T_in)*, where *g* source firings write nothing to the path's first channel before one does and
/// *f* sink firings read nothing from its last channel. Only the ends of a path matter, so one pass
/// in topological order carries the earliest beginning of any path to each actor instead of listing
/// paths.
struct PeriodicLatency {
  let tasks: PeriodicTasks
  let startTimes: [Int64]

  init(_ tasks: PeriodicTasks, startTimes: [Int64]) {
    self.tasks = tasks
    self.startTimes = startTimes
  }

  /// The longest path time; `channels` are those of the edges of the topology.
  ///
  /// - Complexity: O(*A* + *C*) for *A* actors and *C* channels.
  func longest(
    _ order: [Int], _ topology: DirectedGraph, _ channels: [PeriodicChannel]
  ) throws(DataflowError) -> Int64 {
    var beginnings: [Int128?] = Array(repeating: nil, count: order.count)
    var longest: Int128 = 0
    for actor in order {
      let isSink = topology.outgoingEdges(of: actor).isEmpty
      if topology.incomingEdges(of: actor).isEmpty {
        if isSink { longest = max(longest, Int128(tasks.deadlines[actor])) }
        continue
      }
      for edge in topology.incomingEdges(of: actor) {
        let source = topology.sources[edge]
        let begin = beginnings[source] ?? moment(source, after: channels[edge].emptyWrites)
        beginnings[actor] = beginnings[actor].map { min($0, begin) } ?? begin
        guard isSink else { continue }
        let end =
          moment(actor, after: channels[edge].emptyReads) + Int128(tasks.deadlines[actor])
        longest = max(longest, end - begin)
      }
    }
    return try Int64(exactly: longest).orOverflow("latency")
  }

  /// When an actor starts its firing with the given index.
  private func moment(_ actor: Int, after firings: Int64) -> Int128 {
    Int128(startTimes[actor]) + Int128(firings) * Int128(tasks.periods[actor])
  }
}
