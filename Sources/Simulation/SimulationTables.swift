import Dataflow
import MappingModel
import PlatformModel

/// A problem as flat tables: what is the same for all mappings.
///
/// Channels are numbered anew: self-edges that never make a block wait are left out, and so are parts of
/// the graph in which no block needs an element, since they take no time. A class, so that it is shared, not copied.
final class SimulationTables {
  let problem: MappingProblem
  let arena = Arena()
  let blockCount: Int
  let elementCount: Int
  /// The number of each channel in the problem.
  let channels: [Int]
  /// The blocks without a channel to another, which end an inference.
  let sinks: [Int]

  /// For each block the firings after which its rates and its times repeat.
  let phases: UnsafeMutablePointer<Int>
  /// The firings of each block in one inference.
  let firings: UnsafeMutablePointer<Int>
  /// The place of each block in the topological order of priorities.
  let ranks: UnsafeMutablePointer<Int>
  /// Whether a block is simulated at all.
  let isKept: UnsafeMutablePointer<Bool>
  let isSink: UnsafeMutablePointer<Bool>
  /// Where the channels of each block begin in the lists of inputs and outputs.
  let inputStarts: UnsafeMutablePointer<Int>
  let inputs: UnsafeMutablePointer<Int>
  let outputStarts: UnsafeMutablePointer<Int>
  let outputs: UnsafeMutablePointer<Int>
  let sources: UnsafeMutablePointer<Int>
  let targets: UnsafeMutablePointer<Int>
  let isBounded: UnsafeMutablePointer<Bool>
  /// Rates of all channels; those of one begin at a base and are a step apart, 0 where all are equal.
  let rates: UnsafeMutablePointer<Int>
  let productionBases: UnsafeMutablePointer<Int>
  let productionSteps: UnsafeMutablePointer<Int>
  let consumptionBases: UnsafeMutablePointer<Int>
  let consumptionSteps: UnsafeMutablePointer<Int>
  /// For each block and element where the ticks of its phases begin, when no input is copied.
  let executionBases: UnsafeMutablePointer<Int>
  let executionTicks: UnsafeMutablePointer<Int>
  /// For each block and element the ticks of an inference, when no input is copied.
  let inferenceTicks: UnsafeMutablePointer<Int>
  /// Whether a channel has room for many inferences, so that its writer may run far ahead.
  let letsRunAhead: Bool
  /// More than this in one instant, or without an end of an inference, is not executed.
  let eventLimit: Int
  /// Which firings wait for which.
  let dependences: DependenceTables
  /// For each block the first of those that are connected with it, and all such first ones.
  let partOf: UnsafeMutablePointer<Int>
  let parts: [Int]
  /// For each block the number of its part, and for each part its own sinks; parts are in the order of their
  /// first blocks, which is that of those that ended equally many inferences.
  let partNumbers: UnsafeMutablePointer<Int>
  let partSinks: [[Int]]
  /// Whether there is a part that takes no time at all on some elements.
  let canBeTimeless: Bool
  /// The blocks by their places in the order of priorities.
  let byRank: UnsafeMutablePointer<Int>
  /// A number that channels of one block share which carry the same values.
  let tensors: UnsafeMutablePointer<Int>
  /// The block in the memory of whose element a channel lies, -1 for none, and the block that decides then.
  let memoryRoots: UnsafeMutablePointer<Int>
  let memoryReaders: UnsafeMutablePointer<Int>
  let dataMemories: UnsafeMutablePointer<Int>
  let isCopied: UnsafeMutablePointer<Bool>
  /// Whether all elements compute from the first memory, where everything else lies too, and read it as
  /// they compute.
  let neverTransfers: Bool

  /// - Parameters:
  ///   - capacities: What channels hold that do not hold what the problem says.
  ///   - dropsInputs: Whether inputs are left out whose reader never has to wait for them.
  init(
    _ problem: MappingProblem, capacities: [Int: Int64], dropsInputs: Bool
  ) throws(SimulationError) {
    self.problem = problem
    let graph = problem.graph
    var kept = Self.keptBlocks(problem)
    channels = Self.keptChannels(graph, kept)
    try Self.checkBytes(problem, capacities)
    let endless = dropsInputs ? Self.endlessChannels(problem, capacities, kept) : []
    for channel in endless { kept[graph.channels[channel].source.index] = false }
    blockCount = graph.actors.count
    elementCount = problem.platform.elements.count
    let leaving = Set(graph.channels.filter { !$0.isSelfEdge }.map(\.source.index))
    let ends = graph.actors.indices.filter { kept[$0] && !leaving.contains($0) }
    sinks = ends.isEmpty ? graph.actors.indices.filter { kept[$0] } : ends

    let rooms = Self.rooms(problem, channels, capacities)
    letsRunAhead = Self.letsRunAhead(problem, channels, rooms)
    eventLimit = Self.eventLimit(problem)
    let turns = try Self.turns(problem)
    phases = arena.make(turns)
    firings = arena.make(problem.firings.map { Int($0) })
    let order = Self.ranks(graph)
    ranks = arena.make(order)
    byRank = arena.make(graph.actors.indices.sorted { order[$0] < order[$1] })
    isKept = arena.make(kept)
    let sinkSet = Set(sinks)
    isSink = arena.make(graph.actors.indices.map { sinkSet.contains($0) })
    let list = channels.map { graph.channels[$0] }
    (inputStarts, inputs) = Self.rows(
      list.map(\.destination.index), blockCount, arena)
    (outputStarts, outputs) = Self.rows(list.map(\.source.index), blockCount, arena)
    sources = arena.make(list.map(\.source.index))
    targets = arena.make(list.map(\.destination.index))
    isBounded = arena.make(list.map { !$0.isSelfEdge })
    dependences = try DependenceTables(
      graph,
      channels: zip(channels, rooms).map { index, room in
        (index, endless.contains(index), graph.channels[index].isSelfEdge ? nil : room)
      }, arena: arena)
    let connected = dependences.connected(blocks: graph.actors.count)
    partOf = arena.make(connected)
    parts = graph.actors.indices.filter { connected[$0] == $0 }
    let members = Self.partNumbers(graph, kept)
    partNumbers = arena.make(members)
    partSinks = Self.partSinks(members, kept, leaving)
    canBeTimeless = Self.canBeTimeless(problem, members, kept)

    let rates = ChannelRates(list, phases: turns)
    self.rates = arena.make(rates.values)
    productionBases = arena.make(rates.productions.map(\.base))
    productionSteps = arena.make(rates.productions.map(\.step))
    consumptionBases = arena.make(rates.consumptions.map(\.base))
    consumptionSteps = arena.make(rates.consumptions.map(\.step))

    let (bases, ticks) = Self.executionTicks(problem, turns)
    executionBases = arena.make(bases)
    executionTicks = arena.make(ticks)
    inferenceTicks = arena.make(
      Self.inferenceTicks(problem, bases: bases, ticks: ticks, turns))
    tensors = arena.make(channels.map { problem.channels[$0].tensor })
    memoryRoots = arena.make(channels.map { problem.memoryRoots[$0].producer ?? -1 })
    memoryReaders = arena.make(channels.map { problem.memoryRoots[$0].reader })
    let elements = problem.platform.elements
    dataMemories = arena.make(elements.map(\.dataMemory.index))
    isCopied = arena.make(elements.map { $0.type.access == .copied })
    neverTransfers =
      elements.allSatisfy { $0.type.access == .streamed }
      && Set(elements.map(\.dataMemory.index)) == [0]
  }

  /// The numbers of the channels between simulated blocks that can make a block wait.
  private static func keptChannels(_ graph: CSDFGraph, _ kept: [Bool]) -> [Int] {
    graph.channels.indices.filter { index in
      let channel = graph.channels[index]
      guard kept[channel.source.index], kept[channel.destination.index] else { return false }
      return !channel.isSelfEdge
        || !channel.neverWaits(phases: Int(graph.phaseCount(of: channel.source)))
    }
  }

  /// The ticks of the phases of all blocks on all their elements in one list, and for each block and element where
  /// its own begin there, -1 where it takes none or cannot run.
  private static func executionTicks(
    _ problem: MappingProblem, _ turns: [Int]
  ) -> (bases: [Int], ticks: [Int]) {
    var bases: [Int] = []
    var ticks: [Int] = []
    for block in problem.graph.actors.indices {
      for element in problem.platform.elements.indices {
        guard !problem.isFree(block), let use = problem.uses[block][element] else {
          bases.append(-1)
          continue
        }
        bases.append(ticks.count)
        ticks += use.ticks(turns[block], ofFirings: problem.firings[block])
      }
    }
    return (bases, ticks)
  }

  private static func inferenceTicks(
    _ problem: MappingProblem, bases: [Int], ticks: [Int], _ turns: [Int]
  ) -> [Int] {
    let elementCount = problem.platform.elements.count
    return bases.enumerated().map { place, base in
      guard base >= 0 else { return 0 }
      let block = place / elementCount
      let rounds = max(1, Int(problem.firings[block]) / turns[block])
      return ticks[base..<base + turns[block]].reduce(0, +) * rounds
    }
  }
}

/// The rates of channels in one list, and where those of each channel lie in it.
private struct ChannelRates {
  /// The first rate of a channel's end, and 1 where there is one for each phase, 0 where all are equal.
  typealias Place = (base: Int, step: Int)

  private(set) var values: [Int] = []
  private(set) var productions: [Place] = []
  private(set) var consumptions: [Place] = []

  /// - Parameter phases: For each block the firings after which its rates repeat.
  init(_ channels: [CSDFGraph.Channel], phases: [Int]) {
    productions = channels.map { add($0.production, phases: phases[$0.source.index]) }
    consumptions = channels.map { add($0.consumption, phases: phases[$0.destination.index]) }
  }

  private mutating func add(_ list: [Int64], phases: Int) -> Place {
    let base = values.count
    if list.allSatisfy({ $0 == list[0] }) {
      values.append(Int(list[0]))
      return (base, 0)
    }
    for phase in 0..<phases { values.append(Int(list[phase % list.count])) }
    return (base, 1)
  }
}

extension CSDFGraph.Channel {
  /// Whether a self-edge always has the tokens that its block asks for, whose firings follow one
  /// another.
  fileprivate func neverWaits(phases: Int) -> Bool {
    var tokens = initialTokens
    for phase in 0..<phases {
      let asked = consumption[phase % consumption.count]
      if tokens < asked { return false }
      tokens += production[phase % production.count] - asked
    }
    return tokens >= initialTokens
  }
}
