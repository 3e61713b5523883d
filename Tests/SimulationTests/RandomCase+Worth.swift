import MappingModel
import PlatformModel
import Quantities
import RandomNumbers
import Simulation

/// A random case whose blocks and platform cost power, energy, bytes and money, with limits around what it is worth.
struct RandomWorth {
  var problem: MappingProblem
  var placement: Placement
  var limits: MappingEvaluator.Limits

  init(_ example: RandomCase, seed: UInt64) throws {
    var random = SplitMix64(case: seed ^ 0xA5A5)
    let platform = try Self.platform(example.problem.platform, &random)
    var uses = example.problem.uses
    let blocks = uses.indices.filter { !uses[$0].isEmpty }
    for block in blocks {
      for element in uses[block].indices {
        uses[block][element]?.power = Watts(Double.random(in: 0...3, using: &random))
        if Int.random(in: 0..<5, using: &random) == 0 {
          uses[block][element]?.energy = Joules(Double.random(in: 0...1e-11, using: &random))
        }
        uses[block][element]?.weightBytes = Int.random(in: 0...60, using: &random)
      }
    }
    problem = try MappingProblem(
      graph: example.problem.graph, platform: platform, uses: uses,
      channels: example.problem.channels, capacities: example.problem.capacities,
      sharedWeights: Self.shares(blocks, uses, &random))
    placement = example.placement
    limits = MappingEvaluator.Limits()
    var evaluator = try MappingEvaluator(problem)
    let evaluation = try evaluator.evaluate(placement, .inferences(40)).evaluation
    limits = MappingEvaluator.Limits(
      requirements: Self.requirements(around: evaluation, &random),
      localMemory: Bool.random(using: &random))
  }

  private static func platform(
    _ platform: Platform, _ random: inout SplitMix64
  ) throws -> Platform {
    let elements = platform.elements.map { element in
      let type = CoreType(
        name: "\(element.name) type", kind: .processor, operators: [], activePower: Watts(1),
        idlePower: Watts(Double.random(in: 0...1, using: &random)),
        cost: Double(Int.random(in: 0...5, using: &random)),
        localMemory: Int.random(in: 0..<3, using: &random) == 0
          ? Int.random(in: 10...200, using: &random) : nil,
        access: element.type.access)
      return Element(
        name: element.name, type: type, dataMemory: element.dataMemory, ports: element.ports)
    }
    let links = platform.links.map {
      Link(
        name: $0.name, bandwidth: $0.bandwidth, latency: $0.latency,
        energyPerByte: Joules(Double.random(in: 0...1e-12, using: &random)), memories: $0.memories)
    }
    let memories = platform.memories.map {
      Memory(
        name: $0.name, capacity: Int.random(in: 0..<4, using: &random) == 0 ? 120 : 1 << 30,
        bandwidth: $0.bandwidth)
    }
    return try Platform(
      name: platform.name, elements: elements, memories: memories, links: links)
  }

  /// Some tensors that two or three blocks use.
  private static func shares(
    _ blocks: [Int], _ uses: [[MappingProblem.Use?]], _ random: inout SplitMix64
  ) -> SharedWeights {
    var lists = uses.map { _ in [SharedWeights.Use]() }
    for tensor in 0..<Int.random(in: 0...2, using: &random) where blocks.count > 1 {
      let bytes = Int.random(in: 0...20, using: &random)
      for block in blocks.shuffled(using: &random).prefix(3) {
        lists[block].append(
          .init(tensor: tensor, bytes: uses[block].map { min(bytes, ($0?.weightBytes ?? 0) / 2) }))
      }
    }
    return SharedWeights(lists)
  }

  /// Limits that some mappings keep and some do not.
  private static func requirements(
    around evaluation: Evaluation, _ random: inout SplitMix64
  ) -> [Requirement] {
    Requirement.Quantity.allCases.shuffled(using: &random)
      .prefix(Int.random(in: 0...3, using: &random)).compactMap { quantity in
        let probe = Requirement(quantity, isLowerLimit: quantity == .throughput, 0)
        guard let value = probe.value(in: evaluation), value.isFinite else { return nil }
        return Requirement(
          quantity, isLowerLimit: quantity == .throughput,
          value * Double.random(in: 0.7...1.3, using: &random))
      }
  }

  /// What the checker says of an evaluation.
  func disagreements(
    _ evaluation: Evaluation, _ schedule: MappingSchedule, alone: MappingSchedule? = nil
  ) -> [String] {
    MappingChecker(problem, placement).disagreements(
      with: evaluation, schedule, alone: alone,
      limits: .init(requirements: limits.requirements, localMemory: limits.localMemory))
  }
}
