import Dataflow
import PlatformModel
import Quantities

/// What a placement costs whatever its schedule: money, bytes in memories, joules of an inference.
///
/// Written for ``MappingChecker`` alone, from the rules of docs/simulation.md, so that a mistake here and one where
/// mappings are evaluated do not cover each other.
struct CheckedAccount {
  private let problem: MappingProblem
  private let placement: Placement
  private let checker: MappingChecker

  init(_ checker: MappingChecker) {
    (self.checker, problem, placement) = (checker, checker.problem, checker.placement)
  }

  /// The elements that run any block, ascending.
  var usedElements: [Int] { Set(placement.elements).filter { $0 >= 0 }.sorted() }

  /// The price of the elements in use.
  var cost: Double { usedElements.reduce(0) { $0 + problem.platform.elements[$1].type.cost } }

  /// The watts that the elements in use draw all the time.
  var idlePower: Double {
    usedElements.reduce(0) { $0 + problem.platform.elements[$1].type.idlePower.value }
  }
}

// MARK: - Memory

extension CheckedAccount {
  /// The bytes of weights and room in each memory; those of elements lie behind those of the platform.
  func memoryBytes() -> [Int] {
    let shared = problem.platform.memories.count
    var bytes = [Int](repeating: 0, count: shared + problem.platform.elements.count)
    for (block, element) in placement.elements.enumerated() where element >= 0 {
      bytes[weightMemory(element)] += problem.uses[block][element]?.weightBytes ?? 0
    }
    for (memory, spared) in sparedWeights() { bytes[memory] -= spared }
    for index in problem.graph.channels.indices { bytes[home(of: index)] += room(of: index) }
    return bytes
  }

  /// The limit of a memory; nil for none.
  func capacity(_ memory: Int) -> Int? {
    let shared = problem.platform.memories.count
    return memory < shared
      ? problem.platform.memories[memory].capacity
      : problem.platform.elements[memory - shared].type.localMemory
  }

  /// Where the weights of an element lie: beside it where it copies, else in the memory that it computes from.
  func weightMemory(_ element: Int) -> Int {
    let unit = problem.platform.elements[element]
    switch unit.type.access {
    case .copied: return problem.platform.memories.count + element
    case .streamed: return unit.dataMemory.index
    }
  }

  /// The bytes of tensors that lie in a memory once though several of its blocks use them.
  private func sparedWeights() -> [(memory: Int, bytes: Int)] {
    var seen: Set<[Int]> = []
    var spared: [(memory: Int, bytes: Int)] = []
    for (block, uses) in problem.sharedWeights.uses.enumerated() {
      let element = placement.elements[block]
      guard element >= 0 else { continue }
      let memory = weightMemory(element)
      for use in uses where !seen.insert([memory, use.tensor]).inserted {
        spared.append((memory, use.bytes[element]))
      }
    }
    return spared
  }

  /// The memory of a channel: the one that the mapping says, else that from which the nearest block before it
  /// computes, else the reader's.
  func home(of index: Int) -> Int {
    var (channel, seen) = (index, Set<Int>())
    while seen.insert(channel).inserted {
      if let said = placement.memories[channel] { return said }
      let writer = problem.graph.channels[channel].source.index
      if placement.elements[writer] >= 0 { return dataMemory(placement.elements[writer]) }
      let before = checker.channelsOfBlock[writer].first {
        problem.graph.channels[$0].destination.index == writer
      }
      guard let before else { break }
      channel = before
    }
    let reader = placement.elements[problem.graph.channels[channel].destination.index]
    return reader >= 0 ? dataMemory(reader) : 0
  }

  private func dataMemory(_ element: Int) -> Int {
    problem.platform.elements[element].dataMemory.index
  }

  /// The bytes that a channel may hold, parts of a byte as a whole one.
  private func room(of index: Int) -> Int {
    let (channel, traits) = (problem.graph.channels[index], problem.channels[index])
    let reader = placement.elements[channel.destination.index]
    let writer = placement.elements[channel.source.index]
    let bytes =
      reader >= 0
      ? traits.readBytes[reader]
      : writer >= 0 ? traits.writtenBytes[writer] : traits.readBytes.max() ?? 0
    let tokens = placement.capacities[index] ?? problem.capacities[index]
    let product = Int128(tokens) * Int128(bytes)
    let (whole, rest) = product.quotientAndRemainder(dividingBy: Int128(max(1, traits.tokens)))
    return Int(clamping: whole + (rest > 0 ? 1 : 0))
  }
}

// MARK: - Energy

extension CheckedAccount {
  /// The joules of computing one inference of a block.
  func computing(_ block: Int) -> Double {
    let element = placement.elements[block]
    guard element >= 0, let use = problem.uses[block][element] else { return 0 }
    if let energy = use.energy { return energy.value }
    let ticks: Int64
    if let phases = use.phaseTicks {
      ticks = phases.reduce(0, +) * (problem.firings[block] / Int64(phases.count))
    } else {
      ticks = checker.parts(of: block, phase: 0).first { $0.kind == .execute }?.ticks ?? 0
    }
    return use.power.value * Double(ticks) / MappingProblem.ticksPerSecond
  }

  /// The joules of the bytes that one inference of a block moves over links.
  func moving(_ block: Int) -> Double {
    passing(block).all.reduce(0) {
      $0 + Double($1.bytes) * problem.resources[$1.resource].energyPerByte
    }
  }

  /// The bytes of one inference of a block that pass links and memories, and over which of these some stream.
  func passing(_ block: Int) -> (all: [(resource: Int, bytes: Int)], streams: Set<Int>) {
    let element = placement.elements[block]
    guard element >= 0, let use = problem.uses[block][element] else { return ([], []) }
    let copies = transfers(of: block, on: element)
    var all = copies.flatMap { copy in
      problem.resources.indices.filter { copy.resources >> UInt64($0) & 1 == 1 }
        .map { (resource: $0, bytes: copy.bytes) }
    }
    let unit = problem.platform.elements[element]
    guard unit.type.access == .streamed, use.roofline.ports != nil else { return (all, []) }
    let taken = copies.reduce(0) { $0 + ($1.kind == .read ? $1.bytes : 0) }
    let inputs = max(0, use.roofline.inputBytes - taken)
    let outputs = max(0, use.roofline.outputBytes - wholeWrites(copies, of: block))
    let weights = use.roofline.weightBytes
    var streams = [
      (inputs, unit.ports.activationsIn.link?.index), (weights, unit.ports.weightsIn.link?.index),
      (outputs, unit.ports.outputOut.link?.index),
    ]
    if unit.dataMemoryHasLimit(in: problem) {
      let before = problem.platform.memories[..<unit.dataMemory.index]
      let place = problem.platform.links.count + before.count { $0.bandwidth != nil }
      streams.append((inputs + weights + outputs, place))
    }
    let passing = streams.compactMap { bytes, resource in
      resource.flatMap { bytes > 0 ? (resource: $0, bytes: bytes) : nil }
    }
    all += passing
    return (all, Set(passing.map(\.resource)))
  }

  /// A copy that an inference of a block needs.
  private struct Copy {
    var kind: MappingSchedule.Segment.Kind
    var channels: Set<Int>
    var resources: UInt64
    var bytes: Int
  }

  /// The copies of an inference, those of all phases together.
  private func transfers(of block: Int, on element: Int) -> [Copy] {
    var copies: [Copy] = []
    for phase in 0..<Int(problem.graph.phaseCounts[block]) {
      for part in checker.parts(of: block, phase: phase) where part.kind != .execute {
        let isKnown = copies.contains {
          $0.kind == part.kind && !$0.channels.isDisjoint(with: part.channels)
        }
        guard !isKnown, let channel = part.channels.min() else { continue }
        let traits = problem.channels[channel]
        copies.append(
          Copy(
            kind: part.kind, channels: part.channels, resources: part.resources,
            bytes: part.kind == .read ? traits.readBytes[element] : traits.writtenBytes[element]))
      }
    }
    return copies
  }

  /// The bytes of tensors all of whose channels are copied out, which no longer stream.
  private func wholeWrites(_ copies: [Copy], of block: Int) -> Int {
    let written = copies.filter { $0.kind == .write }.reduce(into: Set<Int>()) {
      $0.formUnion($1.channels)
    }
    let element = placement.elements[block]
    var tensors: [Int: [Int]] = [:]
    for (index, channel) in problem.graph.channels.enumerated()
    where channel.source.index == block && !channel.isSelfEdge {
      tensors[problem.channels[index].tensor, default: []].append(index)
    }
    return tensors.values.filter { written.isSuperset(of: $0) }
      .reduce(0) { $0 + problem.channels[$1[0]].writtenBytes[element] }
  }
}

extension Element {
  /// Whether the memory that the element computes from has a bandwidth.
  fileprivate func dataMemoryHasLimit(in problem: MappingProblem) -> Bool {
    problem.platform.memories[dataMemory.index].bandwidth != nil
  }
}
