import Exploration
import Foundation
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import Partitioning
import Toolflow

/// The two explorations of ALOHA's deliverable D3.2, its figures 10 to 13, over many seeds:
/// `swift run -c release Benchmarks deliverable`. All but the times is the same on every machine.
enum DeliverableBenchmark {
  private static let budget = 1_000
  private static let aim = 0.999
  private static let seeds: ClosedRange<UInt64> = 1...20

  static func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let layers = try BlockGraph(
      try ResolvedGraph(GeneratedNetwork.mnist.model(seed: 1)), name: "mnist", options: .layers)
    let whole = try search(layers, .exhaustive, seed: 1)
    layerView(whole)
    for initial in [InitialPopulation.mixed, .random] {
      try searches(of: layers, initial, beside: whole)
    }
    try neuronView(of: layers, beside: whole)
    try alexNet()
    print(String(format: "took %.1f s", start.duration(to: clock.now).inSeconds))
  }

  private static let objectives = [Objective.period, .cost]

  private static func search(
    _ graph: BlockGraph, _ method: ExploreRequest.Method, _ initial: InitialPopulation = .mixed,
    evaluations: Int? = nil, seed: UInt64
  ) throws -> ExploreOutcome {
    let platform = try OpenedPlatform("mpsoc4-cores", folders: .standard())
    let subject = try MappingSubject(
      graph, platform.model, granularity: .tensor, buffers: .periodic)
    var request = ExploreRequest()
    request.method = method
    request.objectives = objectives
    request.genetic.initial = initial
    request.configuration.seed = seed
    request.configuration.evaluations = evaluations
    request.configuration.jobs = ProcessInfo.processInfo.activeProcessorCount
    return try request(
      subject, PlacementRules(subject.problem), mapping: Mapping(blocks: [:]), hooks: SearchHooks())
  }

  private static func volume(
    _ points: some Sequence<ObjectiveVector>, upTo other: ExploreOutcome
  ) -> Double {
    Hypervolume(reference: other.reference, objectiveCount: objectives.count)(points)
  }
}

// MARK: - The digit network

extension DeliverableBenchmark {
  private static func layerView(_ whole: ExploreOutcome) {
    print("Digits, layer view: period and cost of all mappings on four cores")
    print(
      "  \(whole.evaluations) mappings, \(whole.mappingCount ?? 0) of them different, front of "
        + "\(whole.front.count), hypervolume \(text(whole.hypervolume)), \(seconds(whole))")
  }

  /// Runs the genetic search with all seeds.
  private static func searches(
    of graph: BlockGraph, _ initial: InitialPopulation, beside whole: ExploreOutcome
  ) throws {
    var shares: [Double] = []
    var arrivals: [Int] = []
    for seed in seeds {
      let outcome = try search(graph, .nsga2, initial, evaluations: budget, seed: seed)
      shares.append(outcome.hypervolume / whole.hypervolume)
      arrivals.append(arrival(outcome, whole))
    }
    shares.sort()
    arrivals.sort()
    let median = (shares[shares.count / 2 - 1] + shares[shares.count / 2]) / 2
    print(
      "  \(initial == .random ? "random start" : "our seeds") at \(budget) evaluations, "
        + "\(seeds.count) runs: median \(text(median)), worst \(text(shares[0])) of it; "
        + "\(aim) reached after \(arrivals[arrivals.count / 2]) in the median, "
        + (arrivals.last == .max ? "not by all" : "\(arrivals[arrivals.count - 1]) at most"))
  }

  /// After how many evaluations the aim was reached.
  private static func arrival(_ outcome: ExploreOutcome, _ whole: ExploreOutcome) -> Int {
    let isThere = { (count: Int) in
      volume(outcome.evaluated.prefix(count), upTo: whole) >= aim * whole.hypervolume
    }
    var (low, high) = (0, outcome.evaluated.count)
    guard isThere(high) else { return .max }
    while high - low > 1 {
      let middle = (low + high) / 2
      if isThere(middle) { high = middle } else { low = middle }
    }
    return high
  }

  private static func neuronView(of graph: BlockGraph, beside whole: ExploreOutcome) throws {
    let split = try graph.splittingIntoNeurons().graph
    let outcome = try search(split, .nsga2, evaluations: 10_000, seed: 1)
    let beaten = whole.front.count { layer in
      outcome.front.contains { $0.objectives.weaklyDominates(layer.objectives) }
    }
    let share = volume(outcome.front.map(\.objectives), upTo: whole) / whole.hypervolume
    print(
      "Digits, neuron view: \(split.blocks.count) blocks, \(outcome.evaluations) evaluations\n"
        + "  front of \(outcome.front.count), \(text(share)) × the hypervolume of the layer view; "
        + "\(beaten) of its \(whole.front.count) points met or beaten, \(seconds(outcome))")
    print("  cost        " + whole.front.map { pad(text($0.objectives[1])) }.joined())
    print("  layers, ms  " + whole.front.map { pad(text($0.objectives[0] * 1e3)) }.joined())
    print(
      "  neurons, ms "
        + whole.front.map { layer in
          let least = outcome.front.filter { $0.objectives[1] <= layer.objectives[1] }
            .map { $0.objectives[0] }.min()
          return pad(least.map { text($0 * 1e3) } ?? "none")
        }.joined())
  }
}

// MARK: - AlexNet

extension DeliverableBenchmark {
  private static func alexNet() throws {
    let folders = ResourceFolders.standard()
    var run = try PartitionRun(
      network: try NetworkSource("bvlc_alexnet", folders: folders), options: .blocks,
      platform: try OpenedPlatform("mpsoc4-cores", folders: folders))
    var request = PartitionRequest()
    request.automatic = BottleneckPartitioning(limit: 30)
    let graph = try run.partition(request).network.graph
    let outcome = try search(graph, .nsga2, .single, evaluations: 10_000, seed: 1)
    print("AlexNet, \(graph.blocks.count) blocks, from single elements, \(seconds(outcome))")
    print("  " + ["generation", "evaluations", "front", "period", "cost", "hypervolume"].map(pad)
      .joined())
    for row in outcome.logbook where [0, 1, 2, 5, 10, 20, 50].contains(row.generation)
      || row.generation == outcome.logbook.count - 1
    {
      let best = row.minimum
      print(
        "  "
          + [
            "\(row.generation)", "\(row.evaluations)", "\(row.frontSize)",
            best.map { text($0[0] * 1e3) + " ms" } ?? "none", best.map { text($0[1]) } ?? "none",
            row.hypervolume.map(text) ?? "none",
          ].map(pad).joined())
    }
    print("  front of \(outcome.front.count), hypervolume \(text(outcome.hypervolume))")
  }

  private static func text(_ value: Double) -> String { String(format: "%.5g", value) }

  private static func pad(_ text: String) -> String {
    String(repeating: " ", count: max(1, 13 - text.count)) + text
  }

  private static func seconds(_ outcome: ExploreOutcome) -> String {
    String(format: "%.2f s", outcome.seconds)
  }
}
