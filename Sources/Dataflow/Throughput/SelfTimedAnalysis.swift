/// Executes a component until its behaviour repeats.
///
/// Method: the throughput analysis of Ghamarian et al. 2006, "Throughput analysis of synchronous
/// data flow graphs", ACSD, DOI 10.1109/ACSD.2006.33, with the max-plus view of an iteration of
/// Geilen and Stuijk 2010, "Worst-case performance analysis of synchronous dataflow scenarios",
/// CODES+ISSS. We differ in executing without a clock: tokens carry the time at which they were
/// written. One iteration maps these times *x* to new ones *f(x)*, and *f* is monotone and commutes
/// with adding a constant, so the differences between *x* and *f^m(x)*, divided by *m*, enclose the
/// period; when they are all equal it is exact.
struct SelfTimedAnalysis {
  private let kernel: SelfTimedKernel
  /// The firings of an iteration and what they do at the ends of channels.
  private let operations: Int128
  private var saved: SelfTimedState
  private var age: Int64 = 0
  private var lifetime: Int64 = 1
  /// Whether a state has come again.
  private(set) var isRepeating = false
  /// The iterations so far.
  private(set) var iterations = 0

  /// - Returns: nil where the tokens of a channel do not fit.
  init?(_ component: DataflowComponent) {
    guard let kernel = SelfTimedKernel(component) else { return nil }
    self.kernel = kernel
    operations = component.operations
    saved = kernel.state
  }

  /// What the next iteration costs, in operations; a queue that grows run by run makes comparing
  /// dearer than firing.
  var cost: Int128 { operations + Int128(kernel.runCount) }

  /// Executes one more iteration and narrows the bounds by it.
  ///
  /// Brent 1980, "An improved Monte Carlo factorization algorithm", BIT 20(2): comparing with one
  /// state that is replaced after 1, 2, 4, ... iterations finds every recurrence without storing
  /// all states.
  ///
  /// - Returns: A cycle of actors that wait for each other, or nil.
  /// - Throws: ``DataflowError/overflow(quantity:)``.
  mutating func step(_ bounds: inout PeriodBounds) throws(DataflowError) -> CriticalCycle? {
    let blocked = try kernel.runIteration()
    if !blocked.isEmpty { return kernel.blockingCycle(of: blocked) }
    iterations += 1
    bounds.isLive = true
    age += 1
    // Only where the states may be alike, and now and then for the sake of the bounds, all tokens
    // are looked at.
    if age == lifetime || kernel.isUniform(since: saved) {
      let growth = kernel.growth(since: saved)
      isRepeating = growth.lowerBound == growth.upperBound
      bounds.narrow(growth: growth, over: age)
    }
    if age == lifetime {
      saved = kernel.state
      (age, lifetime) = (0, lifetime * 2)
    }
    return nil
  }
}
