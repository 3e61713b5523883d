import DataflowConversion
package import MappingModel
import PlatformModel
package import Preparation
import Quantities
package import Simulation

/// What `simulate` says of a mapping.
package struct SimulationSummary: Encodable, Sendable {
  package var periodS: Double?
  /// By how much the mean may be off; left out where the period is exact.
  package var periodUncertaintyS: Double?
  package var latencyS: Double?
  package var energyJ: Double?
  package var dynamicEnergyJ: Double
  package var staticEnergyJ: Double
  package var transferEnergyJ: Double
  package var powerW: Double?
  package var peakPowerW: Double?
  package var cost: Double
  package var memoryBytes: Int
  /// The bytes of each memory.
  package var memories: [String: Int]
  /// Of each element, link and memory the share of a period in which it is busy.
  package var load: [String: Double]
  package var boundBy: String
  /// The inferences that loads and activity are about, by the numbers that had ended before and after them.
  package var window: [Int]?
  /// Of each element how it spends a period.
  package var activity: [String: Activity]
  package var exact: Bool
  package var feasible: Bool
  package var violations: [String]
  /// The blocks that wait for ever; left out where the execution goes on.
  package var deadlock: [Waiting]?
  package var granularity: String
  package var mapping: MappingDocument
  /// The figures of the platform that it rests on and that nobody measured.
  package var assumedFigures: [String]?
  /// What the user should know.
  package var warnings: [String] = []

  /// A block that waits for ever, for tokens or for room in channels.
  package struct Waiting: Encodable, Hashable, Sendable {
    package var block: String
    package var channels: [String]
  }

  /// How an element spends a period, in shares of it.
  package struct Activity: Encodable, Hashable, Sendable {
    package var executing: Double
    package var moving: Double
    package var waitingForLinks: Double
    /// None of its blocks has its tokens.
    package var waitingForTokens: Double
    package var blockedByFullChannels: Double
    /// Its sequence asks for another block than the one that could start.
    package var waitingForTurn: Double
    /// It runs no block.
    package var idle: Double
  }

  package init(
    _ evaluation: Evaluation, _ observed: ObservedExecution, _ subject: MappingSubject,
    _ mapping: Mapping
  ) {
    periodS = evaluation.period?.value
    periodUncertaintyS =
      evaluation.isExact || periodS == nil ? nil : evaluation.periodUncertainty.value
    window =
      observed.activity.inferences.isEmpty
      ? nil : [observed.activity.inferences.lowerBound, observed.activity.inferences.upperBound]
    latencyS = evaluation.latency?.value
    energyJ = evaluation.energy?.value
    dynamicEnergyJ = evaluation.dynamicEnergy.value
    staticEnergyJ = evaluation.staticEnergy.value
    transferEnergyJ = evaluation.transferEnergy.value
    powerW = evaluation.power?.value
    peakPowerW = evaluation.peakPower?.value
    cost = evaluation.cost
    memoryBytes = evaluation.memoryBytes
    memories = Dictionary(
      evaluation.memories.map { ($0.name, $0.bytes) }, uniquingKeysWith: +)
    load = [:]
    for share in evaluation.loads {
      let name = load[share.name] == nil ? share.name : "\(share.name) (\(share.kind.rawValue))"
      let period = evaluation.period?.value ?? 0
      load[name] = period > 0 ? share.seconds.value / period : 0
    }
    boundBy = evaluation.boundName
    activity = Self.activity(observed.activity, subject)
    exact = evaluation.isExact
    feasible = evaluation.isFeasible
    violations = evaluation.violations.map(\.description)
    deadlock = evaluation.waiting?.map { Waiting(block: $0.block, channels: $0.channels) }
    granularity = subject.granularity.rawValue
    self.mapping = MappingDocument(mapping)
  }

  private static func activity(
    _ profile: ActivityProfile, _ subject: MappingSubject
  ) -> [String: Activity] {
    guard !profile.window.isEmpty else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: zip(subject.problem.platform.elements, profile.elements).map {
        let length = Double($1.total)
        func share(_ ticks: Int64) -> Double { Double(ticks) / length }
        return (
          $0.name,
          Activity(
            executing: share($1.executing), moving: share($1.moving),
            waitingForLinks: share($1.waitingForLinks),
            waitingForTokens: share($1.waitingForTokens),
            blockedByFullChannels: share($1.waitingForRoom),
            waitingForTurn: share($1.waitingForTurn), idle: share($1.idle))
        )
      })
  }
}
