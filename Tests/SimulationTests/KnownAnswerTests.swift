import Dataflow
import MappingModel
import PlatformModel
import Quantities
import Search
import Simulation
import Testing

@Suite struct KnownAnswerTests {
  /// For each of eight blocks its ticks on three elements of 1, 2 and 4 W.
  ///
  /// Chains differ in this: of others, some mappings with the least loads wait even with two tensors.
  private static let times: [[Int64]] = [
    [14, 38, 8], [23, 21, 35], [8, 25, 11], [15, 37, 24], [7, 24, 15], [36, 26, 11], [16, 28, 27],
    [23, 14, 21],
  ]

  /// All 6,561 mappings, with the largest load and the energy of each.
  private static let mappings = (0..<6561).map { number in
    var rest = number
    var busy: [Int64] = [0, 0, 0]
    let elements = times.map { row in
      let element = rest % 3
      busy[element] += row[element]
      rest /= 3
      return element
    }
    let energy = busy[0] + 2 * busy[1] + 4 * busy[2]
    return (elements: elements, load: busy.max() ?? 0, energy: energy)
  }

  private static func simulator(capacity: Int64) throws -> Simulator {
    try Simulator(
      try MappingProblem.streamed(
        try MappingProblem.chain(times.map { $0[0] }), slowness: [1, 1, 1],
        capacities: times.dropFirst().map { _ in capacity }, times: times))
  }

  /// No period is below the largest load; so the front of periods has a point of the front of loads exactly if
  /// one of its mappings is as fast as its largest load, and no others if it has all of them.
  @Test(arguments: [(2, 0), (1, 2)] as [(Int64, Int)])
  func `with two tensors per channel, not with one, a chain's front is that of the largest loads`(
    capacity: Int64, lost: Int
  ) throws {
    var front = ParetoFront<Void>(objectiveCount: 2)
    for one in Self.mappings {
      front.insert(ObjectiveVector([Double(one.load), Double(one.energy)]), ())
    }
    let best = Set(front.points.map(\.objectives))
    var reached: Set<ObjectiveVector> = []
    var simulator = try Self.simulator(capacity: capacity)
    for one in Self.mappings {
      let point = ObjectiveVector([Double(one.load), Double(one.energy)])
      guard best.contains(point) else { continue }
      let result = try simulator.run(
        Placement(elements: one.elements), inferences: 1000, findsLatency: false)
      if result.isExact, result.period == Fraction(one.load) { reached.insert(point) }
    }
    #expect(best.count == 8 && best.count - reached.count == lost, "\(reached)")
  }

  @Test func `many mappings of a chain are slower than their largest load, and none is faster`()
    throws
  {
    var simulator = try Self.simulator(capacity: 2)
    var longer = 0
    for (index, one) in Self.mappings.enumerated() where index % 16 == 5 {
      let result = try simulator.run(
        Placement(elements: one.elements), inferences: 1000, findsLatency: false)
      let period = try #require(result.period)
      #expect(period >= Fraction(one.load))
      if period > Fraction(one.load) { longer += 1 }
    }
    #expect(longer > 20, "\(longer)")
  }

  /// Two blocks of 10 and 20 ticks that copy 5 bytes over one bus with a latency of 3 ticks.
  ///
  /// By hand, with 2 ticks for a byte: a transfer takes 13. The first block executes 0–10 and writes 10–23; the
  /// second reads 23–36, executes 36–56; meanwhile the first has executed 23–33 and waits for the bus up to
  /// 36. From then on the second is busy all the time: 13 + 20. With 4 ticks for a byte a transfer takes 23, and
  /// the bus is busy all the time: 46.
  @Test(
    arguments: [
      (2.0, [56, 89, 122, 155], 33, "element e1"), (4.0, [76, 122, 168, 214], 46, "link bus"),
    ] as [(Double, [Int64], Int64, String)])
  func `two blocks on a bus take what a calculation by hand says`(
    ticksPerByte: Double, ends: [Int64], period: Int64, bound: String
  ) throws {
    let port = Element.Port(bandwidth: nil, link: LinkID(0))
    let type = CoreType(
      name: "t", kind: .processor, operators: [], activePower: Watts(1), access: .copied)
    let platform = try Platform(
      name: "p",
      elements: (0..<2).map {
        Element(
          name: "e\($0)", type: type, dataMemory: MemoryID(0),
          ports: Element.Ports(activationsIn: port, outputOut: port))
      }, memories: [Memory(name: "m", capacity: 1 << 20)],
      links: [
        Link(
          name: "bus", bandwidth: BytesPerSecond(1e12 / ticksPerByte),
          latency: StatedSeconds(3e-12),
          energyPerByte: Joules(2))
      ])
    let problem = try MappingProblem(
      graph: try MappingProblem.chain([10, 20]), platform: platform,
      uses: [10, 20].map { ticks in
        (0..<2).map { _ in .init(roofline: Roofline(computing: .zero), phaseTicks: [ticks]) }
      }, channels: [.init(readBytes: [5, 5], writtenBytes: [5, 5], tokens: 1, tensor: 0)],
      capacities: [2])
    let placement = Placement(elements: [0, 1])
    var simulator = try Simulator(problem)
    #expect(try simulator.ends(of: placement, inferences: 4) == ends)
    var evaluator = try MappingEvaluator(problem)
    let evaluation = try evaluator.evaluate(placement).evaluation
    #expect(evaluation.period == Seconds(Double(period) / 1e12))
    #expect(evaluation.latency == Seconds(Double(ends[0]) / 1e12))
    #expect(evaluation.bound.description == bound)
    // Five bytes are written and five are read, at 2 J each; two tensors of five bytes have room.
    #expect(evaluation.transferEnergy == Joules(20))
    #expect(evaluation.memoryBytes == 10)
    // On one element nothing is copied.
    #expect(try simulator.ends(of: Placement(elements: [1, 1]), inferences: 3) == [30, 60, 90])
  }
}
