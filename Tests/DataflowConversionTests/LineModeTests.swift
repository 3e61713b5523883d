import Dataflow
import DataflowConversion
import NetworkModel
import ONNXFormat
import ONNXSchema
import Partitioning
import TestSupport
import Testing

@testable import NetworkImport

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

  private func channels(
    _ graph: CSDFGraph, from source: String, to target: String
  ) -> [CSDFGraph.Channel] {
    graph.channels.filter {
      graph[$0.source].name == source && graph[$0.destination].name == target
    }
  }

  @Test("rates, schedule and buffers are those of the published example")
  func published() throws {
    let graph = try testNetwork()
    let ticks: [Int64] = [0, 6480 * 30, 240 * 30, 480 * 15, 18000, 0]
    let csdf = try CSDFGraph(graph, ticks: ticks, granularity: .line, padding: .ignored)
    let edges = [("conv", "relu"), ("relu", "pool"), ("pool", "fc")]
    let rates = edges.compactMap { channels(csdf, from: $0.0, to: $0.1).first }
    #expect(rates.map(\.production) == [list([(30, 240)]), list([(30, 240)]), list([(15, 120)])])
    #expect(rates.map(\.consumption) == [list([(30, 240)]), list([(15, 480)]), [1800]])
    #expect(csdf.actors[1].executionTimes == list([(30, 6480)]))

    // The published schedule begins at the convolution.
    let kept = [1, 2, 3, 4]
    let part = try CSDFGraph(
      name: "part", actors: kept.map { csdf.actors[$0] },
      channels: rates.map {
        CSDFGraph.Channel(
          name: $0.name, source: .init($0.source.index - 1),
          destination: .init($0.destination.index - 1), production: $0.production,
          consumption: $0.consumption)
      })
    let schedule = try StrictlyPeriodicSchedule(of: part)
    #expect(schedule.iterationPeriod == 194_400)
    #expect(schedule.periods == [6480, 6480, 12960, 194_400])
    #expect(schedule.startTimes == [0, 6480, 19440, 213_840])
    #expect(schedule.bufferSizes == [480, 960, 3600])
    #expect(schedule.latency == 408_240)
    #expect(abs(schedule.utilization - 1.1667) < 1e-4)
    // What fits the naive buffers, 16200 tokens, fits 2520.
    let least = try BufferTradeOff(of: part, evaluationLimit: 10)
    #expect(try #require(least.points.first).total == 2520)
  }

  private func lines(_ graph: BlockGraph) throws -> CSDFGraph {
    try CSDFGraph(
      graph, ticks: graph.blocks.map { _ in 1 }, granularity: .line, padding: .ignored)
  }

  /// The tokens that all channels between layers carry in an iteration.
  private func naiveTokens(_ graph: CSDFGraph) -> Int64 {
    graph.channels.filter { !$0.isSelfEdge && graph[$0.source].name.hasPrefix("l") }
      .reduce(0) { $0 + $1.production.reduce(0, +) }
  }

  @Test("AlexNet has the published rates and naive buffers")
  func alexnet() throws {
    let csdf = try lines(
      chain(
        input: [3, 224, 224],
        [
          .conv(96, 11, 4), .pool(3, 2), .conv(256, 5, 1, pad: 2), .pool(3, 2),
          .conv(384, 3, 1, pad: 1), .conv(384, 3, 1, pad: 1), .conv(256, 3, 1, pad: 1),
          .pool(2, 2),
        ]))
    let published: [(production: [(Int, Int64)], consumption: [(Int, Int64)])] = [
      ([(54, 5184)], [(1, 15552), (24, 10368), (1, 15552)]),
      ([(26, 2496)], [(1, 12480), (21, 2496), (4, 0)]),
      ([(26, 6656)], [(1, 19968), (10, 13312), (1, 19968)]),
      ([(12, 3072)], [(1, 9216), (9, 3072), (2, 0)]),
    ]
    for (index, rates) in published.enumerated() {
      let edge = try #require(channels(csdf, from: "l\(index)", to: "l\(index + 1)").first)
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
    let csdf = try lines(chain(input: [3, 224, 224], kinds))
    let convolution = try #require(channels(csdf, from: "l0", to: "l1").first)
    #expect(convolution.production == list([(224, 14336)]))
    #expect(convolution.consumption == list([(1, 43008), (221, 14336), (2, 0)]))
    let pooling = try #require(channels(csdf, from: "l1", to: "l2").first)
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
      return try #require(channels(csdf, from: "l0", to: "l1").first).consumption
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
    var proto = Onnx_ModelProto()
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 13
    proto.opsetImport = [opset]
    proto.graph.input = [Onnx_ValueInfoProto(name: "x", type: TensorType(.float, [1] + input))]
    var initializers: [Initializer] = []
    var channels = input[0]
    var value = "x"
    for (index, kind) in kinds.enumerated() {
      var node = ONNXNode()
      node.name = "l\(index)"
      node.output = ["v\(index)"]
      switch kind {
      case .conv(let kernels, let size, let stride, let pad):
        node.opType = "Conv"
        node.input = [value, "w\(index)"]
        node.attribute = [
          ONNXAttribute(name: "strides", ints: [stride, stride]),
          ONNXAttribute(name: "pads", ints: [pad, pad, pad, pad]),
        ]
        initializers.append(
          Initializer(
            name: "w\(index)", absent: TensorType(.float, [kernels, channels, size, size])))
        channels = kernels
      case .pool(let size, let stride):
        node.opType = "MaxPool"
        node.input = [value]
        node.attribute = [
          ONNXAttribute(name: "kernel_shape", ints: [size, size]),
          ONNXAttribute(name: "strides", ints: [stride, stride]),
        ]
      }
      value = "v\(index)"
      proto.graph.node.append(node)
    }
    proto.graph.output = [Onnx_ValueInfoProto(name: value, type: TensorType(.float, []))]
    let model = ONNXModel(proto: proto, initializers: initializers)
    return try BlockGraph(try ResolvedGraph(model), name: "chain")
  }

  /// Which input lines each output line's window touches, one by one.
  @Test("exact padding takes a line when its first window needs it", arguments: 1...60)
  func windows(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let height = Int.random(in: 4...20, using: &random)
    let size = Int.random(in: 1...4, using: &random)
    let stride = Int.random(in: 1...4, using: &random)
    let pad = Int.random(in: 0..<size, using: &random)
    guard height + 2 * pad >= size else { return }
    let graph = try chain(
      input: [2, height, height],
      [.conv(3, 1, 1), .conv(4, size, stride, pad: pad)])
    let csdf = try CSDFGraph(graph, ticks: graph.blocks.map { _ in 7 }, granularity: .line)
    let edge = try #require(channels(csdf, from: "l0", to: "l1").first)
    let outputs = (height + 2 * pad - size) / stride + 1
    #expect(edge.consumption.count == outputs)
    var taken = 0
    let overlap = csdf.channels.first { $0.isSelfEdge && csdf[$0.source].name == "l1" }
    for line in 0..<outputs {
      let touched = (0..<size).map { line * stride - pad + $0 }.filter { (0..<height).contains($0) }
      let last = line == outputs - 1 ? height : max(taken, (touched.max() ?? -1) + 1)
      #expect(edge.consumption[line] == Int64((last - taken) * 3 * height))
      // Carried lines are those that were taken before and that this window or a later one reads.
      let useful = (0..<taken).filter { old in
        (line..<outputs).contains { later in
          (0..<size).contains { later * stride - pad + $0 == old }
        }
      }
      let carried = overlap.map { $0.consumption[line] / Int64(3 * height) } ?? 0
      if line > 0 {
        #expect(carried >= Int64(useful.count) && carried <= Int64(max(useful.count, size)))
      }
      taken = last
    }
    #expect(taken == height)
  }

  @Test(
    "every network stays consistent, and moves all of its tensors",
    arguments: [
      GeneratedNetwork.alexnet, .resnet18, .mobilenetv2, .squeezenet, .unet, .vit, .yolov3tiny,
      .mnist,
    ])
  func networks(network: GeneratedNetwork) throws {
    let graph = try BlockGraph(try ResolvedGraph(network.model(seed: nil)), name: "network")
    for padding in [LinePadding.exact, .ignored] {
      let csdf = try CSDFGraph(
        graph, ticks: graph.blocks.map { _ in 1000 }, granularity: .line, padding: padding)
      let repetition = try RepetitionVector(of: csdf)
      #expect(repetition.cycles.allSatisfy { $0 == 1 })
      for (channel, edge) in zip(csdf.channels, graph.edges) {
        let tokens = Int64(graph.elements(edge.slice))
        #expect(channel.production.reduce(0, +) == tokens)
        #expect(channel.consumption.reduce(0, +) == tokens)
      }
      for actor in csdf.actors { #expect(actor.executionTimes.reduce(0, +) == 1000) }
      let schedule = try StrictlyPeriodicSchedule(of: csdf)
      let whole = try StrictlyPeriodicSchedule(
        of: try CSDFGraph(graph, ticks: graph.blocks.map { _ in 1000 }))
      #expect(schedule.bufferSizes.reduce(0, +) > 0 && whole.latency > 0)
      let run = try Throughput(of: csdf, capacities: schedule.bufferSizes)
      // Buffers of a schedule whose period is rounded up may hold the execution up, but not beyond it.
      let period = try #require(run.period)
      #expect(period >= Fraction(1000) && period <= Fraction(schedule.iterationPeriod))
    }
  }
}
