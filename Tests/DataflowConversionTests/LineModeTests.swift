import Dataflow
import DataflowConversion
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import TestSupport
import Testing

@Suite("A graph of blocks becomes a CSDF graph in line mode")
struct LineModeTests {
  private func testNetwork() throws -> BlockGraph {
    let model = SmallNetworks.convolutionReluPoolDense()
    return try BlockGraph(try ResolvedGraph(model), name: "testDNN")
  }

  /// A list with runs, as `[(times, value)]`.
  private func list(_ runs: [(Int, Int64)]) -> [Int64] {
    runs.flatMap { [Int64](repeating: $0.1, count: $0.0) }
  }

  @Test("rates, schedule and buffers are those of the published example")
  func published() throws {
    let graph = try testNetwork()
    let ticks: [Int64] = [0, 6480 * 30, 240 * 30, 480 * 15, 18000, 0]
    let csdf = try CSDFGraph(graph, ticks: ticks, granularity: .line, padding: .ignored)
    let edges = [("conv", "relu"), ("relu", "pool"), ("pool", "fc")]
    let rates = edges.compactMap { csdf.channels(from: $0.0, to: $0.1).first }
    #expect(rates.map(\.production) == [list([(30, 240)]), list([(30, 240)]), list([(15, 120)])])
    #expect(rates.map(\.consumption) == [list([(30, 240)]), list([(15, 480)]), [1800]])
    #expect(csdf.actors[1].executionTimes == list([(30, 6480)]))

    // The published schedule begins at the convolution and ends at the dense layer.
    let part = try csdf.without(["input", "output"])
    let schedule = try StrictlyPeriodicSchedule(of: part)
    #expect(schedule.iterationPeriod == 194_400)
    #expect(schedule.periods == [6480, 6480, 12960, 194_400])
    #expect(schedule.startTimes == [0, 6480, 19440, 213_840])
    #expect(schedule.bufferSizes == [480, 960, 3600])
    #expect(schedule.latency == 408_240)
    #expect(abs(schedule.utilization - 1.1667) < 1e-4)
    // What takes 16200 tokens a tensor at a time fits 2520.
    #expect(rates.reduce(0) { $0 + $1.production.reduce(0, +) } == 16_200)
    let least = try BufferTradeOff(of: part, evaluationLimit: 10)
    #expect(try #require(least.points.first).total == 2520)
  }

  @Test("schedule and buffers in one phase are those of the published example")
  func wholeTensor() throws {
    let ticks: [Int64] = [0, 6480 * 30, 240 * 30, 480 * 15, 18000, 0]
    let csdf = try CSDFGraph(try testNetwork(), ticks: ticks)
    let schedule = try StrictlyPeriodicSchedule(of: try csdf.without(["input", "output"]))
    #expect(schedule.iterationPeriod == 194_400)
    #expect(schedule.startTimes == [0, 194_400, 388_800, 583_200])
    #expect(schedule.bufferSizes == [14_400, 14_400, 3600])
    #expect(schedule.latency == 777_600)
  }

  @Test("an input by lines under a window that overlaps has the published schedule")
  func overlap() throws {
    var network = LineNetwork([1, 3, 8, 8])
    network.add("Conv", "conv", ["x"], weights: [[4, 3, 3, 3]])
    network.add("MaxPool", "pool", ["conv"], [.kernel(2), .strides(2)])
    network.add("Flatten", "flat", ["pool"])
    network.add("MatMul", "fc", ["flat"], weights: [[36, 10]])
    for padding in [LinePadding.exact, .ignored] {
      let csdf = try CSDFGraph(
        try network.blocks(), ticks: [8, 648 * 6, 48 * 3, 360, 0], granularity: .line,
        padding: padding)
      let rates = csdf.channels.prefix(3)
      #expect(rates.map(\.production) == [list([(8, 24)]), list([(6, 24)]), list([(3, 12)])])
      #expect(rates.map(\.consumption) == [list([(1, 72), (5, 24)]), list([(3, 48)]), [36]])
      let again = csdf.channels(from: "conv", to: "conv")
      #expect(again.map(\.production) == [list([(5, 48), (1, 0)])])
      #expect(again.map(\.consumption) == [list([(1, 0), (5, 48)])])
      let schedule = try StrictlyPeriodicSchedule(of: try csdf.without([csdf.actors[4].name]))
      #expect(schedule.iterationPeriod == 3888)
      #expect(schedule.periods == [486, 648, 1296, 3888])
      #expect(schedule.startTimes == [0, 1458, 2754, 6642])
      #expect(schedule.bufferSizes == [120, 96, 72])
      #expect(schedule.latency == 10_530)
    }
  }

  /// The tokens that all channels between layers carry in an iteration.
  private func naiveTokens(_ graph: CSDFGraph) -> Int64 {
    graph.channels.filter { !$0.isSelfEdge && graph[$0.source].name.hasPrefix("l") }
      .reduce(0) { $0 + $1.production.reduce(0, +) }
  }

  @Test("AlexNet has the published rates and naive buffers")
  func alexnet() throws {
    let csdf = try chain(
      input: [3, 224, 224],
      [
        .conv(96, 11, 4), .pool(3, 2), .conv(256, 5, 1, pad: 2), .pool(3, 2),
        .conv(384, 3, 1, pad: 1), .conv(384, 3, 1, pad: 1), .conv(256, 3, 1, pad: 1),
        .pool(2, 2),
      ]
    ).lines(.ignored)
    let published: [(production: [(Int, Int64)], consumption: [(Int, Int64)])] = [
      ([(54, 5184)], [(1, 15552), (24, 10368), (1, 15552)]),
      ([(26, 2496)], [(1, 12480), (21, 2496), (4, 0)]),
      ([(26, 6656)], [(1, 19968), (10, 13312), (1, 19968)]),
      ([(12, 3072)], [(1, 9216), (9, 3072), (2, 0)]),
    ]
    for (index, rates) in published.enumerated() {
      let edge = try #require(csdf.channels(from: "l\(index)", to: "l\(index + 1)").first)
      #expect(edge.production == list(rates.production))
      #expect(edge.consumption == list(rates.consumption))
    }
    // The three dense layers make 4096, 4096 and 1000 more.
    #expect(naiveTokens(csdf) + 4096 + 4096 + 1000 == 720_616)
  }

  @Test("VGG-16 has the published rates and naive buffers")
  func vgg() throws {
    let blocks = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]
    let kinds = blocks.flatMap { kernels, count in
      [Kind](repeating: .conv(kernels, 3, 1, pad: 1), count: count) + [.pool(2, 2)]
    }
    let csdf = try chain(input: [3, 224, 224], kinds).lines(.ignored)
    let convolution = try #require(csdf.channels(from: "l0", to: "l1").first)
    #expect(convolution.production == list([(224, 14336)]))
    #expect(convolution.consumption == list([(1, 43008), (221, 14336), (2, 0)]))
    // Two lines are read again by each window, also by those that take none.
    let overlap = try #require(csdf.channels(from: "l1", to: "l1").first)
    #expect(overlap.production == list([(223, 28672), (1, 0)]))
    #expect(overlap.consumption == list([(1, 0), (223, 28672)]))
    let pooling = try #require(csdf.channels(from: "l1", to: "l2").first)
    #expect(pooling.consumption == list([(112, 28672)]))
    // Two dense layers make 4096 more each; the last is left out.
    #expect(naiveTokens(csdf) + 2 * 4096 == 15_086_080)
  }

  @Test(
    "a 1×1 convolution of stride 2 takes line by line and the rest at the end, if padding is ignored"
  )
  func stridedPoint() throws {
    let graph = try chain(input: [64, 56, 56], [.conv(64, 3, 1, pad: 1), .conv(128, 1, 2)])
    func consumption(_ padding: LinePadding) throws -> [Int64] {
      let csdf = try CSDFGraph(
        graph, ticks: graph.blocks.map { _ in 1 }, granularity: .line, padding: padding)
      return try #require(csdf.channels(from: "l0", to: "l1").first).consumption
    }
    #expect(try consumption(.ignored) == list([(27, 3584), (1, 103_936)]))
    #expect(try consumption(.exact) == list([(1, 3584), (26, 7168), (1, 2 * 7168 - 3584)]))
  }

  private enum Kind {
    case conv(Int, Int, Int, pad: Int = 0)
    case pool(Int, Int)
  }

  /// A chain of convolutions and poolings `l0`, `l1`, …
  private func chain(input: [Int], _ kinds: [Kind]) throws -> BlockGraph {
    var network = LineNetwork([1] + input)
    var channels = input[0]
    var value = "x"
    for (index, kind) in kinds.enumerated() {
      let name = "l\(index)"
      switch kind {
      case .conv(let kernels, let size, let stride, let pad):
        network.add(
          "Conv", name, [value], weights: [[kernels, channels, size, size]],
          [.strides(stride), .pads(pad)])
        channels = kernels
      case .pool(let size, let stride):
        network.add("MaxPool", name, [value], [.kernel(size), .strides(stride)])
      }
      value = name
    }
    return try network.blocks()
  }
}
