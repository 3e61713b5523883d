import Dataflow
import MappingModel

/// A placement compiled to tables: which element runs each block, and the transfers around each
/// firing. The memory is used again for every placement.
struct SimulationPlan {
  private let tables: SimulationTables
  private let arena = Arena()

  /// The element of each block, -1 for none.
  let elements: UnsafeMutablePointer<Int>
  let capacities: UnsafeMutablePointer<Int>
  /// Where the ticks of each block's phases lie.
  let executions: UnsafeMutablePointer<UnsafeMutablePointer<Int>>
  /// The transfers before the execution of each block, by channel, and those behind it.
  let readStarts: UnsafeMutablePointer<Int>
  let reads: UnsafeMutablePointer<Transfer>
  let writeStarts: UnsafeMutablePointer<Int>
  let writes: UnsafeMutablePointer<Transfer>
  /// The channels that each transfer writes.
  let members: UnsafeMutablePointer<Int>
  /// Whether the space of a channel is free again, and its tokens there, with a transfer.
  let hasRead: UnsafeMutablePointer<Bool>
  let hasWrite: UnsafeMutablePointer<Bool>
  /// The place of each block in the order of priorities of its element.
  let priorities: UnsafeMutablePointer<Int>
  /// The ticks of each transfer, phase by phase.
  let durations: UnsafeMutablePointer<Int>
  private var durationCount = 0
  /// Room for the ticks of blocks of which some bytes are copied, and where those of a block begin.
  private let ownTicks: UnsafeMutablePointer<Int>
  private let ownBases: UnsafeMutablePointer<Int>
  /// For each element exactly which block fires when, if that is fixed.
  private(set) var sequences: [[Placement.Slot]?] = []

  /// A transfer over some resources.
  struct Transfer {
    /// The channel whose rates say how much is moved.
    var channel: Int
    /// A bit for each resource.
    var resources: UInt64
    /// Where the durations of the phases lie, and how far apart.
    var base: Int
    var step: Int
    /// The channels it writes, as a range of members.
    var firstMember: Int
    var memberCount: Int
  }

  init(_ tables: SimulationTables) {
    self.tables = tables
    let (blocks, channels) = (tables.blockCount, tables.channels.count)
    elements = arena.make(blocks, of: -1)
    capacities = arena.make(channels, of: 0)
    executions = arena.make(blocks, of: tables.executionTicks)
    readStarts = arena.make(blocks + 1, of: 0)
    writeStarts = arena.make(blocks + 1, of: 0)
    let nothing = Transfer(
      channel: 0, resources: 0, base: 0, step: 0, firstMember: 0, memberCount: 0)
    reads = arena.make(channels, of: nothing)
    writes = arena.make(channels, of: nothing)
    members = arena.make(channels, of: 0)
    hasRead = arena.make(channels, of: false)
    hasWrite = arena.make(channels, of: false)
    priorities = arena.make(blocks, of: 0)
    var room = 0
    for channel in 0..<channels {
      room += tables.consumptionSteps[channel] == 0 ? 1 : tables.phases[tables.targets[channel]]
      room += tables.productionSteps[channel] == 0 ? 1 : tables.phases[tables.sources[channel]]
    }
    durations = arena.make(room, of: 0)
    var phases: [Int] = [0]
    for block in 0..<blocks { phases.append(phases[block] + tables.phases[block]) }
    ownBases = arena.make(phases)
    ownTicks = arena.make(phases[blocks], of: 0)
  }

  /// The ticks of a transfer in a phase of its block.
  @inline(__always)
  func duration(of transfer: Transfer, _ phase: Int) -> Int {
    durations[transfer.base + phase * transfer.step]
  }

  /// Compiles a placement.
  ///
  /// - Throws: ``SimulationError`` for a missing route, or an element that does not support its block.
  mutating func compile(
    _ placement: Placement, of problem: MappingProblem
  ) throws(SimulationError) {
    durationCount = 0
    for index in tables.channels.indices {
      capacities[index] =
        tables.isBounded[index]
        ? Int(problem.capacity(ofChannel: tables.channels[index], in: placement)) : .max / 4
    }
    for block in 0..<tables.blockCount {
      elements[block] = placement.elements[block]
      priorities[block] = tables.ranks[block]
    }
    setPriorities(placement)
    var (readCount, writeCount, memberCount) = (0, 0, 0)
    for block in 0..<tables.blockCount {
      readStarts[block] = readCount
      writeStarts[block] = writeCount
      let element = elements[block]
      guard element >= 0, tables.isKept[block] else { continue }
      let base = tables.executionBases[block * tables.elementCount + element]
      guard base >= 0 else {
        throw .unsupported(
          block: problem.graph.actors[block].name, element: problem.platform.elements[element].name)
      }
      executions[block] = tables.executionTicks + base
      let read = try addReads(block, element, placement, problem, &readCount)
      let written = try addWrites(block, element, placement, problem, &writeCount, &memberCount)
      if read + written > 0 { setTicks(block, element, withoutInputs: read, outputs: written, problem) }
    }
    readStarts[tables.blockCount] = readCount
    writeStarts[tables.blockCount] = writeCount
  }

  /// Blocks that an order lists go before the others of their element, the first one first.
  private mutating func setPriorities(_ placement: Placement) {
    sequences = []
    if !placement.sequence.isEmpty {
      sequences = (0..<tables.elementCount).map { placement.sequence[$0] }
    }
    guard !placement.order.isEmpty else { return }
    var keys = (0..<tables.blockCount).map { (group: 0, rank: tables.ranks[$0], block: $0) }
    for list in placement.order.values {
      for (index, block) in list.enumerated() { keys[block] = (1, -index, block) }
    }
    for (place, key) in keys.sorted(by: { ($0.group, $0.rank) < ($1.group, $1.rank) }).enumerated()
    {
      priorities[key.block] = place
    }
  }
}

// MARK: - Transfers

extension SimulationPlan {
  private mutating func addReads(
    _ block: Int, _ element: Int, _ placement: Placement, _ problem: MappingProblem,
    _ count: inout Int
  ) throws(SimulationError) -> Int {
    let reader = problem.platform.elements[element]
    let isCopied = reader.type.access == .copied
    var copied = 0
    for slot in tables.inputStarts[block]..<tables.inputStarts[block + 1] {
      let channel = tables.inputs[slot]
      hasRead[channel] = false
      guard tables.isBounded[channel] else { continue }
      let index = tables.channels[channel]
      let memory = problem.memory(ofChannel: index, in: placement)
      let isElsewhere = memory != reader.dataMemory.index
      let isForeign = elements[tables.sources[channel]] != element
      guard isForeign || isElsewhere, isCopied || isElsewhere else { continue }
      if isCopied, !isForeign { continue }
      let bytes = problem.channels[index].readBytes[element]
      if !isCopied { copied += bytes }
      hasRead[channel] = true
      reads[count] = try transfer(
        channel, bytes, from: memory, to: reader.dataMemory.index,
        over: isCopied ? reader.ports.activationsIn.link?.index : nil, problem,
        base: tables.consumptionBases[channel], step: tables.consumptionSteps[channel],
        phases: tables.phases[block], firings: tables.firings[block])
      count += 1
    }
    return copied
  }

  /// The ticks of a block of which some bytes do not stream.
  private func setTicks(
    _ block: Int, _ element: Int, withoutInputs inputs: Int, outputs: Int, _ problem: MappingProblem
  ) {
    guard let use = problem.uses[block][element] else { return }
    let ticks = use.ticks(
      phases: tables.phases[block], firings: tables.firings[block], withoutInputs: inputs,
      outputs: outputs)
    let start = ownTicks + ownBases[block]
    for (phase, value) in ticks.enumerated() { start[phase] = value }
    executions[block] = start
  }

  private mutating func addWrites(
    _ block: Int, _ element: Int, _ placement: Placement, _ problem: MappingProblem,
    _ count: inout Int, _ memberCount: inout Int
  ) throws(SimulationError) -> Int {
    let writer = problem.platform.elements[element]
    let isCopied = writer.type.access == .copied
    let slots = tables.outputStarts[block]..<tables.outputStarts[block + 1]
    for slot in slots { hasWrite[tables.outputs[slot]] = false }
    for (place, slot) in slots.enumerated() {
      let channel = tables.outputs[slot]
      guard tables.isBounded[channel], !hasWrite[channel] else { continue }
      let index = tables.channels[channel]
      let memory = problem.memory(ofChannel: index, in: placement)
      let isElsewhere = memory != writer.dataMemory.index
      let isForeign = elements[tables.targets[channel]] != element
      guard isCopied ? isForeign : isElsewhere else { continue }
      let bytes = problem.channels[index].writtenBytes[element]
      var written = try transfer(
        channel, bytes, from: writer.dataMemory.index, to: memory,
        over: isCopied ? writer.ports.outputOut.link?.index : nil, problem,
        base: tables.productionBases[channel], step: tables.productionSteps[channel],
        phases: tables.phases[block], firings: tables.firings[block])
      written.firstMember = memberCount
      // Others that carry the same values to the same memory go along.
      for other in slots.dropFirst(place) {
        let candidate = tables.outputs[other]
        let number = tables.channels[candidate]
        guard tables.isBounded[candidate], !hasWrite[candidate],
          problem.channels[number].tensor == problem.channels[index].tensor,
          problem.memory(ofChannel: number, in: placement) == memory,
          isCopied ? elements[tables.targets[candidate]] != element : true
        else { continue }
        hasWrite[candidate] = true
        members[memberCount] = candidate
        memberCount += 1
      }
      written.memberCount = memberCount - written.firstMember
      writes[count] = written
      count += 1
    }
    return isCopied ? 0 : bytesWritten(by: block, on: element, problem)
  }

  /// The bytes of the tensors all of whose channels are written to other memories.
  private func bytesWritten(by block: Int, on element: Int, _ problem: MappingProblem) -> Int {
    let slots = tables.outputStarts[block]..<tables.outputStarts[block + 1]
    var (bytes, seen) = (0, Set<Int>())
    for slot in slots where hasWrite[tables.outputs[slot]] {
      let traits = problem.channels[tables.channels[tables.outputs[slot]]]
      let isWhole = slots.allSatisfy {
        hasWrite[tables.outputs[$0]]
          || problem.channels[tables.channels[tables.outputs[$0]]].tensor != traits.tensor
      }
      if isWhole, seen.insert(traits.tensor).inserted { bytes += traits.writtenBytes[element] }
    }
    return bytes
  }

  /// A transfer of a channel's bytes between two memories, over a port where there is one.
  private mutating func transfer(
    _ channel: Int, _ bytes: Int, from source: Int, to target: Int, over port: Int?,
    _ problem: MappingProblem, base: Int, step: Int, phases: Int, firings: Int
  ) throws(SimulationError) -> Transfer {
    guard let route = problem.route(from: source, to: target) else {
      throw .noRoute(
        from: problem.platform.memories[source].name, to: problem.platform.memories[target].name)
    }
    var mask: UInt64 = 0
    var latency = 0
    var slowest = Fraction.zero
    for resource in port.map({ route + [$0] }) ?? route where mask & (1 << resource) == 0 {
      mask |= 1 << resource
      latency += Int(problem.resources[resource].latency)
      slowest = max(slowest, problem.resources[resource].ticksPerByte)
    }
    let start = durationCount
    let count = step == 0 ? 1 : phases
    var total = 0
    for phase in 0..<phases { total += tables.rates[base + phase * step] }
    total *= max(1, firings / phases)
    for phase in 0..<count {
      let tokens = tables.rates[base + phase * step]
      durations[durationCount] =
        try duration(tokens: tokens, of: total, bytes: bytes, slowest, latency, channel, problem)
      durationCount += 1
    }
    return Transfer(
      channel: channel, resources: mask, base: start, step: step, firstMember: 0, memberCount: 0)
  }

  /// The ticks of a transfer: the latencies, and the bytes over the slowest resource, rounded up.
  private func duration(
    tokens: Int, of total: Int, bytes: Int, _ slowest: Fraction, _ latency: Int, _ channel: Int,
    _ problem: MappingProblem
  ) throws(SimulationError) -> Int {
    guard tokens > 0, total > 0 else { return 0 }
    let (top, whole) = (Int128(tokens) * Int128(bytes), Int128(total))
    let moved = (top + whole - 1) / whole
    let (product, overflow) = moved.multipliedReportingOverflow(by: Int128(slowest.numerator))
    let denominator = Int128(slowest.denominator)
    let ticks = (product + denominator - 1) / denominator + Int128(latency)
    guard !overflow, ticks < Int128(Int64.max / 1024) else {
      throw .overflow(channel: problem.graph.channels[tables.channels[channel]].name)
    }
    return Int(ticks)
  }
}
