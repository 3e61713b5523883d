/// The periods and deadlines of the actors under strictly periodic scheduling.
///
/// Source: as for ``StrictlyPeriodicSchedule``. With *L* the least common multiple of all *q_i* and
/// *W* the bottleneck's workload, *α = L·⌈W/L⌉* and *T_i = α/q_i*; *D_i = C_i + ⌊f·(T_i − C_i)⌋*
/// for a factor *f*.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *L* | `multiple` |
/// | *W* | ``Bottleneck/workload`` |
/// | *α* | `iterationPeriod` |
/// | *T* | `periods` |
/// | *D* | `deadlines` |
/// | *f* | `deadlineFactor` |
struct PeriodicTasks {
  let iterationPeriod: Int64
  let periods: [Int64]
  let deadlines: [Int64]

  init(
    _ graph: CSDFGraph, _ repetition: RepetitionVector, _ bottleneck: Bottleneck,
    deadlineFactor: Fraction, periodScale: Int64
  ) throws(DataflowError) {
    guard (.zero)...(.one) ~= deadlineFactor else { throw .invalidDeadlineFactor(deadlineFactor) }
    guard periodScale >= 1 else { throw .invalidPeriodScale(periodScale) }
    let period = try Self.iterationPeriod(repetition, bottleneck, scale: periodScale)
      .orOverflow("iteration period of graph \"\(graph.name)\"")
    // Room for the few periods that PeriodicChannel adds up without checks.
    guard period <= Int64.max / 8 else {
      throw .overflow(quantity: "iteration period of graph \"\(graph.name)\"")
    }
    iterationPeriod = period
    periods = repetition.firings.map { period / $0 }
    deadlines = zip(graph.actors, periods).map { actor, period in
      let time = actor.worstCaseExecutionTime
      if deadlineFactor == .one { return period }
      let slack = Int128(period - time) * Int128(deadlineFactor.numerator)
      return time + Int64(slack / Int128(deadlineFactor.denominator))
    }
  }

  /// The shortest period times the scale; one round of the multiples when nothing takes time.
  private static func iterationPeriod(
    _ repetition: RepetitionVector, _ bottleneck: Bottleneck, scale: Int64
  ) -> Int64? {
    var multiple: Int64 = 1
    for firings in repetition.firings {
      guard let next = leastCommonMultiple(multiple, firings) else { return nil }
      multiple = next
    }
    let rounds = max(1, (Int128(bottleneck.workload) + Int128(multiple) - 1) / Int128(multiple))
    return Int64(exactly: rounds)
      .flatMap { checkedProduct($0, multiple) }.flatMap { checkedProduct($0, scale) }
  }

  /// The time that the firings of one iteration take together when each takes its slowest phase.
  func load(of graph: CSDFGraph, _ repetition: RepetitionVector) -> Int128 {
    zip(graph.actors, repetition.firings).reduce(Int128(0)) { sum, next in
      sum + Int128(next.0.worstCaseExecutionTime) * Int128(next.1)
    }
  }
}
