import Dataflow
import MappingModel
import PlatformModel

/// A placement compiled to tables: which element runs each block, and the transfers around each
/// firing.
///
/// A class, because its memory is used again for every placement: copies would share it.
final class SimulationPlan {
  typealias Transfer = TransferTable.Transfer

  let tables: SimulationTables
  private let arena = Arena()
  private let transfers: TransferTable
  private let ownTimes: OwnTimes

  /// The element of each block, -1 for none.
  let elements: UnsafeMutablePointer<Int>
  /// How blocks begin, what they wait for and, where there are transfers, what a firing does step by step.
  let blocks: UnsafeMutablePointer<EngineBlock>
  let dependences: UnsafeMutablePointer<EngineDependence>
  let stepStarts: UnsafeMutablePointer<Int>
  let steps: UnsafeMutablePointer<EngineStep>
  /// For each element, and behind them for blocks without one, where the words of its blocks begin: a bit
  /// for each, in the order of priorities. The block of each bit.
  let wordStarts: UnsafeMutablePointer<Int>
  let blockAt: UnsafeMutablePointer<Int32>
  /// Whether each element has one word.
  private(set) var isSmall = true
  private let counts: UnsafeMutablePointer<Int>
  /// Where the ticks of each block's phases lie, and their sum in an inference.
  let executions: UnsafeMutablePointer<UnsafeMutablePointer<Int>>
  let inferenceTicks: UnsafeMutablePointer<Int>
  /// The transfers before the execution of each block, by channel, and those behind it.
  let readStarts: UnsafeMutablePointer<Int>
  let reads: UnsafeMutablePointer<Transfer>
  let writeStarts: UnsafeMutablePointer<Int>
  let writes: UnsafeMutablePointer<Transfer>
  /// The channels that a transfer writes: each names the next, -1 behind the last.
  let nextMember: UnsafeMutablePointer<Int>
  /// Whether the space of a channel is free again, and its tokens there, with a transfer.
  let hasRead: UnsafeMutablePointer<Bool>
  let hasWrite: UnsafeMutablePointer<Bool>
  /// The memory that each channel lies in.
  let memories: UnsafeMutablePointer<Int>
  /// The bytes of each block that are copied in its own transfers, and do not stream.
  let copiedInputs: UnsafeMutablePointer<Int>
  let copiedOutputs: UnsafeMutablePointer<Int>
  /// The blocks in the order of priorities, the lowest first.
  private let byPriority: UnsafeMutablePointer<Int>
  /// For each element exactly which block fires when, if that is fixed.
  private(set) var sequences: [[Placement.Slot]?] = []
  /// The same for one inference alone: the slots of other inferences are passed over.
  private(set) var sequencesAlone: [[Placement.Slot]?] = []
  /// Whether an order of its element names a block.
  let isListed: UnsafeMutablePointer<Bool>
  /// The elements on which parts of the graph meet that are not connected, and whether there are any.
  let isShared: UnsafeMutablePointer<Bool>
  private(set) var hasShared = false
  /// The parts that take no time at all, and whether there are any.
  let isTimeless: UnsafeMutablePointer<Bool>
  private(set) var hasTimeless = false
  /// The ticks of all transfers of an inference.
  private var work = 0
  private var hasOrder = false
  /// Whether the plan has all channels of the problem.
  let isWhole: Bool
  /// Whether there is any transfer at all.
  private(set) var hasTransfers = false

  init(_ tables: SimulationTables) {
    self.tables = tables
    let (blocks, channels) = (tables.blockCount, tables.channels.count)
    isWhole = channels == tables.problem.graph.channels.count
    transfers = TransferTable(tables)
    ownTimes = OwnTimes(tables)
    elements = arena.make(blocks, of: -1)
    executions = arena.make(blocks, of: tables.executionTicks)
    inferenceTicks = arena.make(blocks, of: 0)
    readStarts = arena.make(blocks + 1, of: 0)
    writeStarts = arena.make(blocks + 1, of: 0)
    let nothing = Transfer(
      channel: 0, resources: 0, durations: tables.executionTicks, step: 0, bytes: 0, ticks: 0)
    reads = arena.make(channels, of: nothing)
    writes = arena.make(channels, of: nothing)
    nextMember = arena.make(channels, of: -1)
    hasRead = arena.make(channels, of: false)
    hasWrite = arena.make(channels, of: false)
    memories = arena.make(channels, of: 0)
    copiedInputs = arena.make(blocks, of: 0)
    copiedOutputs = arena.make(blocks, of: 0)
    isListed = arena.make(blocks, of: false)
    isShared = arena.make(tables.elementCount, of: false)
    isTimeless = arena.make(tables.partSinks.count, of: false)
    byPriority = arena.make((0..<blocks).map { tables.byRank[$0] })
    self.blocks = arena.make((0..<blocks).map { Self.block($0, tables) })
    dependences = arena.make((0..<tables.dependences.count).map { tables.dependences.list[$0] })
    stepStarts = arena.make(blocks + 1, of: 0)
    let execution = EngineStep(
      durations: tables.executionTicks, stride: 1, channel: -1, resources: 0, counter: 0,
      kind: .execute)
    steps = arena.make(blocks + 2 * channels, of: execution)
    let owners = tables.elementCount + 1
    wordStarts = arena.make(owners + 1, of: 0)
    counts = arena.make(owners, of: 0)
    blockAt = arena.make((blocks / 64 + owners) * 64, of: 0)
  }

  /// A block that has not fired.
  private static func block(_ index: Int, _ tables: SimulationTables) -> EngineBlock {
    let dependences = tables.dependences
    let (first, last) = (dependences.starts[index], dependences.starts[index + 1])
    return EngineBlock(
      firstDependence: first, lastDependence: last, executions: tables.executionTicks,
      phases: Int32(tables.phases[index]), isSink: tables.isSink[index])
  }

  /// Compiles a placement.
  ///
  /// - Throws: ``SimulationError`` for a missing route, or an element that does not support its block.
  func compile(_ placement: Placement) throws(SimulationError) {
    try setElements(placement)
    setMemories(placement)
    setPriorities(placement)
    setWords()
    if tables.partSinks.count > 1 { setShared() }
    if hasTransfers { forgetTransfers() }
    defer { if tables.canBeTimeless { setTimeless() } }
    guard !(tables.neverTransfers && placement.memories.isEmpty) else { return }
    work = 0
    var (readCount, writeCount) = (0, 0)
    for block in 0..<tables.blockCount {
      readStarts[block] = readCount
      writeStarts[block] = writeCount
      guard elements[block] >= 0, tables.isKept[block] else { continue }
      try addReads(block, &readCount)
      try addWrites(block, &writeCount)
      let (inputs, outputs) = (copiedInputs[block], copiedOutputs[block])
      guard inputs + outputs > 0 else { continue }
      let own = ownTimes.ticks(block, elements[block], withoutInputs: inputs, outputs: outputs)
      (executions[block], inferenceTicks[block]) = (own.phases, own.sum)
    }
    readStarts[tables.blockCount] = readCount
    writeStarts[tables.blockCount] = writeCount
    hasTransfers = readCount + writeCount > 0
    if hasTransfers { setSteps() }
    for block in 0..<tables.blockCount { blocks[block].executions = executions[block] }
  }

  private func forgetTransfers() {
    hasTransfers = false
    for block in 0...tables.blockCount { (readStarts[block], writeStarts[block]) = (0, 0) }
    dependences.update(from: tables.dependences.list, count: tables.dependences.count)
    for channel in 0..<tables.channels.count {
      (hasRead[channel], hasWrite[channel]) = (false, false)
    }
  }

  private func setElements(_ placement: Placement) throws(SimulationError) {
    for block in 0..<tables.blockCount {
      let element = placement.elements[block]
      elements[block] = element
      (copiedInputs[block], copiedOutputs[block]) = (0, 0)
      guard element >= 0 else { continue }
      let place = block * tables.elementCount + element
      let base = tables.executionBases[place]
      guard base >= 0 else {
        throw .unsupported(
          block: tables.problem.graph.actors[block].name,
          element: tables.problem.platform.elements[element].name)
      }
      executions[block] = tables.executionTicks + base
      inferenceTicks[block] = tables.inferenceTicks[place]
      blocks[block].executions = executions[block]
    }
  }

  private func setMemories(_ placement: Placement) {
    guard placement.memories.isEmpty else {
      for channel in tables.channels.indices {
        memories[channel] = tables.problem.memory(
          ofChannel: tables.channels[channel], in: placement)
      }
      return
    }
    for channel in 0..<tables.channels.count {
      let (root, reader) = (tables.memoryRoots[channel], tables.memoryReaders[channel])
      let element = root >= 0 ? elements[root] : elements[reader]
      memories[channel] = element >= 0 ? tables.dataMemories[element] : 0
    }
  }

  /// Blocks that an order lists go before the others of their element, the first one first.
  private func setPriorities(_ placement: Placement) {
    if !placement.sequence.isEmpty || !sequences.isEmpty {
      // What takes no element fires when it can.
      sequences =
        placement.sequence.isEmpty
        ? []
        : (0..<tables.elementCount).map { element in
          placement.sequence[element]?.filter { elements[$0.block] == element }
        }
      sequencesAlone = sequences.map { $0.map(Self.alone) }
    }
    guard !placement.order.isEmpty || hasOrder else { return }
    hasOrder = !placement.order.isEmpty
    var keys = (0..<tables.blockCount).map { (group: 0, rank: tables.ranks[$0], block: $0) }
    isListed.update(repeating: false, count: tables.blockCount)
    for (element, list) in placement.order {
      for (index, block) in list.enumerated() where elements[block] == element {
        keys[block] = (1, -index, block)
        isListed[block] = true
      }
    }
    for (place, key) in keys.sorted(by: { ($0.group, $0.rank) < ($1.group, $1.rank) }).enumerated()
    {
      byPriority[place] = key.block
    }
  }

  /// The slots of the first inference, in the order of their rounds.
  private static func alone(_ slots: [Placement.Slot]) -> [Placement.Slot] {
    var seen: Set<Int> = []
    return slots.enumerated().sorted {
      ($0.element.shift, $0.offset) < ($1.element.shift, $1.offset)
    }
    .compactMap { _, slot in
      seen.insert(slot.block).inserted ? Placement.Slot(block: slot.block, shift: 0) : nil
    }
  }

  /// Looks which elements several parts of the graph share.
  private func setShared() {
    hasShared = false
    let first = counts
    first.update(repeating: -1, count: tables.elementCount)
    isShared.update(repeating: false, count: tables.elementCount)
    for block in 0..<tables.blockCount where tables.isKept[block] && elements[block] >= 0 {
      let (element, part) = (elements[block], tables.partNumbers[block])
      if first[element] < 0 { first[element] = part }
      guard first[element] != part else { continue }
      isShared[element] = true
      hasShared = true
    }
  }

  /// Looks which parts take no time: neither their executions nor what they move.
  private func setTimeless() {
    let parts = tables.partSinks.count
    isTimeless.update(repeating: true, count: parts)
    for block in 0..<tables.blockCount where tables.isKept[block] && elements[block] >= 0 {
      var takesTime = inferenceTicks[block] > 0
      for place in readStarts[block]..<readStarts[block + 1] where reads[place].ticks > 0 {
        takesTime = true
      }
      for place in writeStarts[block]..<writeStarts[block + 1] where writes[place].ticks > 0 {
        takesTime = true
      }
      if takesTime { isTimeless[tables.partNumbers[block]] = false }
    }
    hasTimeless = (0..<parts).contains { isTimeless[$0] }
  }

  /// Gives each block its bit.
  private func setWords() {
    let owners = tables.elementCount + 1
    counts.update(repeating: 0, count: owners)
    for block in 0..<tables.blockCount { counts[owner(of: block)] += 1 }
    isSmall = true
    for owner in 0..<owners {
      isSmall = isSmall && counts[owner] <= 64
      wordStarts[owner + 1] = wordStarts[owner] + max(1, (counts[owner] + 63) / 64)
      counts[owner] = wordStarts[owner] << 6
    }
    for place in 0..<tables.blockCount {
      let block = byPriority[place]
      let owner = owner(of: block)
      let bit = counts[owner]
      counts[owner] = bit + 1
      blockAt[bit] = Int32(truncatingIfNeeded: block)
      blocks[block].owner = owner
      blocks[block].word = Int32(truncatingIfNeeded: bit >> 6)
      blocks[block].bit = 1 << UInt64(bit & 63)
    }
  }

  /// The element of a block, and for one without an element the number behind the last.
  @inline(__always)
  private func owner(of block: Int) -> Int {
    let element = elements[block]
    return element < 0 ? tables.elementCount : element
  }
}

// MARK: - Transfers

extension SimulationPlan {
  /// The most ticks of an inference's transfers: several inferences fit into 64 bits, whatever they wait for.
  static let mostWork = 1 << 60

  private func add(_ ticks: Int, of block: Int) throws(SimulationError) {
    let (sum, overflow) = work.addingReportingOverflow(ticks)
    guard !overflow, sum <= Self.mostWork else {
      throw .workOverflow(block: tables.problem.graph.actors[block].name)
    }
    work = sum
  }

  private func addReads(_ block: Int, _ count: inout Int) throws(SimulationError) {
    let element = elements[block]
    let isCopied = tables.isCopied[element]
    let own = tables.dataMemories[element]
    for slot in tables.inputStarts[block]..<tables.inputStarts[block + 1] {
      let channel = tables.inputs[slot]
      let memory = memories[channel]
      let isNeeded = isCopied ? elements[tables.sources[channel]] != element : memory != own
      hasRead[channel] = isNeeded && tables.isBounded[channel]
      guard hasRead[channel] else { continue }
      let transfer = try transfers.transfer(channel, .read, element: element, memory: memory)
      try add(transfer.ticks, of: block)
      if !isCopied { copiedInputs[block] += transfer.bytes }
      reads[count] = transfer
      count += 1
    }
  }

  private func addWrites(_ block: Int, _ count: inout Int) throws(SimulationError) {
    let element = elements[block]
    let isCopied = tables.isCopied[element]
    let own = tables.dataMemories[element]
    let first = count
    for slot in tables.outputStarts[block]..<tables.outputStarts[block + 1] {
      let channel = tables.outputs[slot]
      let memory = memories[channel]
      let isNeeded = isCopied ? elements[tables.targets[channel]] != element : memory != own
      hasWrite[channel] = isNeeded && tables.isBounded[channel]
      guard hasWrite[channel] else { continue }
      // Channels that carry the same values to the same memory go along.
      if let other = (first..<count).first(where: {
        let member = writes[$0].channel
        return tables.tensors[member] == tables.tensors[channel] && memories[member] == memory
      }) {
        nextMember[channel] = writes[other].firstMember
        writes[other].firstMember = channel
        continue
      }
      var transfer = try transfers.transfer(channel, .write, element: element, memory: memory)
      try add(transfer.ticks, of: block)
      transfer.firstMember = channel
      nextMember[channel] = -1
      writes[count] = transfer
      count += 1
    }
    if !isCopied, count > first { copiedOutputs[block] = bytesCopied(by: block, first..<count) }
  }

  /// The bytes of the tensors all of whose channels are written to other memories.
  private func bytesCopied(by block: Int, _ range: Range<Int>) -> Int {
    let slots = tables.outputStarts[block]..<tables.outputStarts[block + 1]
    var bytes = 0
    for place in range {
      let tensor = tables.tensors[writes[place].channel]
      let isFirst = !(range.lowerBound..<place).contains {
        tables.tensors[writes[$0].channel] == tensor
      }
      let isWhole = slots.allSatisfy {
        let channel = tables.outputs[$0]
        return hasWrite[channel] || tables.tensors[channel] != tensor || !tables.isBounded[channel]
      }
      if isFirst, isWhole { bytes += writes[place].bytes }
    }
    return bytes
  }
}
