import Dataflow
import NetworkImport
import NetworkModel
import ONNXFormat
import Partitioning
import RandomNumbers
import Testing

/// A random window: a convolution or a pooling, its padding by numbers or by name.
private struct RandomWindow: Sendable {
  var type = "Conv"
  var size = 1
  var stride = 1
  var dilation = 1
  var pads = (above: 0, below: 0)
  var mode = "NOTSET"
  var roundsUp = false

  var extent: Int { dilation * (size - 1) + 1 }

  /// - Parameter reaches: Whether every window has a line that is not padding.
  init(_ random: inout SplitMix64, reaches: Bool = false) {
    type = ["Conv", "Depthwise", "MaxPool", "AveragePool"].randomElement(using: &random)!
    size = Int.random(in: 1...5, using: &random)
    stride = Int.random(in: 1...4, using: &random)
    if type != "AveragePool" { dilation = Int.random(in: 1...3, using: &random) }
    // onnx wants less padding than a pooling is high.
    let most = type.hasSuffix("Pool") ? size - 1 : reaches ? extent - 1 : extent + 1
    pads = (Int.random(in: 0...most, using: &random), Int.random(in: 0...most, using: &random))
    mode = ["NOTSET", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"].randomElement(using: &random)!
    roundsUp = type.hasSuffix("Pool") && mode == "NOTSET" && Bool.random(using: &random)
  }

  func add(_ name: String, reading value: String, channels: Int, to network: inout LineNetwork) {
    // Other numbers along the width, so that the axes cannot be taken for each other.
    var attributes = [
      ONNXAttribute(name: "kernel_shape", ints: [size, 2]),
      ONNXAttribute(name: "strides", ints: [stride, 1]),
    ]
    if dilation > 1 { attributes.append(ONNXAttribute(name: "dilations", ints: [dilation, 1])) }
    if mode == "NOTSET" {
      attributes.append(ONNXAttribute(name: "pads", ints: [pads.above, 0, pads.below, 1]))
    } else {
      attributes.append(ONNXAttribute(name: "auto_pad", string: mode))
    }
    if roundsUp { attributes.append(ONNXAttribute(name: "ceil_mode", int: 1)) }
    switch type {
    case "Conv":
      network.add("Conv", name, [value], weights: [[channels, channels, size, 2]], attributes)
    case "Depthwise":
      attributes.append(ONNXAttribute(name: "group", int: channels))
      network.add("Conv", name, [value], weights: [[channels, 1, size, 2]], attributes)
    default: network.add(type, name, [value], attributes)
    }
  }

  /// The lines that the window of each output line spans, gaps of its dilation included.
  func spans(height: Int, outputs: Int) -> [[Int]] {
    var above = pads.above
    if mode == "VALID" { above = 0 }
    if mode.hasPrefix("SAME") {
      let all = max(0, (outputs - 1) * stride + extent - height)
      above = mode == "SAME_UPPER" ? all / 2 : all - all / 2
    }
    return (0..<outputs).map { line in
      (0..<extent).map { line * stride - above + $0 }.filter { (0..<height).contains($0) }
    }
  }
}

@Suite("Windows take the lines they span, and keep those that are spanned again")
struct LineWindowTests {
  private let channels = 3

  private func height(_ graph: BlockGraph, _ name: String) throws -> Int {
    graph[try #require(graph.block(named: name))].outputs[0].shape[2]
  }

  /// The lines that each phase takes and keeps, found by looking at every line of every window.
  private func reference(
    _ spans: [[Int]], height: Int
  ) -> (taken: [Int], kept: [Int]) {
    var seen = Set<Int>()
    var taken: [Int] = []
    var kept: [Int] = []
    for (phase, span) in spans.enumerated() {
      let before = seen.count
      // Lines come in order: with a line come all before it.
      if let last = span.max() { seen.formUnion(0...last) }
      if phase == spans.count - 1 { seen.formUnion(0..<height) }
      taken.append(seen.count - before)
      let again = spans[(phase + 1)...].reduce(into: Set<Int>()) { $0.formUnion($1) }
      kept.append(seen.intersection(again).count)
    }
    return (taken, kept)
  }

  private func check(
    _ csdf: CSDFGraph, _ spans: [[Int]], height: Int, from source: String, to target: String
  ) throws {
    let (taken, kept) = reference(spans, height: height)
    let width = Int64(channels * 16)
    let edge = try #require(csdf.channels(from: source, to: target).first)
    #expect(edge.consumption == taken.map { Int64($0) * width })
    let overlaps = csdf.channels(from: target, to: target)
    guard kept.contains(where: { $0 > 0 }) else {
      #expect(overlaps.isEmpty)
      return
    }
    let rates = kept.map { Int64($0) * width }
    #expect(overlaps.map(\.production) == [rates])
    #expect(overlaps.map(\.consumption) == [[0] + rates.dropLast()])
    #expect(overlaps.map(\.initialTokens) == [0])
  }

  /// A network of windows one behind the other, with a ReLU behind the first of several; drawn
  /// again until every window fits.
  private func network(
    _ count: Int, height: Int, _ random: inout SplitMix64
  ) -> (windows: [RandomWindow], graph: BlockGraph) {
    while true {
      let windows = (0..<count).map { _ in RandomWindow(&random, reaches: count > 1) }
      var network = LineNetwork([1, channels, height, 16])
      windows[0].add("a", reading: "x", channels: channels, to: &network)
      if count > 1 {
        network.add("Relu", "r", ["a"])
        windows[1].add("b", reading: "r", channels: channels, to: &network)
      }
      if let graph = try? network.blocks() { return (windows, graph) }
    }
  }

  @Test("convolutions and poolings of any stride, dilation and padding", arguments: 1...300)
  func single(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let height = Int.random(in: 1...20, using: &random)
    let (windows, graph) = network(1, height: height, &random)
    let spans = windows[0].spans(height: height, outputs: try self.height(graph, "a"))
    try check(try graph.lines(), spans, height: height, from: "x", to: "a")
  }

  @Test("merged blocks compose the windows of their steps", arguments: 1...300)
  func merged(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let height = Int.random(in: 4...20, using: &random)
    let (windows, graph) = network(2, height: height, &random)
    let merged = try graph.merging(
      try ["a", "r", "b"].map { try #require(graph.block(named: $0)) })
    let inner = windows[0].spans(height: height, outputs: try self.height(graph, "a"))
    let outer = windows[1].spans(height: inner.count, outputs: try self.height(graph, "b"))
    // From the first to the last line, gaps between windows included.
    let spans = try outer.map { lines in
      let all = lines.flatMap { inner[$0] }
      return Array(try #require(all.min())...(try #require(all.max())))
    }
    try check(try merged.lines(), spans, height: height, from: "x", to: "a+r+b")
  }
}
