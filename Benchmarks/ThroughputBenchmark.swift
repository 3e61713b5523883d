import Dataflow
import DataflowConversion
import DataflowFormats
import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import Preparation
import RandomNumbers

/// Exact throughput of generated graphs, by each method; or of the graph files given as arguments.
enum ThroughputBenchmark {
  static func run(files: [String] = []) throws {
    if !files.isEmpty {
      for file in files {
        try measure(
          try GraphFile.read(path: file), named: file,
          overlaps: GraphFile.format(ofFile: file) == .sdf3)
      }
      return
    }
    for (name, graph) in try graphs() { try measure(graph, named: name) }
    for network in [GeneratedNetwork.alexnet, .vgg16] { try measureLines(network) }
  }

  /// A network in 90 blocks by lines, without bounds and with the buffers of its periodic schedule.
  private static func measureLines(_ network: GeneratedNetwork) throws {
    let graph = try BlockGraph(
      try ResolvedGraph(network.model(seed: nil)), name: network.rawValue)
    var costs = BlockCostTable(nil)
    var request = PartitionRequest()
    request.automatic = BottleneckPartitioning(limit: 90)
    let parts = try request(graph, costs: &costs).network.graph
    let ticks = parts.blockIDs.map { Int64(parts.work($0).operations) }
    let lines = try CSDFGraph(parts, ticks: ticks, granularity: .line)
    try measure(lines, named: "\(network.rawValue) by lines")
    let sizes = try StrictlyPeriodicSchedule(of: lines).bufferSizes
    try measure(try lines.bounded(by: sizes), named: "\(network.rawValue) by lines, bounded")
  }

  private static func measure(
    _ graph: CSDFGraph, named name: String, overlaps: Bool = false
  ) throws {
    let firings = try RepetitionVector(of: graph).firings.reduce(Int128(0)) { $0 + Int128($1) }
    var times: [Throughput.Method: Double] = [:]
    for method in Throughput.Method.allCases {
      var options = Throughput.Options()
      options.method = method
      options.autoConcurrency = overlaps
      options.timeLimit = .seconds(20)
      var period: Fraction?
      let clock = ContinuousClock()
      let start = clock.now
      period = try Throughput(of: graph, options: options).period
      let once = start.duration(to: clock.now).inSeconds
      guard period != nil else { continue }
      times[method] =
        once > 1
        ? once : try Measurement.seconds { _ = try Throughput(of: graph, options: options) }
    }
    let short = URL(fileURLWithPath: name).lastPathComponent
    guard let auto = times[.auto] else {
      print("\(short): no exact period in time")
      return
    }
    let others = times.filter { $0.key != .auto }.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.key.rawValue) \(String(format: "%.3f ms", $0.value * 1e3))" }
    let size = "\(graph.actors.count) actors, \(graph.channels.count) channels, \(firings) firings"
    Measurement.report(
      "\(short): \(size)", auto, versus: "of \(others.joined(separator: ", "))",
      auto / (times.filter { $0.key != .auto }.values.min() ?? auto))
  }

  private static func graphs() throws -> [(String, CSDFGraph)] {
    var generator = GraphGenerator(seed: 11)
    // A seed without a deadlock, which few places on the tree can bring about.
    var live = GraphGenerator(seed: 13)
    return [
      ("bounded chain", try generator.chain(actors: 20, largest: 6)),
      ("long bounded chain", try generator.chain(actors: 2800, largest: 2)),
      ("small cycles", try generator.cyclic(actors: 30, channels: 90, cycles: [1, 2, 3, 4, 6])),
      (
        "many cycles",
        try generator.cyclic(actors: 2000, channels: 10_000, cycles: [1, 2, 3, 4, 6])
      ),
      (
        "multi-rate", try generator.cyclic(actors: 12, channels: 30, cycles: [1, 60, 2520, 10_080])
      ),
      (
        "coprime cycles",
        try generator.cyclic(actors: 38, channels: 82, cycles: [1, 1001, 1005, 1300])
      ),
      (
        "bounded buffers",
        try live.bounded(
          actors: 38, channels: 60, cycles: [1000, 1001, 1050, 1100, 1200, 1300])
      ),
      (
        "large cycles",
        try generator.cyclic(actors: 20, channels: 50, cycles: [1_000_000, 999_999, 1])
      ),
      (
        "tight chain",
        try generator.tightChain(cycles: [10_000_019, 9_999_991, 10_000_079, 9_999_973])
      ),
      ("many firings", try generator.chain(actors: 12, largest: 6, growth: 1 << 28)),
    ]
  }
}

/// Random consistent live graphs, the same for a seed.
struct GraphGenerator {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// A chain with changing rates whose channels hold what both ends need.
  mutating func chain(
    actors count: Int, largest: Int64, growth: Int64 = 64
  ) throws -> CSDFGraph {
    var channels: [CSDFGraph.Channel] = []
    var balance: Int64 = 1
    for index in 1..<count {
      var (production, consumption) = (Int64.random(in: 1...largest, using: &random), Int64(1))
      // Rates turn back once the firings have grown.
      if balance >= growth { (production, consumption) = (1, production) }
      balance = max(1, balance * production / consumption)
      let tokens = 2 * (production + consumption)
      channels.append(
        CSDFGraph.Channel(
          name: "f\(index)", source: .init(index - 1), destination: .init(index),
          production: [production], consumption: [consumption]))
      channels.append(
        CSDFGraph.Channel(
          name: "b\(index)", source: .init(index), destination: .init(index - 1),
          production: [consumption], consumption: [production], initialTokens: tokens))
    }
    return try graph("chain", count, channels)
  }

  /// A ring with more channels between any actors; channels that lead back hold an iteration.
  mutating func cyclic(
    actors count: Int, channels total: Int, cycles: [Int64]
  ) throws -> CSDFGraph {
    let rounds = (0..<count).map { _ in cycles.randomElement(using: &random) ?? 1 }
    var channels: [CSDFGraph.Channel] = []
    for index in 0..<total {
      let source = index < count ? index : Int.random(in: 0..<count, using: &random)
      let target = index < count ? (index + 1) % count : Int.random(in: 0..<count, using: &random)
      guard source != target else { continue }
      let divisor = commonDivisor(rounds[source], rounds[target])
      let (production, consumption) = (rounds[target] / divisor, rounds[source] / divisor)
      let tokens = target > source ? 0 : production * rounds[source]
      channels.append(
        CSDFGraph.Channel(
          name: "c\(index)", source: .init(source), destination: .init(target),
          production: [production], consumption: [consumption], initialTokens: tokens))
    }
    return try graph("cyclic", count, channels)
  }

  /// Forward channels between near actors, each with a channel of its free places: few of them on a
  /// tree of channels, and on all others those of an iteration and more.
  mutating func bounded(
    actors count: Int, channels total: Int, cycles: [Int64]
  ) throws -> CSDFGraph {
    let rounds = (0..<count).map { _ in cycles.randomElement(using: &random) ?? 1 }
    var channels: [CSDFGraph.Channel] = []
    for index in 1...total {
      let target = index < count ? index : Int.random(in: 8..<count, using: &random)
      let source = Int.random(in: max(0, target - 8)..<target, using: &random)
      let divisor = commonDivisor(rounds[source], rounds[target])
      let (production, consumption) = (rounds[target] / divisor, rounds[source] / divisor)
      let parts = Int64.random(in: 10...30, using: &random)
      let places =
        index < count
        ? (production + consumption) * parts / 10 : production * rounds[source] * parts / 10
      channels += pair("c\(index)", source, target, production, consumption, places)
    }
    return try graph("bounded", count, channels)
  }

  /// A chain whose channels hold the least that lets both ends go on.
  mutating func tightChain(cycles: [Int64]) throws -> CSDFGraph {
    var channels: [CSDFGraph.Channel] = []
    for index in 1..<cycles.count {
      let divisor = commonDivisor(cycles[index - 1], cycles[index])
      let (production, consumption) = (cycles[index] / divisor, cycles[index - 1] / divisor)
      channels += pair(
        "c\(index)", index - 1, index, production, consumption, production + consumption - 1)
    }
    return try graph("tight", cycles.count, channels)
  }

  /// A channel and that of its free places.
  private func pair(
    _ name: String, _ source: Int, _ target: Int, _ production: Int64, _ consumption: Int64,
    _ places: Int64
  ) -> [CSDFGraph.Channel] {
    [
      CSDFGraph.Channel(
        name: name, source: .init(source), destination: .init(target), production: [production],
        consumption: [consumption]),
      CSDFGraph.Channel(
        name: "places of \(name)", source: .init(target), destination: .init(source),
        production: [consumption], consumption: [production], initialTokens: places),
    ]
  }

  private mutating func graph(
    _ name: String, _ count: Int, _ channels: [CSDFGraph.Channel]
  ) throws -> CSDFGraph {
    let actors = (0..<count).map {
      CSDFGraph.Actor(
        name: "a\($0)", executionTimes: [Int64.random(in: 1...1000, using: &random)])
    }
    let selfEdges = (0..<count).map {
      CSDFGraph.Channel(
        name: "s\($0)", source: .init($0), destination: .init($0), production: [1],
        consumption: [1], initialTokens: 1)
    }
    return try CSDFGraph(name: name, actors: actors, channels: channels + selfEdges)
  }
}

private func commonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
  b == 0 ? a : commonDivisor(b, a % b)
}
