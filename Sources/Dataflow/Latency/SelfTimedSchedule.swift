import GraphAlgorithms

/// The first firings of a graph in which every actor fires as soon as it can.
package struct SelfTimedSchedule: Hashable, Sendable {
  /// A firing of an actor with its times.
  package struct Firing: Hashable, Sendable {
    /// The actor that fires.
    package let actor: CSDFGraph.ActorID
    /// Its number among those of its actor, from 0.
    package let number: Int64
    /// When the firing starts, in ticks.
    package let start: Int64
    /// When it ends, in ticks.
    package let end: Int64
  }

  /// The firings by their starts, then by their actors.
  package let firings: [Firing]
  /// The firings of each actor in an iteration.
  package let repetition: [Int64]
  /// Whether all firings of the iterations could be made.
  package let isComplete: Bool
  /// What ended the execution, where that was not the last firing or a deadlock.
  package let limit: AnalysisLimit?

  /// Executes iterations of a graph.
  ///
  /// - Parameter timeLimit: The most time.
  /// - Throws: ``DataflowError/tooManyFirings(graph:limit:)`` for more firings than can be listed.
  package init(
    of graph: CSDFGraph, iterations: Int64, autoConcurrency: Bool = false,
    timeLimit: Duration? = nil
  ) throws(DataflowError) {
    let deadline = Deadline(after: timeLimit)
    repetition = try RepetitionVector(of: graph).firings
    let limit: Int64 = 1_000_000
    let total = repetition.reduce(Int128(0)) { $0 + Int128($1) } * Int128(iterations)
    guard total <= Int128(limit) else { throw .tooManyFirings(graph: graph.name, limit: limit) }
    let executor = FiringExecutor(graph, autoConcurrency: autoConcurrency)
    var firings: [Firing] = []
    let limits = repetition.map { $0 * iterations }
    self.limit = try executor.run(limits: limits, until: deadline) { actor, number, start, end in
      firings.append(
        Firing(actor: CSDFGraph.ActorID(actor), number: number, start: start, end: end))
    }
    isComplete = executor.fired == limits
    self.firings = firings.sorted {
      ($0.start, $0.actor.index, $0.number) < ($1.start, $1.actor.index, $1.number)
    }
  }
}
