import Figures
import MappingModel
import Quantities
import RandomNumbers
import TestSupport

@testable import Reporting

/// An exploration as a search might leave it, of any size, the same on every run.
struct SampleExploration {
  var blocks = 23
  var points = 10
  var evaluated = 3_000
  var generations = 40
  var objectives = 2
  var elements = 4
  /// The firings of each block in one inference.
  var phases = 1
  /// Whether values between elements cross a bus, in steps of their own.
  var hasTransfers = true
  /// A name for everything; nothing means names as networks have them.
  var name: String?
  /// Whether an exhaustive search is known.
  var hasExhaustive = true

  func report() -> ExplorationReport {
    var random = RandomSource(seed: 7)
    let all = cloud(evaluated, &random)
    let every = cloud(hasExhaustive ? 4 * evaluated : 0, &random)
    let units = [("period", "s"), ("cost", ""), ("energy", "J"), ("memory", "B")]
    return ExplorationReport(
      title: name ?? "AlexNet on neuraghe-v1",
      command: name ?? "outrigger explore alexnet.onnx --platform neuraghe-v1 --seed 1",
      tool: name ?? "outrigger 0.6.0",
      facts: [
        .init(name ?? "network", name ?? "bvlc_alexnet, 23 blocks"),
        .init("platform", name ?? "neuraghe-v1, 4 elements"), .init("seed", "1"),
      ],
      warnings: [name ?? "arm0 does not list LRN, which runs at its slowest listed rate."],
      objectives: units.prefix(objectives).map { .init(name ?? $0.0, unit: name ?? $0.1) },
      evaluated: all, exhaustive: every,
      referencePoint: Array([0.7, 12, 3, 9e7].prefix(objectives)), hypervolume: 1.2345,
      generations: (0..<generations).map { index in
        let share = 1 / Double(index + 1)
        return .init(
          index: index, evaluations: (index + 1) * 100,
          best: Array(
            [0.04 + 0.2 * share, 1 + share.rounded(), 0.2 + share, 6e7].prefix(objectives)),
          hypervolume: 1.2345 * (1 - 0.5 * share), seconds: Double(index + 1) * 0.8)
      },
      points: (0..<points).map { point($0) })
  }

  private func cloud(_ count: Int, _ random: inout RandomSource) -> ObjectiveVectors {
    var values: [Double] = []
    for _ in 0..<count {
      let cost = Double(1 + random.below(10))
      let period = 0.05 + 0.4 / cost + 0.25 * random.fraction() * random.fraction()
      values += [period, cost, 0.2 + 2 * random.fraction(), 6e7 + 3e7 * random.fraction()].prefix(
        objectives)
    }
    return ObjectiveVectors(dimension: objectives, values: values)
  }

  private func text(_ plain: String) -> String { name ?? plain }

  private func point(_ index: Int) -> ReportedPoint {
    let cost = Double(index % 10 + 1)
    let details = details(index)
    let period = details.trace.period
    let folder = "points/00\(index + 1)"
    return ReportedPoint(
      name: index == 0 ? text("cheapest") : index == points - 1 ? text("fastest") : "",
      objectives: Array([0.05 + 0.4 / cost, cost, 0.3 + cost / 10, 6.2e7].prefix(objectives)),
      evaluation: Evaluation(
        period: Seconds(period), isExact: index != 2, latency: Seconds(3 * period),
        dynamicEnergy: Joules(0.21), staticEnergy: Joules(0.11), transferEnergy: Joules(0.013),
        peakPower: Watts(6.1), cost: cost,
        memories: [
          .init(name: text("ddr"), bytes: 61_200_000, capacity: 512_000_000),
          .init(name: text("sram"), bytes: 900_000, capacity: 1_000_000),
        ],
        loads: [], bound: .dependency,
        violations: index == 3 ? [.impossible(reason: text("sram holds 1.2 MB of 1 MB."))] : []),
      bound: text("The period is bounded by accelerator 0, which is busy 97 % of the time."),
      relaxation: text("Moving conv3 elsewhere, or a faster accelerator, would relax it."),
      files: ["mapping.json", "schedule.csv", "trace.json"].map {
        .init(text($0), path: "\(folder)/\(text($0))")
      },
      details: details)
  }
}

extension SampleExploration {
  private func details(_ index: Int) -> PointDetails {
    let used = points == 1 ? elements : min(elements, index + 1)
    var place: [Int?] = []
    var seconds: [Double?] = []
    for block in 0..<blocks {
      let isEdge = block == 0 || block == blocks - 1
      place.append(isEdge ? nil : (block * 7 / 3 + block * block / 5) % used)
      seconds.append(isEdge ? nil : 0.004 + Double(block * 37 % 19) / 1_500)
    }
    let names = ["conv", "relu", "norm", "pool"]
    let network = PointDetails.Network(
      blocks: (0..<blocks).map {
        .init(
          text("\(names[$0 % 4])\($0 / 4 + 1)"), operation: text("Conv 5×5"), seconds: seconds[$0],
          weightBytes: Double($0 * 1_000_000 % 7_000_000))
      },
      edges: (1..<max(1, blocks)).flatMap { block -> [PointDetails.Edge] in
        let edge = PointDetails.Edge(block - 1, block, label: text("55×55×96"))
        return block % 6 == 5 ? [edge, .init(block - 3, block)] : [edge]
      })
    let names2 = (0..<elements).map { text($0 == 0 ? "arm0" : "acc\($0 - 1)") }
    let trace = trace(place, seconds, names2)
    return PointDetails(
      elements: names2, network: network, elementOfBlock: place,
      loads: names2.indices.map {
        .init(
          names2[$0], executing: $0 < used ? 8 + Double($0) : 0, moving: 1, waiting: 0.5,
          stalled: Double($0 % 2), idle: 3)
      } + [.init(text("bus"), moving: 5, idle: 9)],
      trace: trace, memories: memories(trace),
      stalls: [.init(block: text("conv2"), reader: text("relu2"), seconds: 0.0012)])
  }

  /// A schedule of a few inferences, one after the other on each element.
  private func trace(
    _ place: [Int?], _ seconds: [Double?], _ names: [String]
  ) -> PointDetails.Trace {
    var free = Array(repeating: 0.0, count: elements)
    var events: [PointDetails.Event] = []
    var ends: [Double] = []
    for inference in 0..<4 {
      var ready = 0.0
      for block in place.indices {
        guard let element = place[block], let duration = seconds[block] else { continue }
        for phase in 0..<phases {
          let start = max(ready, free[element])
          let part = duration / Double(phases)
          let isNear = !hasTransfers || block > 0 && place[block - 1] == element
          let times = [start, start + 0.1 * part, start + 0.9 * part, start + part]
          for (step, kind) in [PointDetails.EventKind.read, .execute, .write].enumerated()
          where kind == .execute || !isNear {
            events.append(
              .init(
                lane: element, kind: kind, block: block, phase: phase, firing: inference,
                start: times[step], end: times[step + 1]))
            if kind != .execute {
              events.append(
                .init(
                  lane: elements, kind: kind, block: block, phase: phase, firing: inference,
                  start: times[step], end: times[step + 1]))
            }
          }
          ready = start + part
          free[element] = ready
        }
      }
      ends.append(ready)
    }
    return .init(
      lanes: names + [text("bus")], events: events, periodStart: ends[2],
      period: max(ends[3] - ends[2], 1e-6))
  }

  private func memories(_ trace: PointDetails.Trace) -> [PointDetails.MemoryCurve] {
    var bytes = 5e5
    let steps = trace.events.filter { $0.kind != .execute }.map { event -> (Double, Double) in
      bytes += event.kind == .read ? 60_000 : -58_000
      return (event.start, bytes)
    }.sorted { $0.0 < $1.0 }
    return [
      .init(text("sram"), capacity: 1e6, steps: steps),
      .init(text("ddr"), capacity: 512e6, steps: steps.map { ($0.0, $0.1 * 20) }),
    ]
  }
}
