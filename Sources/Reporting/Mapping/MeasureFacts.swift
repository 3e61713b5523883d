import Figures
import MappingModel
import Quantities
import Simulation

/// The figures of a design point as names with values.
struct MeasureFacts {
  private let evaluation: Evaluation

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
  }

  func facts() -> [HTMLReport.Fact] {
    let name = evaluation.isExact ? "period, exact" : "period, a mean of many inferences"
    let period = evaluation.period.map {
      HTMLReport.Fact(
        name, UncertainText.text($0.value, evaluation.periodUncertainty.value, unit: "s"))
    }
    let quantities: [(String, Double?, String)] = [
      ("inferences per second", evaluation.throughput, ""),
      ("latency", evaluation.latency?.value, "s"),
      ("energy per inference", evaluation.energy?.value, "J"),
      ("dynamic energy", evaluation.dynamicEnergy.value, "J"),
      ("static energy", evaluation.staticEnergy.value, "J"),
      ("transfer energy", evaluation.transferEnergy.value, "J"),
      ("average power", evaluation.power?.value, "W"),
      ("peak power", evaluation.peakPower?.value, "W"),
      ("memory reserved", evaluation.memories.isEmpty ? nil : Double(evaluation.memoryBytes), "B"),
      ("cost", evaluation.cost, ""),
    ]
    return [period].compactMap { $0 }
      + quantities.compactMap { name, value, unit in
        value.map { .init(name, EngineeringNumber.text($0, unit: unit)) }
      }
  }
}
