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
  private let component: DataflowComponent
  private let iterationLimit: Int
  private let deadline: ContinuousClock.Instant?

  init(
    _ component: DataflowComponent, iterationLimit: Int, deadline: ContinuousClock.Instant?
  ) {
    self.component = component
    self.iterationLimit = iterationLimit
    self.deadline = deadline
  }

  /// Runs iterations until the bounds meet or a limit is reached.
  ///
  /// Brent 1980, "An improved Monte Carlo factorization algorithm", BIT 20(2): comparing with one
  /// state that is replaced after 1, 2, 4, ... iterations finds every recurrence without storing
  /// all states.
  ///
  /// - Returns: A cycle of actors that wait for each other, or nil.
  mutating func narrow(
    _ bounds: inout PeriodBounds, _ budget: inout Int64
  ) throws(DataflowError) -> [Int]? {
    guard let kernel = SelfTimedKernel(component) else { return nil }
    let cost = component.firings
    var saved = kernel.state
    var (age, lifetime) = (Int64(0), Int64(1))
    for _ in 0..<max(0, iterationLimit) {
      if bounds.isExact || cost > Int128(budget) || isTooLate(for: cost) { break }
      // A queue that grows run by run makes comparing dearer than firing.
      budget -= Int64(cost) + Int64(kernel.runCount)
      let blocked = try kernel.runIteration()
      if !blocked.isEmpty { return kernel.blockingCycle(of: blocked) }
      bounds.isLive = true
      age += 1
      bounds.narrow(growth: kernel.growth(since: saved), over: age)
      if age == lifetime {
        saved = kernel.state
        (age, lifetime) = (0, lifetime * 2)
      }
    }
    return nil
  }

  /// Whether another iteration would surely end behind the deadline.
  private func isTooLate(for firings: Int128) -> Bool {
    guard let deadline else { return false }
    let estimate = Duration.nanoseconds(Int64(clamping: firings * 10))
    return ContinuousClock.now.advanced(by: estimate) >= deadline
  }
}
