import Dataflow
import MappingModel
import PlatformModel
import Quantities
import Simulation
import Testing

/// Loads of links, power and energy are those of one window, in which blocks may run at different rates.
@Suite struct WindowFigureTests {
  /// What the reference saw in a window.
  private struct Seen {
    var held: [Int64]
    var dynamicEnergy = 0.0
    var peakPower = 0.0

    init(_ reference: ReferenceSimulator, in window: Range<Int64>) {
      let problem = reference.problem
      func overlap(_ start: Int64, _ end: Int64) -> Int64 {
        max(0, min(end, window.upperBound) - max(start, window.lowerBound))
      }
      held = problem.resources.indices.map { resource in
        reference.moves.filter { $0.resources.contains(resource) }.reduce(0) {
          $0 + overlap($1.start, $1.end)
        }
      }
      let seen = reference.executions.filter { overlap($0.start, $0.end) > 0 }
      func watts(_ block: Int, _ element: Int) -> Double {
        problem.uses[block][element]?.power.value ?? 0
      }
      for one in seen {
        dynamicEnergy += Double(overlap(one.start, one.end)) * watts(one.block, one.element) / 1e12
        // The power is the highest where something begins.
        let at = max(one.start, window.lowerBound)
        let power = seen.filter { $0.start <= at && at < $0.end }.reduce(0) {
          $0 + watts($1.block, $1.element)
        }
        peakPower = max(peakPower, power)
      }
    }
  }

  @Test(arguments: 0..<5)
  func `links, energy and power of a window are what the reference saw in it`(part: UInt64) throws {
    var (compared, uneven, moving) = (0, 0, 0)
    for seed in (part * 80)..<(part * 80 + 80) {
      let example = try RandomCase(
        seed: 21_000 + seed, blocks: 2...6, elements: 2...4, isLoose: true)
      var evaluator = try MappingEvaluator(example.problem)
      let (evaluation, observed) = try evaluator.evaluate(example.placement, .inferences(60))
      guard let window = observed.result.repetition, let period = evaluation.period,
        period > .zero
      else { continue }
      var reference = ReferenceSimulator(example.problem, example.placement)
      _ = reference.run(inferences: window.upperBound + 2, stopsAtRepeat: false)
      guard reference.ends.count >= window.upperBound else { continue }
      let start = window.lowerBound == 0 ? 0 : reference.ends[window.lowerBound - 1]
      let seen = Seen(reference, in: start..<reference.ends[window.upperBound - 1])
      let count = Double(window.count)
      let elements = example.problem.platform.elements.count
      for (resource, ticks) in seen.held.enumerated() {
        let load = evaluation.loads[elements + resource].seconds.value * 1e12
        #expect(abs(load - Double(ticks) / count) <= 1e-9 * load, "seed \(seed)")
        if ticks > 0 { moving += 1 }
      }
      let energy = evaluation.dynamicEnergy.value
      #expect(abs(energy - seen.dynamicEnergy / count) <= 1e-9 * energy, "seed \(seed)")
      let peak = max(seen.peakPower, evaluation.power?.value ?? 0)
      #expect(abs((evaluation.peakPower?.value ?? 0) - peak) <= 1e-9 * peak, "seed \(seed)")
      // A search finds the same in the same window.
      let measures = evaluator.measure(
        example.placement, MeasureOptions(extent: .inferences(60)))
      #expect(measures.energy == evaluation.energy?.value, "seed \(seed)")
      compared += 1
      if !observed.result.isEven { uneven += 1 }
    }
    #expect(compared > 20 && uneven > 0 && moving > 10, "\(compared) \(uneven) \(moving)")
  }

  /// Pairs of blocks of which the second copies what the first writes over one link, at 1 ps a byte.
  private static func pairs(
    _ times: [(first: Int64, second: Int64, bytes: Int)], capacity: Int64
  ) throws -> MappingProblem {
    let link = Link(name: "l0", bandwidth: BytesPerSecond(1e12), memories: [])
    let port = Element.Port(bandwidth: link.bandwidth, link: LinkID(0))
    let streamed = CoreType(
      name: "s", kind: .processor, operators: [], activePower: Watts(1), access: .streamed)
    let copied = CoreType(
      name: "k", kind: .processor, operators: [], activePower: Watts(1), access: .copied)
    let elements = times.indices.flatMap { index in
      [
        Element(name: "e\(2 * index)", type: streamed, dataMemory: MemoryID(0)),
        Element(
          name: "e\(2 * index + 1)", type: copied, dataMemory: MemoryID(0),
          ports: Element.Ports(activationsIn: port)),
      ]
    }
    let ticks = times.flatMap { [$0.first, $0.second] }
    return try MappingProblem(
      graph: try CSDFGraph(
        name: "pairs",
        actors: ticks.indices.map { .init(name: "b\($0)", executionTimes: [ticks[$0]]) },
        channels: times.indices.map {
          .init(
            name: "c\($0)", source: .init(2 * $0), destination: .init(2 * $0 + 1),
            production: [1], consumption: [1], initialTokens: 0)
        }),
      platform: try Platform(
        name: "p", elements: elements, memories: [Memory(name: "m0", capacity: 1 << 40)],
        links: [link]),
      uses: ticks.map { ticks in
        elements.map { _ in
          .init(roofline: Roofline(computing: .zero), phaseTicks: [ticks], power: Watts(1))
        }
      },
      channels: times.indices.map { index in
        let bytes = elements.map { _ in times[index].bytes }
        return .init(readBytes: bytes, writtenBytes: bytes, tokens: 1, tensor: index)
      }, capacities: times.map { _ in capacity })
  }

  @Test func `a link that parts of different rates share is as busy as both make it`() throws {
    let problem = try Self.pairs([(1, 10, 10), (1, 0, 2)], capacity: 2)
    var evaluator = try MappingEvaluator(problem)
    let (evaluation, _) = try evaluator.evaluate(Placement(elements: [0, 1, 2, 3]))
    #expect(evaluation.period == Seconds(22e-12) && evaluation.isExact)
    #expect(evaluation.loads.last?.seconds == evaluation.period)
    #expect(evaluation.bound == .load(.link, name: "l0"))
    // In a period the second part runs six times.
    #expect(abs(evaluation.dynamicEnergy.value - (11 + 6) * 1e-12) < 1e-20)
  }

  @Test func `a producer that runs ahead counts as often as it runs in the window`() throws {
    let problem = try Self.pairs([(1, 8, 2)], capacity: 1_000_000)
    var evaluator = try MappingEvaluator(problem)
    let placement = Placement(elements: [0, 1])
    let (evaluation, observed) = try evaluator.evaluate(placement)
    #expect(!evaluation.isExact && evaluation.period == Seconds(10e-12))
    #expect(abs(evaluation.dynamicEnergy.value - 18e-12) < 0.1e-12)
    let shares = observed.activity.elements.indices.map {
      observed.activity.busyShare(ofElement: $0)
    }
    #expect(shares == [1, 1])
    let measures = evaluator.measure(placement, MeasureOptions())
    #expect(abs(measures.energy - evaluation.dynamicEnergy.value) < 0.1e-12)
  }
}
