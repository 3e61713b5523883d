import Dispatch
import Exploration
import MappingModel
import Preparation
import Search
import Simulation

/// Executes the points of a front once more, for what a report shows of them: some at once, in their order.
struct FrontExecution {
  private let limits: MappingEvaluator.Limits
  /// An evaluator for each thread, where all points have the same blocks.
  private var evaluators: [MappingEvaluator?]
  private let sharesBlocks: Bool

  /// The results of executing a point.
  struct Executed: Sendable {
    var evaluation: Evaluation
    var observed: ObservedExecution
    var roomier: RoomierBuffers?
    /// Whether there was no time to execute it with roomier buffers too.
    var lacksRoomier = false
  }

  init(_ outcome: ExploreOutcome) {
    limits = outcome.request.limits
    evaluators = Array(repeating: nil, count: max(1, outcome.request.configuration.jobs))
    sharesBlocks = !outcome.hasOwnBlocks
  }

  /// How many points are executed at once.
  var width: Int { evaluators.count }

  /// Executes as many points as there are threads, at most.
  ///
  /// - Parameter isOver: Whether to end an execution and take the mean so far; called within
  /// executions.
  /// - Throws: ``SimulationError``, ``DataflowError``.
  mutating func callAsFunction(
    _ points: ArraySlice<DesignPoint>, isOver: (@Sendable () -> Bool)?
  ) throws -> [Executed] {
    let points = Array(points.prefix(width))
    var results = [Result<Executed, any Error>?](repeating: nil, count: points.count)
    let (limits, sharesBlocks) = (limits, sharesBlocks)
    results.withUnsafeMutableBufferPointer { results in
      evaluators.withUnsafeMutableBufferPointer { evaluators in
        // Each thread has the place of its point, and all end before this does.
        nonisolated(unsafe) let (results, evaluators) = (results, evaluators)
        DispatchQueue.concurrentPerform(iterations: points.count) { index in
          results[index] = Result {
            let known = sharesBlocks ? evaluators[index].take() : nil
            var evaluator =
              try known ?? MappingEvaluator(points[index].subject.problem, limits: limits)
            defer { evaluators[index] = evaluator }
            evaluator.shouldStop = isOver
            return try Self.execute(points[index], &evaluator)
          }
        }
      }
    }
    return try results.compactMap { try $0?.get() }
  }

  private static func execute(
    _ point: DesignPoint, _ evaluator: inout MappingEvaluator
  ) throws -> Executed {
    let isTimed = evaluator.shouldStop != nil
    let (evaluation, observed) = try evaluator.checked(
      point.placement, isTimed ? point.extent.hurried() : point.extent)
    var executed = Executed(evaluation: evaluation, observed: observed)
    guard point.isSettled, RoomierBuffers.matter(to: point) else { return executed }
    executed.lacksRoomier = evaluator.shouldStop?() == true
    if !executed.lacksRoomier { executed.roomier = try RoomierBuffers(point, &evaluator) }
    return executed
  }
}
