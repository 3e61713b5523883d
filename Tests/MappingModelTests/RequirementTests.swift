import MappingModel
import Quantities
import Testing

@Suite struct RequirementTests {
  @Test(arguments: [
    ("latency<=50ms", Requirement(.latency, isLowerLimit: false, 0.05)),
    ("period <= 20 us", Requirement(.period, isLowerLimit: false, 2e-5)),
    ("period≤1e-3", Requirement(.period, isLowerLimit: false, 1e-3)),
    ("throughput>=30", Requirement(.throughput, isLowerLimit: true, 30)),
    ("throughput ≥ 2 k/s", Requirement(.throughput, isLowerLimit: true, 2000)),
    ("power<5W", Requirement(.power, isLowerLimit: false, 5)),
    ("peak_power<=250mW", Requirement(.peakPower, isLowerLimit: false, 0.25)),
    ("energy<=0.1J", Requirement(.energy, isLowerLimit: false, 0.1)),
    ("energy>=3µJ", Requirement(.energy, isLowerLimit: true, 3e-6)),
    ("memory<=64MB", Requirement(.memory, isLowerLimit: false, 64e6)),
    ("memory<=1 MiB", Requirement(.memory, isLowerLimit: false, 1_048_576)),
    (" cost <= 3 ", Requirement(.cost, isLowerLimit: false, 3)),
    ("cost>2.5", Requirement(.cost, isLowerLimit: true, 2.5)),
    ("15fps", Requirement(.throughput, isLowerLimit: true, 15)),
    (" 2.5 /s ", Requirement(.throughput, isLowerLimit: true, 2.5)),
    ("fps>=15", Requirement(.throughput, isLowerLimit: true, 15)),
    ("FPS > 15 fps", Requirement(.throughput, isLowerLimit: true, 15)),
    (">=15/s", Requirement(.throughput, isLowerLimit: true, 15)),
    ("throughput<=1kHz", Requirement(.throughput, isLowerLimit: false, 1000)),
    ("<=64MB", Requirement(.memory, isLowerLimit: false, 64e6)),
    ("<0.5 mJ", Requirement(.energy, isLowerLimit: false, 5e-4)),
  ])
  func `limits are read with their units`(text: String, expected: Requirement) throws {
    #expect(try Requirement(text) == expected)
    #expect(try Requirement.list("cost<=1,\(text)").last == expected)
  }

  @Test(arguments: [
    ("", "a sign, as"), ("latency", "a sign, as"), ("latency=5ms", "a sign, as"),
    ("latency==5ms", "a sign, as"), ("50ms", "a sign, as"), ("15", "a sign, as"),
    ("<=50ms", "one of period, latency before the sign"),
    (">=5W", "one of power, peak_power before the sign"), ("<=5", "one of period, throughput"),
    ("throughput=15fps", "a sign, as"), ("-15fps", "a sign, as"),
    ("speed>=1", "one of period, throughput"), ("Latency<=1", "one of period, throughput"),
    ("latency<=", "a time as"), ("latency<=-1ms", "a time as"), ("latency<=5W", "a time as"),
    ("latency<>5ms", "a time as"), ("latency<=5 m s", "a time as"), ("memory<=64mb", "a size as"),
    ("cost<=nan", "a number of at least 0"), ("cost<=inf", "a number of at least 0"),
    ("cost<=0x10", "a number of at least 0"), ("cost<=1p4", "a number of at least 0"),
    ("cost<=infinity", "a number of at least 0"), ("throughput>=nan", "a rate as"),
    ("latency<=0x10", "a time as"), ("latency<=0x10ms", "a time as"), ("power<=inf", "a power as"),
    ("memory<=nan MB", "a size as"), ("cost<=3 EUR", "a number of at least 0"),
    ("power<=1e999W", "a power as"),
  ])
  func `what says nothing is an error that says what was expected`(text: String, expected: String) {
    let error = #expect(throws: RequirementError.self) { try Requirement(text) }
    #expect(error?.message.hasPrefix("requirement \"\(text)\": expected \(expected)") == true)
    #expect(throws: RequirementError.self) { try Requirement.list("cost<=1,\(text)") }
  }

  /// A period of 20 ms, a latency of 50 ms, 0.1 J in all, 3 W at the peak, 300 bytes, a cost of 7.
  private let evaluation = Evaluation(
    period: Seconds(0.02), isExact: true, latency: Seconds(0.05), dynamicEnergy: Joules(0.0625),
    staticEnergy: Joules(0.03125), transferEnergy: Joules(0.03125), peakPower: Watts(3), cost: 7,
    memories: [
      .init(name: "a", bytes: 100, capacity: nil), .init(name: "b", bytes: 200, capacity: nil),
    ], loads: [], bound: .dependency, violations: [])

  @Test(arguments: [
    ("period<=10ms", 0.02, 1), ("throughput>=100", 50, 0.5), ("latency<=0.1s", 0.05, 0),
    ("energy<=0.1J", 0.125, 0.25), ("power<=5W", 6.25, 0.25), ("peak_power<=2W", 3, 0.5),
    ("memory<=200B", 300, 0.5), ("memory>=200B", 300, 0), ("cost<=7", 7, 0), ("cost<=0", 7, 7),
  ])
  func `a limit is missed by a share of it`(text: String, value: Double, excess: Double) throws {
    let requirement = try Requirement(text)
    let found = try #require(requirement.value(in: evaluation))
    #expect(abs(found - value) < 1e-12)
    #expect(abs(requirement.excess(of: found) - excess) < 1e-12)
  }

  @Test func `a limit is written as it was meant`() throws {
    #expect(try "\(Requirement("latency<=0.05"))" == "latency ≤ 50 ms")
    #expect(try "\(Requirement("throughput>=30"))" == "throughput ≥ 30 /s")
    let violation = Violation.requirement(try Requirement("memory<=64MB"), found: 1e8)
    #expect("\(violation)" == "memory ≤ 64 MB is not met: it is 100 MB")
  }

  @Test func `what deadlocks has no period, and is infinitely far from a limit`() throws {
    var stuck = evaluation
    stuck.period = nil
    for name in ["period", "throughput", "energy", "power"] {
      #expect(try Requirement("\(name)<=1").value(in: stuck) == nil)
    }
    #expect(stuck[.period] == .infinity && stuck[.energy] == .infinity)
  }
}
