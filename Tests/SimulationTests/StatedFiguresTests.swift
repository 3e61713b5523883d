import Dataflow
import MappingModel
import PlatformModel
import Quantities
import Simulation
import Testing

/// Figures as a description states them, and the ticks that follow by hand.
@Suite struct StatedFiguresTests {
  private static func link(_ name: String, _ bandwidth: String, _ memories: [Int]) throws -> Link {
    Link(
      name: name,
      bandwidth: BytesPerSecond(exact: try #require(UnitTable.bandwidth.number(of: bandwidth))),
      memories: memories.map { MemoryID($0) })
  }

  private static func problem(
    memories: [String?], links: [Link], access: CoreType.Access, bytes: Int,
    port: LinkID? = nil
  ) throws -> MappingProblem {
    let type = CoreType(
      name: "t", kind: .processor, operators: [], activePower: .zero, access: access)
    let way = Element.Port(link: port)
    let platform = try Platform(
      name: "p",
      elements: (0..<2).map {
        Element(
          name: "e\($0)", type: type, dataMemory: MemoryID(0),
          ports: Element.Ports(activationsIn: way, outputOut: way))
      },
      memories: try memories.enumerated().map { index, bandwidth in
        Memory(
          name: "m\(index)", capacity: 1 << 30,
          bandwidth: try bandwidth.map {
            BytesPerSecond(exact: try #require(UnitTable.bandwidth.number(of: $0)))
          })
      }, links: links)
    return try MappingProblem(
      graph: try MappingProblem.chain([3, 5]), platform: platform,
      uses: [3, 5].map { ticks in
        (0..<2).map { _ in .init(roofline: Roofline(computing: .zero), phaseTicks: [ticks]) }
      },
      channels: [
        .init(
          readBytes: [bytes, bytes], writtenBytes: [bytes, bytes], tokens: 1, tensor: 0)
      ], capacities: [2])
  }

  /// Four bytes take 40 ticks at 0.1 TB/s, and are moved twice: in and out.
  @Test func `a memory between two links is a link, too`() throws {
    let problem = try Self.problem(
      memories: [nil, "0.1 TB/s", nil],
      links: [try Self.link("a", "1 TB/s", [0, 1]), try Self.link("b", "1 TB/s", [1, 2])],
      access: .streamed, bytes: 4)
    var simulator = try Simulator(problem)
    let result = try simulator.run(Placement(elements: [0, 1], memories: [0: 2]), inferences: 100)
    #expect(result.period == Fraction(80))
    #expect(result.latency == Int64(3 + 40 + 40 + 5))
  }

  /// By the third memory of the bus both ways are fast: 4 ticks and 5 of computing.
  @Test func `a link with three memories leads the same way there and back`() throws {
    let problem = try Self.problem(
      memories: [nil, nil, nil, nil],
      links: [
        try Self.link("fast", "1 TB/s", [2, 3]), try Self.link("slow", "0.1 TB/s", [1, 2]),
        try Self.link("bus", "1 TB/s", [1, 0, 3]),
      ], access: .streamed, bytes: 4)
    #expect(problem.route(from: 0, to: 2) == [2, 0])
    #expect(problem.route(from: 2, to: 0) == [0, 2])
    var simulator = try Simulator(problem)
    let result = try simulator.run(Placement(elements: [0, 1], memories: [0: 2]), inferences: 100)
    #expect(result.period == Fraction(9))
  }

  /// A megabyte over 2.01 GB/s: 10⁶ · 10¹² / 2,010,000,000 = 497,512,437.8 ticks, there and back.
  @Test(arguments: ["2.01 GB/s", "2010 MB/s", "2010000000", "0.00201 TB/s", "2.010e9 B/s"])
  func `a bandwidth is what is written, in every unit`(bandwidth: String) throws {
    let problem = try Self.problem(
      memories: [nil], links: [try Self.link("bus", bandwidth, [])], access: .copied,
      bytes: 1_000_000, port: LinkID(0))
    var simulator = try Simulator(problem)
    let result = try simulator.run(Placement(elements: [0, 1]), inferences: 1)
    #expect(result.latency == Int64(3 + 497_512_438 * 2 + 5))
  }

  /// The time of an inference is spread over all of its firings, whatever their number and that of the phases.
  @Test(
    arguments: [
      (7, 4, 1), (7, 2, 2), (1, 12, 3), (1_000_003, 3, 1), (5, 1, 6), (0, 4, 1), (12, 6, 2),
    ] as [(UInt128, Int64, Int)])
  func `no tick of a measured time is lost`(ticks: UInt128, turns: Int64, phases: Int) throws {
    let actors = [
      CSDFGraph.Actor(name: "a", executionTimes: Array(repeating: 1, count: phases)),
      CSDFGraph.Actor(name: "b", executionTimes: [1]),
    ]
    let all = turns * Int64(phases)
    let graph = try CSDFGraph(
      name: "g", actors: actors,
      channels: [
        .init(
          name: "c", source: .init(0), destination: .init(1),
          production: Array(repeating: 1, count: phases), consumption: [all])
      ])
    let type = CoreType(name: "t", kind: .processor, operators: [], activePower: .zero)
    let platform = try Platform(
      name: "p",
      elements: (0..<2).map { Element(name: "e\($0)", type: type, dataMemory: MemoryID(0)) },
      memories: [Memory(name: "m", capacity: 1 << 30)], links: [])
    let times = [ticks, 1].map {
      MappingProblem.Use(
        roofline: Roofline(computing: .zero, measured: ExactRatio($0, 1_000_000_000_000)))
    }
    let problem = try MappingProblem(
      graph: graph, platform: platform, uses: times.map { [$0, $0] },
      channels: [.init(readBytes: [4, 4], writtenBytes: [4, 4], tokens: all, tensor: 0)],
      capacities: [2 * all])
    let placement = Placement(elements: [0, 1])
    var evaluator = try MappingEvaluator(problem)
    let evaluation = try evaluator.evaluate(placement).evaluation
    #expect(evaluation.period == Seconds(Double(max(1, ticks)) / 1e12))
    #expect(evaluation.loads[0].seconds == Seconds(Double(ticks) / 1e12))
    var simulator = try Simulator(problem)
    let schedule = try simulator.schedule(of: placement, inferences: 20)
    #expect(MappingChecker(problem, placement).check(schedule).faults == [])
    // Firing by firing, the whole ticks of what has been done.
    var (sum, firings) = (Int64(0), UInt128(0))
    for firing in schedule.firings where firing.block == 0 {
      guard let end = firing.end else { continue }
      (sum, firings) = (sum + end - firing.start, firings + 1)
      #expect(sum == Int64(firings * ticks / UInt128(all)))
    }
  }

  @Test func `what takes longer than 64 bits can say is an error`() throws {
    let problem = try Self.problem(
      memories: [nil], links: [try Self.link("bus", "1 B/s", [])], access: .copied,
      bytes: 1 << 40, port: LinkID(0))
    var simulator = try Simulator(problem)
    #expect(throws: SimulationError.overflow(channel: problem.graph.channels[0].name)) {
      try simulator.run(Placement(elements: [0, 1]), inferences: 1)
    }
  }
}
