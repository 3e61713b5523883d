import Dataflow
import DataflowConversion
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import RandomNumbers
import TestSupport
import Testing

@Suite("Graphs by lines move all of every tensor and have a schedule")
struct LineConsistencyTests {
  private let time: Int64 = 1009

  /// Splits and merges at random what can be split and merged.
  private func transformed(
    _ graph: BlockGraph, _ random: inout SplitMix64, along axes: [SplitAxis] = [.kernels]
  ) -> BlockGraph {
    var graph = graph
    for _ in 0..<8 {
      let id = BlockID(Int.random(in: graph.blocks.indices, using: &random))
      if Bool.random(using: &random) {
        guard !graph[id].steps.isEmpty, graph[id].channelCount >= 3 else { continue }
        let k = Int.random(in: 2...3, using: &random)
        let axis = axes.count == 1 ? axes[0] : axes.randomElement(using: &random)!
        graph = (try? graph.splitting(id, into: k, along: axis)) ?? graph
      } else if let edge = graph.edges.filter({ $0.slice.source == id }).first {
        graph = (try? graph.merging([id, edge.target])) ?? graph
      }
    }
    return graph
  }

  private func check(_ graph: BlockGraph, _ padding: LinePadding) throws {
    let csdf = try CSDFGraph(
      graph, ticks: graph.blocks.map { _ in time }, granularity: .line, padding: padding)
    #expect(try RepetitionVector(of: csdf).cycles.allSatisfy { $0 == 1 })
    for actor in csdf.actors { #expect(actor.executionTimes.reduce(0, +) == time) }
    let edges = graph.edges
    for (channel, edge) in zip(csdf.channels, edges) {
      let tokens = Int64(graph.elements(edge.slice))
      #expect(channel.production.reduce(0, +) == tokens)
      #expect(channel.consumption.reduce(0, +) == tokens)
    }
    for channel in csdf.channels[edges.count...] {
      #expect(channel.isSelfEdge && channel.initialTokens == 0)
      #expect(channel.consumption == [0] + channel.production.dropLast())
      #expect(channel.production.last == 0)
    }
  }

  /// The self-timed execution in the buffers of the strictly periodic schedule.
  private func checkExecution(_ graph: BlockGraph) throws {
    let csdf = try CSDFGraph(graph, ticks: graph.blocks.map { _ in time }, granularity: .line)
    let schedule = try StrictlyPeriodicSchedule(of: csdf)
    let run = try Throughput(of: csdf, capacities: schedule.bufferSizes)
    let period = try #require(run.period)
    // A schedule whose period is rounded up may have buffers that hold the execution up, but not
    // beyond that period.
    #expect(period >= Fraction(time) && period <= Fraction(schedule.iterationPeriod))
  }

  @Test("small random networks under random splits and merges", arguments: 1...60)
  func randomNetworks(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let model = RandomNetwork.model(seed: seed, layers: 14)
    let graph = try BlockGraph(try ResolvedGraph(model), name: "random")
    for graph in [graph, transformed(graph, &random)] {
      try check(graph, .exact)
      try check(graph, .ignored)
      try checkExecution(graph)
    }
  }

  @Test("small random networks under random splits along all axes and merges", arguments: 1...40)
  func allAxes(seed: UInt64) throws {
    var random = SplitMix64(seed: 900 + seed)
    let model = RandomNetwork.model(seed: seed, layers: 12)
    let whole = try BlockGraph(try ResolvedGraph(model), name: "random")
    let graph = transformed(whole, &random, along: SplitAxis.allCases)
    try check(graph, .exact)
    try check(graph, .ignored)
    try checkExecution(graph)
  }

  @Test("a part by lines fires once for each of its lines and takes those that it needs")
  func partsByLines() throws {
    var network = LineNetwork([1, 3, 10, 4])
    network.add("Conv", "c", ["x"], weights: [[5, 3, 3, 3]], [.pads(1)])
    network.add("Relu", "r", ["c"])
    network.add("MaxPool", "p", ["r"], [.kernel(2), .strides(2)])
    let graph = try network.blocks()
    let split = try graph.splitting(try #require(graph.block(named: "c")), into: 2, along: .lines)
    let csdf = try split.lines()
    #expect(csdf.actor("c_split_0_0")?.executionTimes.count == 5)
    // Six of ten lines of twelve elements; the first window lies half in the padding.
    let upper = try #require(csdf.channels(from: "x", to: "c_split_0_0").first)
    #expect(upper.production == [12, 12, 12, 12, 12, 12, 0, 0, 0, 0])
    #expect(upper.consumption == [24, 12, 12, 12, 12])
    let lower = try #require(csdf.channels(from: "x", to: "c_split_0_1").first)
    #expect(lower.production == [0, 0, 0, 0, 12, 12, 12, 12, 12, 12])
    #expect(lower.consumption == [36, 12, 12, 12, 0])
    // Two lines of the pooling and half of the third are of the upper part: 5 = 2 · 2 + 1.
    #expect(csdf.actor("p_split_0_0")?.executionTimes.count == 2)
    let across = try #require(csdf.channels(from: "r_split_0_0", to: "p_split_0_1").first)
    #expect(across.production == [0, 0, 0, 0, 20] && across.consumption == [20, 0, 0])
    let rest = try #require(csdf.channels(from: "r_split_0_1", to: "p_split_0_1").first)
    #expect(rest.production == [20, 20, 20, 20, 20] && rest.consumption == [20, 40, 40])
    try check(split, .exact)
    try checkExecution(split)
  }

  @Test("partial sums are added line by line")
  func partialSums() throws {
    var network = LineNetwork([1, 4, 6, 5])
    network.add("Conv", "c", ["x"], weights: [[3, 4, 1, 1]])
    let graph = try network.blocks()
    let split = try graph.splitting(try #require(graph.block(named: "c")), into: 2, along: .inputs)
    let csdf = try split.lines()
    for part in ["c_split_0_0", "c_split_0_1"] {
      #expect(
        csdf.channels(from: "x", to: part).map(\.consumption) == [[Int64](repeating: 10, count: 6)])
      #expect(
        csdf.channels(from: part, to: "c_sum_0").map(\.consumption)
          == [[Int64](repeating: 15, count: 6)])
    }
  }

  @Test("all generated networks", arguments: GeneratedNetwork.allCases)
  func generated(network: GeneratedNetwork) throws {
    var random = SplitMix64(seed: 5)
    let graph = try BlockGraph(try ResolvedGraph(network.model(seed: nil)), name: "network")
    for graph in [graph, transformed(graph, &random)] {
      try check(graph, .exact)
      try check(graph, .ignored)
    }
    try checkExecution(graph)
  }

  @Test("parts of a network read as many lines as the whole")
  func parts() throws {
    let model = SmallNetworks.convolutionReluPoolDense()
    let graph = try BlockGraph(try ResolvedGraph(model), name: "testDNN")
    let split = try graph.splitting(try #require(graph.block(named: "conv")), into: 2)
    let csdf = try split.lines()
    for (channel, edge) in zip(csdf.channels, split.edges)
    where split.operators(of: edge.target) == "Conv" {
      // A line of three channels, and a window of three lines of which two are read again.
      #expect(channel.consumption == [288] + [Int64](repeating: 96, count: 29))
      let again = csdf.channels.first { $0.isSelfEdge && $0.source == channel.destination }
      #expect(again?.production == [Int64](repeating: 192, count: 29) + [0])
    }
  }

  @Test("a block that weighs its input by means of its channels takes all of it first")
  func squeeze() throws {
    var network = LineNetwork([1, 4, 8, 6])
    network.add("GlobalAveragePool", "mean", ["x"])
    network.add("Sigmoid", "weight", ["mean"])
    network.add("Mul", "z", ["x", "weight"])
    let graph = try network.blocks()
    let merged = try graph.merging(
      try ["mean", "weight", "z"].map { try #require(graph.block(named: $0)) })
    try check(merged, .exact)
    try check(merged, .ignored)
    let read = try merged.lines().channels(from: "x", to: "mean+weight+z").map(\.consumption)
    #expect(read == [[192, 0, 0, 0, 0, 0, 0, 0], [Int64](repeating: 24, count: 8)])
  }
}
