import Dataflow
import Testing

@Suite struct PowerModelTests {
  @Test func `a processor at 1400 MHz takes half a watt for its work`() {
    #expect(abs(PowerModel.odroidXU3.active(megahertz: 1400) - 0.534) < 0.001)
  }

  @Test func `a utilisation of 2.125 has the published power, on three processors`() throws {
    let graph = try CSDFGraph(
      name: "load",
      actors: [8, 8, 1].enumerated().map { .init(name: "\($0)", executionTimes: [$1]) },
      channels: [(0, 1), (1, 2)].map {
        .init(
          name: "\($0)", source: .init($0), destination: .init($1), production: [1],
          consumption: [1])
      })
    let schedule = try StrictlyPeriodicSchedule(of: graph)
    #expect(schedule.utilization == 2.125 && schedule.processors == 3)
    let power = PowerModel.odroidXU3.power(of: schedule, on: 3, megahertz: 1)
    #expect(abs(power.active - 6.43875e-9) < 1e-15 && abs(power.idle - 0.465) < 1e-12)
  }

  @Test func `values that are no power are refused`() {
    #expect(PowerModel(coefficient: -1, exponent: 1, idle: 0) == nil)
    #expect(PowerModel(coefficient: 1, exponent: .infinity, idle: 0) == nil)
    #expect(PowerModel(coefficient: 1, exponent: 1, idle: .nan) == nil)
  }
}
