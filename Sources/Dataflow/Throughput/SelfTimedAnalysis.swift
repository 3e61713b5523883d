import GraphAlgorithms

/// Executes a component until its behavior repeats.
///
/// Method: the throughput analysis of Ghamarian et al. 2006, "Throughput analysis of synchronous
/// data flow graphs", ACSD, DOI 10.1109/ACSD.2006.33, with the max-plus view of an iteration of
/// Geilen and Stuijk 2010, "Worst-case performance analysis of synchronous dataflow scenarios",
/// CODES+ISSS. We differ in executing without a clock: tokens carry the time at which they were
/// written. One iteration maps these times *x* to new ones *f(x)*, and *f* is monotone and commutes
/// with adding a constant, so the differences between *x* and *f^m(x)*, divided by *m*, enclose the
/// period; when they are all equal it is exact.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *x* | `SelfTimedKernel.state` |
/// | *f* | `SelfTimedKernel.runIteration` |
/// | *m* | `age` |
/// | least and greatest of *f^m(x) − x* | `SelfTimedKernel.growth(since:)` |
///
/// It cannot be copied, as the memory of its kernel would be shared.
struct SelfTimedAnalysis: ~Copyable {
  /// What one iteration tells.
  enum Outcome {
    /// There is more to execute, unless the bounds have met.
    case open
    /// Actors that wait for each other.
    case deadlock(CriticalCycle)
    /// This ended the execution, which cannot go on.
    case ended(AnalysisLimit)
  }

  private let component: DataflowComponent
  private let kernel: SelfTimedKernel
  /// The firings of an iteration and what they do at the ends of channels.
  private let operations: Int128
  private var saved: SelfTimedState?
  private var age: Int64 = 0
  private var lifetime: Int64 = 1
  /// The last state, where it is small beside what an iteration does.
  private var last: SelfTimedState?
  /// The iterations after which a state has come again, and their time, once one has.
  private var repetition: (iterations: Int64, time: Int64)?
  /// The iterations so far.
  private(set) var iterations = 0

  /// - Returns: nil where the tokens of a channel do not fit.
  init?(_ component: DataflowComponent) {
    guard let kernel = SelfTimedKernel(component) else { return nil }
    self.component = component
    self.kernel = kernel
    operations = component.operations
    saved = kernel.state
  }

  /// What the next iteration costs, in operations; many tokens can make comparing dearer than firing.
  var cost: Int128 { operations + Int128(kernel.endCount) }

  /// Executes one more iteration and narrows the bounds by it.
  ///
  /// Brent 1980, "An improved Monte Carlo factorization algorithm", BIT 20(2): comparing with one
  /// state that is replaced after 1, 2, 4, ... iterations finds every recurrence without storing
  /// all states. Most repeat after one iteration, which the last state shows at once.
  ///
  /// - Throws: ``DataflowError/overflow(quantity:)``.
  mutating func step(
    _ bounds: inout PeriodBounds, until deadline: Deadline
  ) throws(DataflowError) -> Outcome {
    switch try kernel.runIteration(until: deadline) {
    case .complete: break
    case .blocked(let actors): return .deadlock(kernel.blockingCycle(of: actors))
    case .ended(let limit): return .ended(limit)
    }
    iterations += 1
    bounds.isLive = true
    age += 1
    // Only where the states may be alike, and now and then for the sake of the bounds, all tokens
    // are looked at.
    if let saved, age == lifetime || kernel.isUniform(since: saved) {
      let growth = kernel.growth(since: saved)
      if growth.lowerBound == growth.upperBound { repetition = (age, growth.lowerBound) }
      bounds.narrow(growth: growth, over: age)
    }
    if let last, repetition == nil, kernel.isUniform(since: last) {
      let growth = kernel.growth(since: last)
      if growth.lowerBound == growth.upperBound { repetition = (1, growth.lowerBound) }
      bounds.narrow(growth: growth, over: 1)
    }
    last = Int128(kernel.endCount) * 4 <= operations ? kernel.state : nil
    if age == lifetime {
      // Never two at once, as they may be large.
      saved = nil
      saved = kernel.state
      (age, lifetime) = (0, lifetime * 2)
    }
    return .open
  }

  /// Whether a state has come again.
  var isRepeating: Bool { repetition != nil }

  /// A cycle that sets the period, once that is known.
  ///
  /// - Returns: nil where no state comes again soon, or it would take too much memory or time.
  mutating func criticalCycle(until deadline: Deadline) throws(DataflowError) -> CriticalCycle? {
    // The bounds may have met before.
    var rest = iterations + 16
    var bounds = PeriodBounds(lower: .zero, upper: .zero)
    while repetition == nil, rest > 0 {
      rest -= 1
      guard case .open = try step(&bounds, until: deadline) else { return nil }
    }
    guard let (iterations, time) = repetition else { return nil }
    let size = component.firings
    guard size * Int128(iterations) <= ExecutedCycle.recordLimit else { return nil }
    (saved, last) = (nil, nil)
    var starts = [Int64](repeating: 0, count: Int(size) * Int(iterations))
    for iteration in 0..<Int(iterations) {
      let ending = try starts.withUnsafeMutableBufferPointer { starts throws(DataflowError) in
        try kernel.runIteration(
          until: deadline, record: starts.baseAddress.map { $0 + iteration * Int(size) })
      }
      guard case .complete = ending else { return nil }
    }
    return ExecutedCycle(component, starts: starts, iterations: iterations, time: time)?
      .find(until: deadline)
  }
}
