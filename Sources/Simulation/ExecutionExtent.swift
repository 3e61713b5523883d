/// How long a placement is executed while its state does not repeat.
package struct ExecutionExtent: Hashable, Sendable {
  /// The numbers of inferences after which the mean is tested for having settled; the last one ends
  /// the execution.
  package let checkpoints: [Int]
  /// The uncertainty, as a share of the period, that is small enough.
  package let width: Double
  /// The inferences from which on an execution that is asked to stop ends with the mean so far; nil
  /// where it is left, and nothing is known of it.
  package let earliest: Int?
  /// Where windows begin, in their order.
  let beginnings: [Int]
  /// Where a run halts: at checkpoints, and before them where their windows begin.
  let halts: [Int]

  /// Works out once where an execution halts: searches execute millions of one extent.
  private init(checkpoints: [Int], width: Double, earliest: Int? = nil) {
    (self.checkpoints, self.width, self.earliest) = (checkpoints, width, earliest)
    var places = Set(checkpoints.map { Self.window(at: $0).lowerBound })
    if earliest != nil {
      let last = (checkpoints.last ?? 0) / 2
      places.formUnion(sequence(first: 1) { $0 * 2 }.prefix { $0 <= last })
    }
    beginnings = places.sorted()
    halts = Set(checkpoints + beginnings).filter { $0 > 0 }.sorted()
  }

  /// Exactly a number of inferences.
  package static func inferences(_ count: Int) -> ExecutionExtent {
    ExecutionExtent(checkpoints: [max(1, count)], width: 0)
  }

  /// At least 1,000 inferences, and up to 4,000 until the period is known to 2 %.
  ///
  /// Executions that do not repeat are erratic: the ends of their inferences lie around a straight line, at a
  /// distance that does not grow, so that the uncertainty of the mean falls with the length of the window.
  package static let settled = ExecutionExtent(
    checkpoints: [1000, 1500, 2000, 3000, 4000], width: 0.02)

  /// The same extent, but with a mean of fewer inferences where the execution is asked to stop.
  package func hurried(from earliest: Int = fewest) -> ExecutionExtent {
    ExecutionExtent(checkpoints: checkpoints, width: width, earliest: earliest)
  }

  /// Whether it ends before another one takes a mean for the first time.
  func isShorter(than other: ExecutionExtent) -> Bool {
    (checkpoints.last ?? 0) < (other.checkpoints.first ?? 0)
  }

  /// The fewest inferences that a mean is taken of where time is short.
  package static let fewest = 16

  /// The inferences over which the mean is taken at a checkpoint: the later half.
  static func window(at checkpoint: Int) -> Range<Int> { checkpoint / 2..<checkpoint }

  /// The inferences over which the mean is taken where an execution ends early: at least the later half, at most three
  /// quarters.
  func window(endingEarly inferences: Int) -> Range<Int> {
    (beginnings.last { $0 <= inferences / 2 } ?? 0)..<inferences
  }
}
