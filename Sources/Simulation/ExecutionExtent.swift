/// How long a placement is executed while its state does not repeat.
package struct ExecutionExtent: Hashable, Sendable {
  /// After how many inferences it is asked whether the mean has settled; the last one ends the execution.
  package var checkpoints: [Int]
  /// The uncertainty, as a share of the period, that is small enough.
  package var width: Double

  /// Exactly so many inferences.
  package static func inferences(_ count: Int) -> ExecutionExtent {
    ExecutionExtent(checkpoints: [max(1, count)], width: 0)
  }

  /// At least 1,000 inferences, and up to 4,000 until the period is known to 2 %.
  ///
  /// Executions that do not repeat are erratic: the ends of their inferences lie around a straight line, at a
  /// distance that does not grow, so that the uncertainty of the mean falls with the length of the window.
  package static let settled = ExecutionExtent(
    checkpoints: [1000, 1500, 2000, 3000, 4000], width: 0.02)

  /// The inferences over which the mean is taken at a checkpoint: the later half.
  func window(at checkpoint: Int) -> Range<Int> { checkpoint / 2..<checkpoint }

  /// Where a run halts: at checkpoints, and before them where their windows begin.
  var halts: [Int] {
    Set(checkpoints + checkpoints.map { window(at: $0).lowerBound }).filter { $0 > 0 }.sorted()
  }
}
