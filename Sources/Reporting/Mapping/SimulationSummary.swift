import DataflowConversion
package import MappingModel
import PlatformModel
package import Preparation
import Quantities
package import Simulation

/// What `simulate` says of a mapping.
package struct SimulationSummary: Encodable, Sendable {
  /// The seconds between two inferences; nil in a deadlock.
  package var periodS: Double?
  /// By how much the mean may be off; left out where the period is exact.
  package var periodUncertaintyS: Double?
  /// The seconds of one inference alone on the idle platform; nil in a deadlock.
  package var latencyS: Double?
  /// The joules of one inference; nil in a deadlock.
  package var energyJ: Double?
  /// The joules that computing takes in one inference.
  package var dynamicEnergyJ: Double
  /// The joules of the idle power of the elements in use over one period.
  package var staticEnergyJ: Double
  /// The joules of the transfers of one inference.
  package var transferEnergyJ: Double
  /// The average power in watts; nil in a deadlock and where nothing takes time.
  package var powerW: Double?
  /// The highest power at one instant in watts; nil where it was not measured.
  package var peakPowerW: Double?
  /// The cost of the elements in use, in the unit of the platform file.
  package var cost: Double
  /// The bytes of weights and channels in all memories.
  package var memoryBytes: Int
  /// The bytes of each memory.
  package var memories: [String: Int]
  /// Of each element, link and memory the share of a period in which it is busy.
  package var load: [String: Double]
  /// What bounds the period, in a word or two; `deadlock` where there is none.
  package var boundBy: String
  /// The inferences that loads and activity are about, by the numbers that had ended before and after them.
  package var window: [Int]?
  /// Of each element how it spends a period.
  package var activity: [String: Activity]
  /// Whether the period is that of an exact repetition, not a mean.
  package var exact: Bool
  /// Whether the mapping keeps all limits.
  package var feasible: Bool
  /// The limits that the mapping breaks; empty where it is feasible.
  package var violations: [String]
  /// The blocks that wait for ever; nil without a deadlock.
  package var deadlock: [Waiting]?
  /// What a firing of a block works on: a tensor or a line.
  package var granularity: String
  /// The whole mapping, as in mapping files.
  package var mapping: MappingDocument
  /// The names of the platform's figures that the result depends on and that are assumed, not
  /// measured.
  package var assumedFigures: [String]?
  /// The warnings for the user.
  package var warnings: [String] = []

  /// A block that waits for ever, for tokens or for room in channels.
  package struct Waiting: Encodable, Hashable, Sendable {
    /// The name of the block.
    package var block: String
    /// The names of the channels that it waits for.
    package var channels: [String]
  }

  /// How an element spends a period, in shares of it.
  package struct Activity: Encodable, Hashable, Sendable {
    /// It computes.
    package var executing: Double
    /// It reads or writes.
    package var moving: Double
    /// A block waits for a link or a memory that serves others.
    package var waitingForLinks: Double
    /// None of its blocks has its tokens.
    package var waitingForTokens: Double
    /// A block has its tokens, but a channel that it writes has no room.
    package var blockedByFullChannels: Double
    /// Its sequence asks for another block than the one that could start.
    package var waitingForTurn: Double
    /// It runs no block.
    package var idle: Double
  }

  /// The summary of an execution of a mapping.
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
