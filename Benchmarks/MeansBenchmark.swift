import DataflowConversion
import Files
import Foundation
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Preparation
import Quantities
import Simulation

/// Executions that do not repeat, of random mappings of real networks: whether what is said of the period holds
/// after 100,000 inferences, and what the longer executions take. The word `means` chooses it, a number behind it
/// how many mappings each network and platform has.
enum MeansBenchmark {
  /// How many mappings said what of the period.
  private struct Tally {
    var mappings = 0
    var contained = 0
    /// The bounds that agree, and those that are told as open.
    var sameBound = 0
    var openBounds = 0
    var fullShares = 0
    var inferences = 0
    var widths: [Double] = []
    /// Seconds for 1,000 inferences and for those that settle, and for both while somebody looks.
    var plain = 0.0
    var settled = 0.0
    var brief = 0.0
    var observed = 0.0

    static func + (one: Tally, other: Tally) -> Tally {
      var sum = one
      sum.mappings += other.mappings
      sum.contained += other.contained
      sum.sameBound += other.sameBound
      sum.openBounds += other.openBounds
      sum.fullShares += other.fullShares
      sum.inferences += other.inferences
      sum.widths += other.widths
      sum.plain += other.plain
      sum.settled += other.settled
      sum.brief += other.brief
      sum.observed += other.observed
      return sum
    }
  }

  private static let longRun = 100_000

  static func run(count: Int = 75) throws {
    print("Random mappings whose executions do not repeat within 1,000 inferences")
    var all = Tally()
    for network in ["resnet50", "mobilenetv2"] {
      for platform in ["odroid-xu4", "jetson-tx2"] {
        let tally = try measure(try problem(network, platform), count: count)
        report("\(network) on \(platform)", tally)
        all = all + tally
      }
    }
    report("all", all)
  }

  private static func report(_ name: String, _ tally: Tally) {
    guard tally.mappings > 0 else { return print("\(name): none") }
    let count = Double(tally.mappings)
    let median = tally.widths.sorted()[tally.mappings / 2]
    print(
      "\(name.padding(toLength: 28, withPad: " ", startingAt: 0))\(tally.mappings) mappings: "
        + "\(tally.contained) intervals hold the value at \(longRun), \(tally.sameBound) bounds agree (\(tally.openBounds) are open), "
        + "shares of \(tally.fullShares) add up to 1; "
        + String(
          format:
            "%.0f inferences, ± %.2f %% (median); time over 1,000 inferences: %.2f×, looked at %.2f×",
          Double(tally.inferences) / count, median * 100, tally.settled / tally.plain,
          tally.observed / tally.brief))
  }

  private static func measure(_ problem: MappingProblem, count: Int) throws -> Tally {
    var evaluator = try MappingEvaluator(problem)
    var tally = Tally()
    for placement in MappingBenchmark.random(problem, count: 200 * count)
    where tally.mappings < count {
      let plain = time { evaluator.measure(placement, MeasureOptions(inferences: 1000)) }
      guard !plain.value.isExact else { continue }
      let settled = time { evaluator.measure(placement, MeasureOptions()) }
      let observed = try time { try evaluator.evaluate(placement) }
      let brief = try time { try evaluator.evaluate(placement, .inferences(1000)) }
      let long = try evaluator.evaluate(placement, .inferences(longRun)).evaluation
      let (said, activity) = (observed.value.evaluation, observed.value.observed.activity)
      guard let period = said.period?.value, let right = long.period?.value else { continue }
      tally.mappings += 1
      tally.plain += plain.seconds
      tally.settled += settled.seconds
      tally.observed += observed.seconds
      tally.brief += brief.seconds
      tally.inferences += activity.inferences.upperBound
      tally.widths.append(said.periodUncertainty.value / period)
      let allowed = said.isExact ? 1e-12 * right : said.periodUncertainty.value
      if abs(period - right) <= allowed { tally.contained += 1 }
      if said.bound.agrees(with: long.bound) { tally.sameBound += 1 }
      if case .loadOrDependency = said.bound { tally.openBounds += 1 }
      // Where a load needs a longer period than the mean, elements wait as much longer.
      let length = max(
        activity.window.upperBound - activity.window.lowerBound,
        Int64((period * 1e12 * Double(activity.inferences.count)).rounded()))
      if activity.elements.allSatisfy({ $0.total == length }) { tally.fullShares += 1 }
    }
    return tally
  }

  private static func time<Value>(_ body: () throws -> Value) rethrows -> (
    value: Value, seconds: Double
  ) {
    let start = MappingBenchmark.processorSeconds()
    let value = try body()
    return (value, MappingBenchmark.processorSeconds() - start)
  }

  private static func problem(_ network: String, _ platform: String) throws -> MappingProblem {
    if network != "mobilenetv2" { return try MappingBenchmark.problem(network, platform) }
    let model = GeneratedNetwork.mobilenetv2.model(seed: 1)
    let graph = try BlockGraph(ResolvedGraph(model), name: "mobilenetv2")
    let platform = try OpenedPlatform(platform, folders: .standard())
    return try MappingSubject(graph, platform.model, granularity: .tensor, buffers: .periodic)
      .problem
  }
}

extension PeriodBound {
  /// Whether a longer execution says the same, or one of two that were left open.
  fileprivate func agrees(with long: PeriodBound) -> Bool {
    guard case .loadOrDependency(let kind, let name) = self else { return self == long }
    return [self, .load(kind, name: name), .dependency].contains(long)
  }
}
