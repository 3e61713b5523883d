import MappingModel
import Quantities
import Testing

@testable import Simulation

/// Limits that lie within what a short execution says of the period.
@Suite struct UndecidedLimitTests {
  @Test func `a long execution decides where a short one cannot`() throws {
    var (kept, exceeded) = (0, 0)
    for seed in UInt64(0)..<90 {
      let example = try RandomCase(seed: seed, blocks: 100...140, elements: 4...5)
      let short = try measures(of: example, .inferences(20))
      let long = try measures(of: example, .settled)
      let upper = short.period + short.periodUncertainty
      guard short.period.isFinite, !short.isExact, long.period + long.periodUncertainty < upper
      else { continue }
      let within = (long.period + long.periodUncertainty + upper) / 2
      #expect(try measures(of: example, .inferences(20), within).violation == 0, "seed \(seed)")
      kept += 1
      let beyond = long.period * 0.999
      guard beyond > short.period - short.periodUncertainty else { continue }
      #expect(try measures(of: example, .inferences(20), beyond).violation > 0, "seed \(seed)")
      exceeded += 1
    }
    #expect(kept > 10, "\(kept)")
    #expect(exceeded > 5, "\(kept) kept, \(exceeded) not")
  }

  private func limits(_ period: Double) -> MappingEvaluator.Limits {
    .init(requirements: [Requirement(.period, isLowerLimit: false, period)])
  }

  private func measures(
    of example: RandomCase, _ extent: ExecutionExtent, _ limit: Double? = nil
  ) throws -> Measures {
    var evaluator = try MappingEvaluator(
      example.problem, limits: limit.map(limits) ?? .init())
    return evaluator.measure(
      example.placement, MeasureOptions(findsLatency: false, extent: extent))
  }
}
