import Dataflow
import MappingModel
import PlatformModel
import Quantities
import RandomNumbers

extension SplitMix64 {
  /// The sequence of a case; neighbouring seeds must not give one sequence shifted by a step.
  init(case seed: UInt64) {
    var start = (seed &+ 1) &* 0xD6E8_FEB8_6659_FD93
    start ^= start >> 32
    self.init(seed: start &* 0xD6E8_FEB8_6659_FD93)
  }
}

/// A random graph on a random platform with a random placement.
struct RandomCase {
  var problem: MappingProblem
  var placement: Placement

  /// - Parameters:
  ///   - blocks: How many blocks there may be.
  ///   - elements: How many elements there may be.
  ///   - isLoose: Whether there may be parts that no channel connects, blocks that take no time, several
  ///     firings of a phase in an inference, and sequences with shifts.
  init(
    seed: UInt64, blocks: ClosedRange<Int> = 2...7, elements: ClosedRange<Int> = 1...4,
    isLoose: Bool = false
  ) throws {
    var random = SplitMix64(case: seed)
    let platform = try Self.platform(&random, elements)
    let count = Int.random(in: blocks, using: &random)
    let isByLine = Bool.random(using: &random)
    var isFree = (0..<count).map {
      ($0 == 0 || $0 == count - 1 || Int.random(in: 0..<8, using: &random) == 0)
        && Int.random(in: 0..<3, using: &random) > 0
    }
    let phases = (0..<count).map { _ in isByLine ? Int.random(in: 1...3, using: &random) : 1 }
    let turns = (0..<count).map { _ in isLoose ? Int64.random(in: 1...3, using: &random) : 1 }
    let actors = (0..<count).map {
      CSDFGraph.Actor(name: "b\($0)", executionTimes: Array(repeating: 1, count: phases[$0]))
    }
    var channels: [CSDFGraph.Channel] = []
    var traits: [MappingProblem.ChannelTraits] = []
    var capacities: [Int64] = []
    let places = platform.elements.count
    // Channels of one tensor are written alike.
    var tensors: [Int: (production: [Int64], bytes: Int)] = [:]
    func add(_ source: Int, _ target: Int, tensor: Int, _ random: inout SplitMix64) {
      // Every channel carries the same number of tokens in an inference.
      let written =
        tensors[tensor] ?? (
          split(12 / turns[source], phases[source], &random), Int.random(in: 0...40, using: &random)
        )
      tensors[tensor] = written
      let (production, bytes) = written
      let consumption = split(12 / turns[target], phases[target], &random)
      let back: Int64 = source >= target ? 12 : 0
      channels.append(
        .init(
          name: "c\(channels.count)", source: .init(source), destination: .init(target),
          production: production, consumption: consumption, initialTokens: back))
      traits.append(
        .init(
          readBytes: Array(repeating: bytes, count: places),
          writtenBytes: Array(repeating: bytes, count: places), tokens: 12, tensor: tensor))
      let largest = max(production.max() ?? 0, consumption.max() ?? 0)
      let least =
        Bool.random(using: &random) ? largest : (production.max() ?? 0) + (consumption.max() ?? 0)
      capacities.append(
        max(
          back,
          Int.random(in: 0..<5, using: &random) == 0
            ? least : Int64.random(in: 12...30, using: &random))
      )
    }
    for target in 1..<count {
      if isLoose, Int.random(in: 0..<3, using: &random) == 0 { continue }
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let source = Int.random(in: max(0, target - 3)..<target, using: &random)
        add(
          source, target, tensor: Bool.random(using: &random) ? source : 10_000 + channels.count,
          &random)
      }
    }
    if Int.random(in: 0..<4, using: &random) == 0, count > 3, !isFree[1], !isFree[2] {
      add(2, 1, tensor: 1_000_000, &random)
    }
    if !Self.everyPartWorks(channels, isFree) { isFree = isFree.map { _ in false } }
    let uses = (0..<count).map { [isFree] block -> [MappingProblem.Use?] in
      if isFree[block] { return [] }
      return platform.elements.map { element in
        if isLoose {
          let most: Int64 = Bool.random(using: &random) ? 4 : 30
          let isFast = Int.random(in: 0..<3, using: &random) == 0
          return MappingProblem.Use(
            roofline: Roofline(computing: .zero),
            phaseTicks: (0..<phases[block]).map { _ in
              isFast ? 0 : Int64.random(in: 0...most, using: &random)
            }, power: Watts(Double(1 << (block % 3))))
        }
        let isStreamed = element.type.access == .streamed
        return MappingProblem.Use(
          roofline: Roofline(
            computing: ExactRatio(
              UInt128(Int.random(in: 1...30, using: &random)), 1_000_000_000_000),
            inputBytes: isStreamed ? Int.random(in: 0...40, using: &random) : 0,
            outputBytes: isStreamed ? Int.random(in: 0...20, using: &random) : 0,
            ports: isStreamed ? element.ports : nil))
      }
    }
    problem = try MappingProblem(
      graph: try CSDFGraph(name: "random \(seed)", actors: actors, channels: channels),
      platform: platform, uses: uses, channels: traits, capacities: capacities)
    placement = Placement(
      elements: isFree.map { $0 ? -1 : Int.random(in: 0..<places, using: &random) })
    if Int.random(in: 0..<4, using: &random) == 0 {
      for index in channels.indices where Int.random(in: 0..<4, using: &random) == 0 {
        placement.memories[index] = Int.random(in: 0..<platform.memories.count, using: &random)
      }
    }
    if Int.random(in: 0..<5, using: &random) == 0 {
      for index in channels.indices where Bool.random(using: &random) {
        placement.capacities[index] = capacities[index] + Int64.random(in: 0...9, using: &random)
      }
    }
    let choice = Int.random(in: 0..<6, using: &random)
    for element in 0..<places {
      let own = (0..<count).filter { placement.elements[$0] == element }
      if choice == 0 { placement.order[element] = own.shuffled(using: &random).dropLast() }
      if choice == 1, !own.isEmpty {
        placement.sequence[element] = own.map {
          .init(block: $0, shift: isLoose ? Int.random(in: 0...1, using: &random) : 0)
        }
      }
    }
  }

  /// Whether every weakly connected part has a block that takes time.
  private static func everyPartWorks(_ channels: [CSDFGraph.Channel], _ isFree: [Bool]) -> Bool {
    var works = isFree.map { !$0 }
    for _ in channels {
      for channel in channels {
        let either = works[channel.source.index] || works[channel.destination.index]
        works[channel.source.index] = either
        works[channel.destination.index] = either
      }
    }
    return works.allSatisfy { $0 }
  }

  private static func platform(
    _ random: inout SplitMix64, _ count: ClosedRange<Int>
  ) throws -> Platform {
    let memories = (0..<Int.random(in: 1...3, using: &random)).map { index in
      Memory(
        name: "m\(index)", capacity: 1 << 30,
        bandwidth: Int.random(in: 0..<4, using: &random) == 0 ? BytesPerSecond(5e11) : nil)
    }
    // Every two memories are joined, by a link of their own or by one bus.
    var links: [Link] = []
    let all = memories.indices.map { MemoryID($0) }
    if Bool.random(using: &random) {
      links.append(
        Link(
          name: "bus",
          bandwidth: BytesPerSecond(1e12 / Double(Int.random(in: 1...3, using: &random))),
          latency: StatedSeconds(Double(Int.random(in: 0...2, using: &random)) * 1e-12),
          memories: all))
    } else {
      for index in memories.indices.dropLast() {
        links.append(
          Link(
            name: "l\(index)", bandwidth: BytesPerSecond(1e12 / 1.5),
            memories: [MemoryID(index), MemoryID(index + 1)]))
      }
      links.append(Link(name: "port", bandwidth: BytesPerSecond(1e12)))
    }
    let port = Element.Port(
      bandwidth: links.last?.bandwidth, link: links.last.map { _ in LinkID(links.count - 1) })
    let elements = (0..<Int.random(in: count, using: &random)).map { index in
      let type = CoreType(
        name: "t\(index)", kind: .processor, operators: [], activePower: Watts(1),
        access: Bool.random(using: &random) ? .streamed : .copied)
      let hasPort = Bool.random(using: &random)
      return Element(
        name: "e\(index)", type: type,
        dataMemory: MemoryID(Int.random(in: memories.indices, using: &random)),
        ports: hasPort ? Element.Ports(activationsIn: port, outputOut: port) : Element.Ports())
    }
    return try Platform(name: "random", elements: elements, memories: memories, links: links)
  }
}

/// A sum in so many parts, some of them 0.
private func split(_ total: Int64, _ count: Int, _ random: inout SplitMix64) -> [Int64] {
  var cuts = (1..<max(1, count)).map { _ in Int64.random(in: 0...total, using: &random) }.sorted()
  cuts = [0] + cuts + [total]
  return (0..<count).map { cuts[$0 + 1] - cuts[$0] }
}

extension RandomCase {
  /// A case with a twin of its first element beside it, and the placement that uses the twin instead.
  func withTwins() throws -> (problem: MappingProblem, placement: Placement, exchanged: Placement)?
  {
    guard placement.elements.contains(0), placement.order.isEmpty, placement.sequence.isEmpty else {
      return nil
    }
    let platform = problem.platform
    var elements = platform.elements
    let first = elements[0]
    elements.append(
      Element(name: "twin", type: first.type, dataMemory: first.dataMemory, ports: first.ports))
    let twin = elements.count - 1
    let twins = try MappingProblem(
      graph: problem.graph,
      platform: try Platform(
        name: platform.name, elements: elements, memories: platform.memories,
        links: platform.links),
      uses: problem.uses.map { $0.isEmpty ? [] : $0 + [$0[0]] },
      channels: problem.channels.map {
        .init(
          readBytes: $0.readBytes + [$0.readBytes[0]],
          writtenBytes: $0.writtenBytes + [$0.writtenBytes[0]], tokens: $0.tokens,
          tensor: $0.tensor)
      }, capacities: problem.capacities)
    // Every other block of the first element goes to its twin.
    var shared = placement
    var turn = 0
    for block in shared.elements.indices where shared.elements[block] == 0 {
      if turn % 2 == 1 { shared.elements[block] = twin }
      turn += 1
    }
    var exchanged = shared
    for block in exchanged.elements.indices {
      switch exchanged.elements[block] {
      case 0: exchanged.elements[block] = twin
      case twin: exchanged.elements[block] = 0
      default: break
      }
    }
    return (twins, shared, exchanged)
  }
}
