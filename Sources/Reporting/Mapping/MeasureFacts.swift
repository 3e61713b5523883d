import Figures
import Simulation

/// The measures of a design point as names with values.
struct MeasureFacts {
  private let measures: DesignPoint.Measures

  init(_ measures: DesignPoint.Measures) {
    self.measures = measures
  }

  func facts() -> [HTMLReport.Fact] {
    let name = measures.isExact ? "period, exact" : "period, a mean of many inferences"
    let period = measures.period.map {
      HTMLReport.Fact(name, UncertainText.text($0, measures.periodUncertainty, unit: "s"))
    }
    let quantities: [(String, Double?, String)] = [
      ("inferences per second", measures.throughput, ""),
      ("latency", measures.latency, "s"), ("energy per inference", measures.energy, "J"),
      ("dynamic energy", measures.dynamicEnergy, "J"),
      ("static energy", measures.staticEnergy, "J"),
      ("transfer energy", measures.transferEnergy, "J"),
      ("average power", measures.averagePower, "W"), ("peak power", measures.peakPower, "W"),
      ("memory reserved", measures.memory, "B"), ("cost", measures.cost, ""),
    ]
    return [period].compactMap { $0 }
      + quantities.compactMap { name, value, unit in
        value.map { .init(name, EngineeringNumber.text($0, unit: unit)) }
      }
  }
}
