import Dataflow
import DataflowConversion
import NetworkModel
import ONNXFormat
import Testing

/// Networks on an input `x` of 1 × 4 × 8 × 6 and, where it is read, another `y`.
struct OperatorCase: Sendable, CustomTestStringConvertible {
  var name: String
  /// The phases of the operator `z`.
  var phases: Int
  var other: [Int] = []
  var input: [Int] = [1, 4, 8, 6]
  var opset: Int64 = 13
  var build: @Sendable (inout LineNetwork) -> Void

  var testDescription: String { name }

  static let all: [OperatorCase] = [
    .init(name: "Relu", phases: 8) { $0.add("Relu", "z", ["x"]) },
    .init(name: "BatchNormalization", phases: 8) {
      $0.add("BatchNormalization", "z", ["x"], weights: [[4], [4], [4], [4]])
    },
    .init(name: "BatchNormalization in training", phases: 1, opset: 14) {
      $0.add(
        "BatchNormalization", "z", ["x"], weights: [[4], [4], [4], [4]],
        [ONNXAttribute(name: "training_mode", int: 1)])
    },
    .init(name: "LRN", phases: 8) {
      $0.add("LRN", "z", ["x"], [ONNXAttribute(name: "size", int: 3)])
    },
    .init(name: "InstanceNormalization", phases: 1) {
      $0.add("InstanceNormalization", "z", ["x"], weights: [[4], [4]])
    },
    .init(name: "InstanceNormalization with a computed scale", phases: 1, other: [4]) {
      $0.add("Relu", "s", ["y"])
      $0.add("InstanceNormalization", "z", ["x", "s"], weights: [[4]])
    },
    .init(name: "Softmax over channels", phases: 8) { $0.add("Softmax", "z", ["x"], [.axis(1)]) },
    .init(name: "Softmax over channels from the end", phases: 8) {
      $0.add("LogSoftmax", "z", ["x"], [.axis(-3)])
    },
    .init(name: "Softmax over columns", phases: 1) { $0.add("Softmax", "z", ["x"]) },
    // Before version 13 a Softmax runs over its axis and all behind it.
    .init(name: "Softmax before version 13", phases: 1, opset: 11) {
      $0.add("Softmax", "z", ["x"], [.axis(1)])
    },
    .init(name: "Add", phases: 8, other: [1, 4, 8, 6]) { $0.add("Add", "z", ["x", "y"]) },
    .init(name: "Mul with a value of each channel", phases: 8, other: [1, 4, 1, 1]) {
      $0.add("Mul", "z", ["x", "y"])
    },
    .init(name: "Concat along channels", phases: 8, other: [1, 2, 8, 6]) {
      $0.add("Concat", "z", ["x", "y"], [.axis(1)])
    },
    .init(name: "Concat along lines", phases: 1, other: [1, 4, 2, 6]) {
      $0.add("Concat", "z", ["x", "y"], [.axis(2)])
    },
    .init(name: "depth-wise Conv", phases: 6) {
      $0.add(
        "Conv", "z", ["x"], weights: [[4, 1, 3, 3]], [ONNXAttribute(name: "group", int: 4)])
    },
    .init(name: "Conv with computed weights", phases: 1, other: [5, 4, 3, 3]) {
      $0.add("Relu", "w", ["y"])
      $0.add("Conv", "z", ["x", "w"])
    },
    .init(name: "MaxPool", phases: 4) { $0.add("MaxPool", "z", ["x"], [.kernel(2), .strides(2)]) },
    .init(name: "MaxPool of rank 5", phases: 1, input: [1, 4, 8, 6, 6]) {
      $0.add("MaxPool", "z", ["x"], [ONNXAttribute(name: "kernel_shape", ints: [2, 2, 2])])
    },
    .init(name: "ConvTranspose", phases: 1) {
      $0.add("ConvTranspose", "z", ["x"], weights: [[4, 3, 2, 2]], [.strides(2)])
    },
    .init(name: "GlobalAveragePool", phases: 1) { $0.add("GlobalAveragePool", "z", ["x"]) },
    .init(name: "Transpose", phases: 1) { $0.add("Transpose", "z", ["x"]) },
    .init(name: "MatMul", phases: 1) { $0.add("MatMul", "z", ["x"], weights: [[6, 5]]) },
  ]
}

@Suite("Operators go by lines where an output line needs only some input lines")
struct LineOperatorTests {
  @Test("an operator has a phase for each line, or one", arguments: OperatorCase.all)
  func phases(_ test: OperatorCase) throws {
    var network = LineNetwork(
      inputs: [("x", test.input)] + (test.other.isEmpty ? [] : [("y", test.other)]),
      opset: test.opset)
    test.build(&network)
    let graph = try network.blocks()
    for padding in [LinePadding.exact, .ignored] {
      let csdf = try graph.lines(padding)
      #expect(csdf.actor("z")?.executionTimes.count == test.phases)
      for (channel, edge) in zip(csdf.channels, graph.edges) {
        #expect(channel.production.reduce(0, +) == Int64(graph.elements(edge.slice)))
        #expect(channel.consumption.reduce(0, +) == Int64(graph.elements(edge.slice)))
      }
    }
  }

  @Test("what is broadcast over the lines is taken at the first and kept until the last")
  func broadcast() throws {
    for shape in [[1, 4, 1, 1], [4, 1, 1]] {
      var network = LineNetwork(inputs: [("x", [1, 4, 8, 6]), ("y", shape)])
      network.add("Mul", "z", ["x", "y"])
      let csdf = try network.blocks().lines()
      let taken = try #require(csdf.channels(from: "y", to: "z").first)
      #expect(taken.consumption == [4, 0, 0, 0, 0, 0, 0, 0])
      let kept = csdf.channels(from: "z", to: "z")
      #expect(kept.map(\.production) == [[4, 4, 4, 4, 4, 4, 4, 0]])
      #expect(kept.map(\.consumption) == [[0, 4, 4, 4, 4, 4, 4, 4]])
    }
  }

  @Test("a view that keeps the number of lines but not their elements is taken whole")
  func view() throws {
    var network = LineNetwork([1, 4, 8, 6])
    network.add("Relu", "r", ["x"])
    network.reshape("view", "r", [1, 2, 8, 12])
    network.add("MaxPool", "z", ["view"], [.kernel(3)])
    let csdf = try network.blocks().lines()
    let taken = try #require(csdf.channels(from: "r", to: "z").first)
    #expect(taken.production == [Int64](repeating: 24, count: 8))
    #expect(taken.consumption == [192, 0, 0, 0, 0, 0])
    // Lines of 2 × 12 elements; phase p still uses those from p on.
    let kept = csdf.channels(from: "z", to: "z")
    #expect(kept.map(\.production) == [[168, 144, 120, 96, 72, 0]])
  }

  @Test("names of blocks cannot make names of channels meet")
  func names() throws {
    var network = LineNetwork(inputs: [("x", [1, 4, 8, 6]), ("y", [1, 4, 1, 1])])
    network.add("Mul", "a", ["x", "y"])
    network.add("MaxPool", "a, port 1", ["a"], [.kernel(3)])
    let csdf = try network.blocks().lines()
    #expect(csdf.channels.filter(\.isSelfEdge).count == 2)
  }
}
