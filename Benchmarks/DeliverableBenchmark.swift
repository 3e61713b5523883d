import DataflowConversion
import Exploration
import Files
import Foundation
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import Preparation
import Search

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
    let whole = try search(layers, request(.exhaustive))
    layerView(whole)
    for initial in [InitialPopulation.mixed, .random] {
      try searches(of: layers, initial, beside: whole)
    }
    try neuronView(of: layers, beside: whole)
    try between(layers, beside: whole)
    try alexNet()
    print(String(format: "took %.1f s", start.duration(to: clock.now).inSeconds))
  }

  private static let objectives = [Objective.period, .cost]

  /// A request with all that does not change.
  static func request(
    _ method: ExploreRequest.Method, _ initial: InitialPopulation = .mixed,
    evaluations: Int? = nil, seed: UInt64 = 1
  ) -> ExploreRequest {
    var request = ExploreRequest()
    request.method = method
    request.objectives = objectives
    request.genetic.initial = initial
    request.configuration.seed = seed
    request.configuration.evaluations = evaluations
    request.configuration.jobs = ProcessInfo.processInfo.activeProcessorCount
    return request
  }

  /// Searches for mappings of some blocks on the four cores.
  static func search(
    _ graph: BlockGraph, _ request: ExploreRequest
  ) throws -> ExploreOutcome {
    let subject = try subject(graph)
    return try request(
      subject, PlacementRules(subject.problem), mapping: Mapping(blocks: [:]), hooks: SearchHooks())
  }

  static func subject(_ graph: BlockGraph) throws -> MappingSubject {
    try MappingSubject(
      graph, try platform().model, granularity: .tensor, buffers: .periodic)
  }

  static func platform() throws -> OpenedPlatform {
    try OpenedPlatform("mpsoc4-cores", folders: .standard())
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
      let outcome = try search(
        graph, request(.nsga2, initial, evaluations: budget, seed: seed))
      shares.append(outcome.hypervolume / whole.hypervolume)
      arrivals.append(arrival(outcome, whole))
    }
    shares.sort()
    arrivals.sort()
    let median = (shares[shares.count / 2 - 1] + shares[shares.count / 2]) / 2
    print(
      "  \(initial == .random ? "random start" : "our seeds") at \(budget) evaluations, "
        + "\(seeds.count) runs: median \(text(median)), worst \(text(shares[0])) of it; "
        + "\(aim) reached by \(shares.count { $0 >= aim }), after "
        + "\(arrivals[arrivals.count / 2]) in the median")
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
    let outcome = try search(split, request(.nsga2, evaluations: 10_000))
    print(
      "Digits, neuron view: \(split.blocks.count) blocks, a part for each feature map")
    compare(outcome, beside: whole)
  }

  /// From layers to neurons, whatever each layer is best split into.
  private static func between(_ graph: BlockGraph, beside whole: ExploreOutcome) throws {
    let subject = try subject(graph)
    let network = try PartitionableNetwork(
      graph, Mapping(blocks: [:]), subject, PlacementRules(subject.problem), try platform().model)
    var options = PartitionSearchOptions()
    options.maxParts = 16
    options.axes = [.kernels]
    let outcome = try request(.nsga2, evaluations: 10_000)(network, options, hooks: SearchHooks())
    print("Digits, splits and mappings searched together")
    compare(outcome, beside: whole)
  }

  /// Prints the least period that each price of the layer view's front buys.
  private static func compare(_ outcome: ExploreOutcome, beside whole: ExploreOutcome) {
    let beaten = whole.front.count { layer in
      outcome.front.contains { $0.objectives.weaklyDominates(layer.objectives) }
    }
    let share = volume(outcome.front.map(\.objectives), upTo: whole) / whole.hypervolume
    print(
      "  \(outcome.evaluations) evaluations, front of \(outcome.front.count), \(text(share)) × the "
        + "hypervolume of the layer view, \(beaten) of its \(whole.front.count) points met or "
        + "beaten, \(seconds(outcome))")
    let prices = Set((whole.front + outcome.front).map { $0.objectives[1] }).sorted()
    func periods(_ found: ExploreOutcome) -> String {
      prices.map { price in
        let least = found.front.filter { $0.objectives[1] <= price }.map { $0.objectives[0] }.min()
        return pad(least.map { text($0 * 1e6) } ?? "none", to: 7)
      }.joined()
    }
    print("  at a cost of " + prices.map { pad(text($0), to: 7) }.joined())
    print("  layers, µs   " + periods(whole))
    print("  these, µs    " + periods(outcome))
  }
}

// MARK: - What both use

extension DeliverableBenchmark {
  static func text(_ value: Double) -> String { String(format: "%.5g", value) }

  static func pad(_ text: String, to width: Int = 13) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  static func seconds(_ outcome: ExploreOutcome) -> String {
    String(format: "%.2f s", outcome.seconds)
  }
}
