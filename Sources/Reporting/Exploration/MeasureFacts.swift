/// The measures of a design point as names with values.
struct MeasureFacts {
  private let measures: DesignPoint.Measures

  init(_ measures: DesignPoint.Measures) {
    self.measures = measures
  }

  func facts() -> [HTMLReport.Fact] {
    let period = measures.isExact ? "period, exact" : "period, a mean of many inferences"
    let quantities: [(String, Double?, String)] = [
      (period, measures.period, "s"), ("inferences per second", measures.throughput, ""),
      ("latency", measures.latency, "s"), ("energy per inference", measures.energy, "J"),
      ("dynamic energy", measures.dynamicEnergy, "J"),
      ("static energy", measures.staticEnergy, "J"),
      ("transfer energy", measures.transferEnergy, "J"),
      ("average power", measures.averagePower, "W"), ("peak power", measures.peakPower, "W"),
      ("memory in use", measures.memory, "B"), ("cost", measures.cost, ""),
    ]
    return quantities.compactMap { name, value, unit in
      value.map { .init(name, EngineeringNumber.text($0, unit: unit)) }
    }
  }
}
