import CostModel
import Dataflow
import DataflowConversion
import Files
import Foundation
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import PlatformModel
import Preparation
import Quantities
import RandomNumbers
import Simulation

/// How many different mappings are evaluated in a second on one core: the words `mapping` and a case
/// choose what is measured.
enum MappingBenchmark {
  /// A problem, and what a search on it asks of an evaluation.
  struct Case {
    var name: String
    var problem: MappingProblem
    var options: MeasureOptions
    /// Evaluations a second that are aimed at.
    var target: Double?
  }

  static func run(only word: String? = nil) throws {
    print(
      "Random mappings a second of processor time on one core (Mocasin: 2 to 33, the genetic search of Stream: 4 to 29)"
    )
    for example in try cases() where word.map({ example.name.contains($0) }) ?? true {
      let rate = try evaluationsPerSecond(example, placements: random(example.problem, count: 4000))
      let target = example.target.map { String(format: ", aim %.0f: %.2f×", $0, rate / $0) } ?? ""
      print(
        example.name.padding(toLength: 58, withPad: " ", startingAt: 0)
          + String(format: "%10.0f /s", rate) + target)
    }
  }

  /// The highest rate of several runs over the same placements, each long enough that the clock of the processor and
  /// what else runs do not decide.
  private static func evaluationsPerSecond(
    _ example: Case, placements: [Placement]
  ) throws -> Double {
    var evaluator = try MappingEvaluator(example.problem)
    var best = 0.0
    for _ in 0..<9 {
      let start = processorSeconds()
      var done = 0
      while processorSeconds() - start < 0.3 {
        for placement in placements[(done % placements.count)...].prefix(16) {
          _ = evaluator.measure(placement, example.options)
          done += 1
        }
      }
      best = max(best, Double(done) / (processorSeconds() - start))
    }
    return best
  }

  /// The seconds that this thread has computed, so that what else runs on the machine does not count.
  static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  static func random(_ problem: MappingProblem, count: Int) -> [Placement] {
    var random = SplitMix64(seed: 1)
    let allowed = problem.graph.actors.indices.map { problem.elements(for: $0) }
    return (0..<count).map { _ in
      Placement(
        elements: allowed.map { $0.isEmpty ? -1 : $0[Int.random(in: $0.indices, using: &random)] })
    }
  }

  private static func cases() throws -> [Case] {
    let period = MeasureOptions(findsLatency: false, inferences: 100)
    func alexnet(_ platform: String, limit: Int = 0, _ granularity: Granularity = .tensor) throws
      -> MappingProblem
    {
      try problem("bvlc_alexnet", platform, limit: limit, granularity)
    }
    return [
      Case(
        name: "AlexNet, 23 blocks, 3 streamed elements", problem: try alexnet("neuraghe-v1"),
        options: period, target: 100_000),
      Case(
        name: "AlexNet, 23 blocks, 8 streamed elements", problem: try alexnet("odroid-xu4"),
        options: period),
      Case(
        name: "AlexNet, 23 blocks, 4 elements that copy over a bus", problem: try alexnet("mpsoc4"),
        options: period, target: 30_000),
      Case(
        name: "AlexNet by lines, 3 streamed elements",
        problem: try alexnet("neuraghe-v1", .line), options: period, target: 20_000),
      Case(
        name: "AlexNet, 90 blocks, 3 streamed elements",
        problem: try alexnet("neuraghe-v1", limit: 90), options: period, target: 30_000),
      Case(name: "digits, 4 elements that copy over a bus", problem: try digits(), options: period),
      Case(
        name: "ResNet-50, 3 streamed elements", problem: try problem("resnet50", "neuraghe-v1"),
        options: period),
      Case(
        name: "2,000 actors, 8 elements, latency", problem: try synthetic(),
        options: MeasureOptions(findsPeriod: false), target: 2_500),
      Case(
        name: "2,000 actors, 8 elements, period of 20 inferences", problem: try synthetic(),
        options: MeasureOptions(findsLatency: false, inferences: 20), target: 100),
    ]
  }

  static func problem(
    _ network: String, _ platform: String, limit: Int = 0, _ granularity: Granularity = .tensor
  ) throws -> MappingProblem {
    let folders = ResourceFolders.standard()
    var run = try PartitionRun(
      network: try NetworkSource(network, folders: folders), options: .blocks,
      platform: try OpenedPlatform(platform, folders: folders))
    var graph = run.graph
    if limit > 0 {
      var request = PartitionRequest()
      request.automatic = BottleneckPartitioning(limit: limit)
      graph = try run.partition(request).network.graph
    }
    guard let model = run.platform?.model else { preconditionFailure("no platform") }
    return try MappingSubject(
      graph, model, granularity: granularity, buffers: .periodic
    ).problem
  }

  private static func digits() throws -> MappingProblem {
    let model = GeneratedNetwork.mnist.model(seed: 1)
    let graph = try BlockGraph(try ResolvedGraph(model), name: "digits")
    let platform = try OpenedPlatform("mpsoc4", folders: .standard())
    return try MappingSubject(graph, platform.model, granularity: .tensor, buffers: .periodic)
      .problem
  }

  /// Layers of random width, each block reading from one to three of the blocks before it.
  static func synthetic(blocks: Int = 2000, elements: Int = 8) throws -> MappingProblem {
    var random = SplitMix64(seed: 7)
    let type = CoreType(name: "core", kind: .processor, operators: [], activePower: Watts(1))
    let platform = try Platform(
      name: "eight cores",
      elements: (0..<elements).map { Element(name: "e\($0)", type: type, dataMemory: MemoryID(0)) },
      memories: [Memory(name: "memory", capacity: 1 << 40)], links: [])
    var channels: [CSDFGraph.Channel] = []
    for block in 1..<blocks {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let source = Int.random(in: max(0, block - 40)..<block, using: &random)
        channels.append(
          .init(
            name: "c\(channels.count)", source: .init(source), destination: .init(block),
            production: [1], consumption: [1]))
      }
    }
    let ticks = (0..<blocks).map { _ in Int64.random(in: 1000...100_000, using: &random) }
    let graph = try CSDFGraph(
      name: "synthetic",
      actors: ticks.enumerated().map { .init(name: "b\($0)", executionTimes: [$1]) },
      channels: channels)
    return try MappingProblem(graph, platform, times: nil, buffers: .periodic)
  }
}
