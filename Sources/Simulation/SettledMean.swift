import Dataflow

/// The mean time between the ends of inferences that do not repeat, and how far it may be off.
///
/// The ends lie around a straight line. How far they stray from it within the window, over the length of the
/// window, is by how much the mean of a window can differ from that of a longer one; half a window earlier
/// the mean tells whether it still drifts. Three times the one and twice the other held the mean over
/// 100,000 inferences in more than 99 of 100 random mappings of real networks (`Benchmarks means`). It is an
/// estimate: an execution can go on for thousands of inferences before it falls into another rhythm.
struct SettledMean {
  let period: Fraction
  /// In ticks.
  let uncertainty: Double

  /// - Parameter window: The inferences of the mean, by the numbers that had ended before and after them.
  init?(_ log: InferenceLog, window: Range<Int>) {
    guard let period = log.mean(window.lowerBound, window.upperBound) else { return nil }
    self.period = period
    let slope = period.doubleValue
    // A short window says little of how far the ends stray: then all of them count, and an inference may be
    // there or not.
    let first = window.count < Self.fewInferences ? 0 : window.lowerBound
    var (least, most) = (0.0, 0.0)
    for inference in first...window.upperBound {
      let straying =
        Double(log.end(of: inference) - log.end(of: window.lowerBound))
        - slope * Double(inference - window.lowerBound)
      (least, most) = (min(least, straying), max(most, straying))
    }
    let earlier = log.mean(window.lowerBound / 2, max(1, window.lowerBound))?.doubleValue ?? slope
    let spread = max(3 * (most - least) / Double(window.count), 2 * abs(earlier - slope))
    uncertainty =
      window.count < Self.fewInferences ? max(spread, slope / Double(window.count)) : spread
  }

  private static let fewInferences = 50
}
