import Dataflow
import MappingModel
import PlatformModel
import Quantities

/// Transfers between memories, each computed once: what a channel moves when an element reads it from a
/// memory, or writes it to one, is the same in every placement.
final class TransferTable {
  private let tables: SimulationTables
  private let arena = Arena()
  /// For each channel, direction, element and memory the number of the transfer, -1 while unknown.
  private let dense: UnsafeMutablePointer<Int32>?
  private var sparse: [Int: Int32] = [:]
  private(set) var transfers: [Transfer] = []

  /// Bytes on their way over some resources.
  struct Transfer: BitwiseCopyable {
    /// The channel whose rates say how much is moved.
    var channel: Int
    /// A bit for each resource.
    var resources: UInt64
    /// The ticks of each phase of the block, a step apart; -1 where nothing is moved.
    var durations: UnsafeMutablePointer<Int>
    var step: Int
    /// The bytes and ticks of an inference.
    var bytes: Int
    var ticks: Int
    /// The first of the channels that are written together; the others follow it in a list.
    var firstMember = -1
  }

  enum Direction: Int { case read, write }

  init(_ tables: SimulationTables) {
    self.tables = tables
    let size =
      tables.channels.count * 2 * tables.elementCount
      * max(1, tables.problem.platform.memories.count)
    dense = size <= Self.denseLimit ? arena.make(size, of: -1) : nil
  }

  private static let denseLimit = 1 << 23

  /// A transfer of a channel between an element's own memory and another.
  ///
  /// - Throws: ``SimulationError`` where there is no way between them, or a time does not fit.
  func transfer(
    _ channel: Int, _ direction: Direction, element: Int, memory: Int
  ) throws(SimulationError) -> Transfer {
    let key =
      ((channel * 2 + direction.rawValue) * tables.elementCount + element)
      * tables.problem.platform.memories.count + memory
    let known = dense.map { $0[key] } ?? sparse[key] ?? -1
    if known >= 0 { return transfers[Int(known)] }
    let made = try make(channel, direction, element: element, memory: memory)
    let number = Int32(transfers.count)
    transfers.append(made)
    if let dense { dense[key] = number } else { sparse[key] = number }
    return made
  }

  private func make(
    _ channel: Int, _ direction: Direction, element: Int, memory: Int
  ) throws(SimulationError) -> Transfer {
    let index = tables.channels[channel]
    let unit = tables.problem.platform.elements[element]
    let own = unit.dataMemory.index
    let isRead = direction == .read
    let (source, target) = isRead ? (memory, own) : (own, memory)
    guard var route = tables.problem.route(from: source, to: target) else {
      throw .noRoute(
        from: tables.problem.platform.memories[source].name,
        to: tables.problem.platform.memories[target].name)
    }
    let port = isRead ? unit.ports.activationsIn : unit.ports.outputOut
    if unit.type.access == .copied, let link = port.link { route.append(link.index) }
    var resources: UInt64 = 0
    var latency = 0
    var slowest = ExactRatio.zero
    for resource in route where resources & (1 << UInt64(resource)) == 0 {
      resources |= 1 << UInt64(resource)
      latency += Int(tables.problem.resources[resource].latency)
      slowest = max(slowest, tables.problem.resources[resource].ticksPerByte)
    }
    let traits = tables.problem.channels[index]
    let bytes = isRead ? traits.readBytes[element] : traits.writtenBytes[element]
    let block = isRead ? tables.targets[channel] : tables.sources[channel]
    let base = isRead ? tables.consumptionBases[channel] : tables.productionBases[channel]
    let step = isRead ? tables.consumptionSteps[channel] : tables.productionSteps[channel]
    let phases = tables.phases[block]
    let rounds = max(1, tables.firings[block] / phases)
    var total: Int128 = 0
    for phase in 0..<phases { total += Int128(tables.rates[base + phase * step]) }
    var durations: [Int] = []
    for phase in 0..<(step == 0 ? 1 : phases) {
      durations.append(
        try duration(
          tokens: tables.rates[base + phase * step], of: total * Int128(rounds), bytes: bytes,
          slowest,
          latency, channel))
    }
    let round =
      durations.reduce(Int128(0)) { $0 + Int128(max(0, $1)) }
      * Int128(step == 0 ? phases : 1)
    guard let ticks = Int(exactly: round * Int128(rounds)), ticks <= SimulationPlan.mostWork else {
      throw .overflow(channel: tables.problem.graph.channels[index].name)
    }
    return Transfer(
      channel: channel, resources: resources, durations: arena.make(durations), step: step,
      bytes: bytes, ticks: ticks)
  }

  /// The ticks of a transfer: the latencies, and the bytes over the slowest resource, rounded up; -1 where
  /// nothing is moved.
  private func duration(
    tokens: Int, of total: Int128, bytes: Int, _ slowest: ExactRatio, _ latency: Int, _ channel: Int
  ) throws(SimulationError) -> Int {
    guard tokens > 0, total > 0 else { return -1 }
    let (top, whole) = (Int128(tokens) * Int128(bytes), total)
    let moved = (top + whole - 1) / whole
    let (product, overflow) = moved.multipliedReportingOverflow(by: Int128(slowest.numerator))
    let denominator = Int128(slowest.denominator)
    let ticks = (product + denominator - 1) / denominator + Int128(latency)
    guard !overflow, ticks < Int128(Int64.max / 1024) else {
      throw .overflow(channel: tables.problem.graph.channels[tables.channels[channel]].name)
    }
    return Int(ticks)
  }
}
