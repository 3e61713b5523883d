import Dataflow
import MappingModel
import PlatformModel
import Quantities

/// What a compiled placement asks for, apart from waiting, in one inference or, where blocks run at different
/// rates, in a window of several: the busy times, the bytes over each link; the memory, and the energy of one
/// inference. Sums over blocks and channels.
///
/// A class, because its memory is used again for every placement: copies would share it.
final class PlacementAccount {
  private let tables: SimulationTables
  private let problem: MappingProblem
  private let costs: AccountTables
  private let arena = Arena()
  let resourceCount: Int
  let memoryCount: Int

  /// For each element the ticks of computing and those of transfers.
  let computing: UnsafeMutablePointer<Int>
  let moving: UnsafeMutablePointer<Int>
  /// For each resource the bytes that pass, and the ticks of the transfers that hold it.
  let bytes: UnsafeMutablePointer<Int>
  let held: UnsafeMutablePointer<Int>
  /// The bytes that stream over each resource.
  let streamed: UnsafeMutablePointer<Int>
  /// The bytes of each memory, and behind them of each element's own.
  let memories: UnsafeMutablePointer<Int>
  let isUsed: UnsafeMutablePointer<Bool>
  /// The inferences that times and bytes are those of.
  private(set) var span = 1
  private var pace = Pace.even
  private(set) var dynamicEnergy = 0.0
  private(set) var transferEnergy = 0.0
  private(set) var idlePower = 0.0
  private(set) var cost = 0.0

  init(_ tables: SimulationTables, _ problem: MappingProblem) {
    (self.tables, self.problem) = (tables, problem)
    costs = AccountTables(problem)
    resourceCount = problem.resources.count
    memoryCount = problem.platform.memories.count + tables.elementCount
    computing = arena.make(tables.elementCount, of: 0)
    moving = arena.make(tables.elementCount, of: 0)
    bytes = arena.make(resourceCount, of: 0)
    held = arena.make(resourceCount, of: 0)
    streamed = arena.make(resourceCount, of: 0)
    memories = arena.make(memoryCount, of: 0)
    isUsed = arena.make(tables.elementCount, of: false)
  }

  /// Adds up what a placement asks for.
  ///
  /// - Parameter pace: How often blocks run.
  func count(_ plan: SimulationPlan, _ placement: Placement, _ pace: Pace) {
    clear()
    (self.pace, span) = (pace, pace.inferences)
    var energy = 0.0
    let isEven = pace.isEven
    for block in 0..<tables.blockCount {
      let element = plan.elements[block]
      guard element >= 0 else { continue }
      energy += add(block, element, plan, isEven)
    }
    dynamicEnergy = energy
    for element in 0..<tables.elementCount where isUsed[element] {
      idlePower += costs.idlePowers[element]
      cost += costs.prices[element]
    }
    for resource in 0..<resourceCount {
      transferEnergy += Double(bytes[resource]) * costs.energiesPerByte[resource]
    }
    if !pace.isEven {
      dynamicEnergy /= Double(span)
      transferEnergy /= Double(span)
    }
    countChannels(plan, placement)
  }

  private func clear() {
    for element in 0..<tables.elementCount {
      (computing[element], moving[element], isUsed[element]) = (0, 0, false)
    }
    for resource in 0..<resourceCount {
      (bytes[resource], held[resource], streamed[resource]) = (0, 0, 0)
    }
    for memory in 0..<memoryCount { memories[memory] = 0 }
    (dynamicEnergy, transferEnergy, idlePower, cost) = (0, 0, 0, 0)
  }

  /// Adds what a block asks for.
  ///
  /// - Parameter isEven: Whether all blocks run as often; looked up once.
  /// - Returns: The energy of computing.
  @inline(__always)
  private func add(
    _ block: Int, _ element: Int, _ plan: SimulationPlan, _ isEven: Bool
  ) -> Double {
    let use = costs.uses[block * tables.elementCount + element]
    isUsed[element] = true
    let ticks = plan.inferenceTicks[block]
    add(ticks, of: block, to: computing, element, isEven)
    addWeights(of: block, use, element, plan)
    if use.streams {
      let inputs = max(0, use.inputBytes - plan.copiedInputs[block])
      let outputs = max(0, use.outputBytes - plan.copiedOutputs[block])
      stream(inputs, of: block, over: costs.inputLinks[element], isEven)
      stream(use.weightTraffic, of: block, over: costs.weightLinks[element], isEven)
      stream(outputs, of: block, over: costs.outputLinks[element], isEven)
      stream(
        inputs + use.weightTraffic + outputs, of: block, over: costs.memoryResources[element],
        isEven)
    }
    if plan.hasTransfers {
      for place in plan.readStarts[block]..<plan.readStarts[block + 1] {
        add(plan.reads[place], of: block, element, isEven)
      }
      for place in plan.writeStarts[block]..<plan.writeStarts[block + 1] {
        add(plan.writes[place], of: block, element, isEven)
      }
    }
    let energy = use.energy + use.joulesPerTick * Double(ticks)
    return isEven ? energy : energy * pace.runs(of: block, once: tables.firings[block])
  }

  @inline(__always)
  private func stream(_ count: Int, of block: Int, over resource: Int, _ isEven: Bool) {
    guard resource >= 0 else { return }
    add(count, of: block, to: bytes, resource, isEven)
    add(count, of: block, to: streamed, resource, isEven)
  }

  /// Adds what a block asks for in an inference as often as it runs.
  @inline(__always)
  private func add(
    _ amount: Int, of block: Int, to list: UnsafeMutablePointer<Int>, _ place: Int, _ isEven: Bool
  ) {
    guard !isEven else {
      list[place] += amount
      return
    }
    let all = pace.total(amount, of: block, once: tables.firings[block])
    let (sum, overflow) = list[place].addingReportingOverflow(all)
    list[place] = overflow ? .max : sum
  }

  private func add(
    _ transfer: SimulationPlan.Transfer, of block: Int, _ element: Int, _ isEven: Bool
  ) {
    add(transfer.ticks, of: block, to: moving, element, isEven)
    var left = transfer.resources
    while left != 0 {
      let resource = left.trailingZeroBitCount
      left &= left - 1
      add(transfer.bytes, of: block, to: bytes, resource, isEven)
      add(transfer.ticks, of: block, to: held, resource, isEven)
    }
  }

  /// Weights that several blocks use lie once in a memory.
  private func addWeights(
    of block: Int, _ use: AccountTables.Use, _ element: Int, _ plan: SimulationPlan
  ) {
    guard use.weightBytes > 0 else { return }
    let memory = costs.weightMemories[element]
    var bytes = use.weightBytes
    for share in costs.shareStarts[block]..<costs.shareStarts[block + 1] {
      for user in costs.userStarts[share]..<costs.userStarts[share + 1] {
        let place = plan.elements[costs.users[user]]
        guard place >= 0, costs.weightMemories[place] == memory else { continue }
        bytes -= costs.shareBytes[share * costs.elementCount + element]
        break
      }
    }
    memories[memory] += bytes
  }

  /// The most bytes of a memory, nil for no limit.
  @inline(__always)
  func capacity(_ memory: Int) -> Int? { costs.capacities[memory] }

  /// The ticks that the bytes of an inference take over a resource.
  func time(over resource: Int) -> Fraction? {
    let rate = costs.ticksPerByte[resource]
    let (top, isLarge) = UInt128(max(0, bytes[resource])).multipliedReportingOverflow(
      by: rate.numerator)
    let (bottom, isFine) = rate.denominator.multipliedReportingOverflow(by: UInt128(span))
    return isLarge || isFine ? nil : Fraction(nearest: ExactRatio(top, bottom))
  }

  /// Whether streams take all of a period.
  func streams(for period: Fraction) -> Bool {
    (0..<resourceCount).contains { streamed[$0] > 0 && time(over: $0) == period }
  }

  private func countChannels(_ plan: SimulationPlan, _ placement: Placement) {
    if plan.isWhole, placement.memories.isEmpty, placement.capacities.isEmpty {
      // All channels of the problem are in the plan.
      for channel in 0..<tables.channels.count {
        let (source, target) = (
          plan.elements[tables.sources[channel]], plan.elements[tables.targets[channel]]
        )
        memories[plan.memories[channel]] += costs.bytes(tables.channels[channel], source, target)
      }
      return
    }
    for (index, channel) in problem.graph.channels.enumerated() {
      let memory = problem.memory(ofChannel: index, in: placement)
      let source = placement.elements[channel.source.index]
      let target = placement.elements[channel.destination.index]
      guard placement.capacities[index] == nil else {
        memories[memory] += problem.bytes(
          ofChannel: index, holding: problem.capacity(ofChannel: index, in: placement), source,
          target)
        continue
      }
      memories[memory] += costs.bytes(index, source, target)
    }
  }
}

/// What blocks and channels cost, as flat tables: own copies, since threads that count references to lists
/// that they share wait for one another.
private struct AccountTables {
  struct Use: BitwiseCopyable {
    var energy = 0.0
    var joulesPerTick = 0.0
    var weightBytes = 0
    var streams = false
    var inputBytes = 0
    var weightTraffic = 0
    var outputBytes = 0
  }

  let arena = Arena()
  let uses: UnsafeMutablePointer<Use>
  /// For each block the first of its shares: tensors that blocks before it use too, with the bytes on
  /// each element and those blocks.
  let shareStarts: UnsafeMutablePointer<Int>
  let shareBytes: UnsafeMutablePointer<Int>
  let userStarts: UnsafeMutablePointer<Int>
  let users: UnsafeMutablePointer<Int>
  let elementCount: Int
  let energiesPerByte: [Double]
  let ticksPerByte: [ExactRatio]
  let capacities: [Int?]
  let idlePowers: [Double]
  let prices: [Double]
  /// For each element the resource behind each of its ports, -1 for none, and its data memory's.
  let inputLinks: [Int]
  let weightLinks: [Int]
  let outputLinks: [Int]
  let memoryResources: [Int]
  /// For each element where the weights of its blocks lie.
  let weightMemories: [Int]
  /// For each channel its bytes for each reader, and for none, of each writer.
  private let channelBytes: UnsafeMutablePointer<Int>
  private let stride: Int

  init(_ problem: MappingProblem) {
    let elements = problem.platform.elements
    uses = arena.make(
      problem.uses.flatMap { list in
        elements.indices.map { list.isEmpty ? Use() : Self.use(list[$0]) }
      })
    let shares = ShareLists(problem)
    shareStarts = arena.make(shares.starts)
    shareBytes = arena.make(shares.bytes)
    userStarts = arena.make(shares.userStarts)
    users = arena.make(shares.users)
    elementCount = elements.count
    energiesPerByte = problem.resources.map(\.energyPerByte)
    ticksPerByte = problem.resources.map(\.ticksPerByte)
    capacities = (0..<problem.platform.memories.count + elements.count).map {
      problem.memoryCapacity($0)
    }
    idlePowers = elements.map(\.type.idlePower.value)
    prices = elements.map(\.type.cost)
    inputLinks = elements.map { $0.ports.activationsIn.link?.index ?? -1 }
    weightLinks = elements.map { $0.ports.weightsIn.link?.index ?? -1 }
    outputLinks = elements.map { $0.ports.outputOut.link?.index ?? -1 }
    memoryResources = elements.map { problem.resource(ofMemory: $0.dataMemory.index) ?? -1 }
    weightMemories = elements.indices.map { problem.weightMemory(ofElement: $0) }
    stride = elements.count + 1
    // A reader's widths count, those of a writer where the reader has no element.
    let places = [-1] + Array(elements.indices)
    var table: [Int] = []
    for index in problem.graph.channels.indices {
      let capacity = problem.capacities[index]
      table += places.map {
        problem.bytes(ofChannel: index, holding: capacity, -1, $0)
      }
      table += places.map { problem.bytes(ofChannel: index, holding: capacity, $0, -1) }
    }
    channelBytes = arena.make(table)
  }

  @inline(__always)
  func bytes(_ channel: Int, _ source: Int, _ target: Int) -> Int {
    let base = channel * 2 * stride
    return target >= 0
      ? channelBytes[base + target + 1] : channelBytes[base + stride + source + 1]
  }

  private static func use(_ use: MappingProblem.Use?) -> Use {
    guard let use else { return Use() }
    return Use(
      energy: use.energy?.value ?? 0,
      joulesPerTick: use.energy == nil ? use.power.value / MappingProblem.ticksPerSecond : 0,
      weightBytes: use.weightBytes, streams: use.roofline.ports != nil,
      inputBytes: use.roofline.inputBytes, weightTraffic: use.roofline.weightBytes,
      outputBytes: use.roofline.outputBytes)
  }
}

/// What blocks share with blocks before them, in lists one behind the other.
private struct ShareLists {
  var starts = [0]
  var bytes: [Int] = []
  var userStarts = [0]
  var users: [Int] = []

  init(_ problem: MappingProblem) {
    let shared = problem.sharedWeights
    for block in problem.graph.actors.indices {
      let uses = block < shared.uses.count ? shared.uses[block] : []
      for use in uses {
        let earlier = shared.users[use.tensor].prefix { $0 < block }
        guard !earlier.isEmpty else { continue }
        bytes += use.bytes
        users += earlier
        userStarts.append(users.count)
      }
      starts.append(userStarts.count - 1)
    }
  }
}
