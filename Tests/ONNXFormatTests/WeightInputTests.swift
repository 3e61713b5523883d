import Diagnostics
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

private typealias Text = TextModel

/// A graph, and which of its inputs are inputs.
private struct InputCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var graph: String
  var inputs: [String]
  var reading = NetworkReading()

  init(
    _ name: String, _ graph: String, _ inputs: [String],
    _ reading: NetworkReading = NetworkReading()
  ) {
    (testDescription, self.graph, self.inputs, self.reading) = (name, graph, inputs, reading)
  }
}

@Suite("Which inputs of a graph are inputs, and which are weights without values")
struct WeightInputTests {
  private static let output = "output { name: 'y' }"
  private static let image = Text.input("x", "1×3×8×8")
  private static let kernel = Text.input("w", "4×3×1×1")
  private static let storedKernel = Text.weights("w", [4, 3, 1, 1])
  private static let convolution = Text.node("Conv", ["x", "w"], ["c"])
  private static let product =
    Text.input("q", "16×8") + Text.input("k", "8×16") + Text.node("MatMul", ["q", "k"], ["y"])

  /// A network of two convolutions without biases.
  private static let twoKernels =
    image + kernel + Text.input("v", "2×4×1×1") + convolution + Text.node("Relu", ["c"], ["r"])
    + Text.node("Conv", ["r", "v"], ["y"])

  private static let inputCases: [InputCase] = [
    InputCase("a product of two matrices", product, ["q", "k"]),
    InputCase(
      "products of stacks of matrices",
      Text.input("q", "1×4×16×8") + Text.input("k", "1×4×16×8") + Text.input("v", "1×4×16×8")
        + Text.node("Transpose", ["k"], ["t"], Text.ints("perm", [0, 1, 3, 2]))
        + Text.node("MatMul", ["q", "t"], ["s"]) + Text.node("Softmax", ["s"], ["p"])
        + Text.node("MatMul", ["p", "v"], ["y"]), ["q", "k", "v"]),
    InputCase(
      "a kernel that comes in, in a file that stores nothing",
      Text.input("search", "1×4×16×16") + Text.input("template", "4×1×5×5")
        + Text.node("Conv", ["search", "template"], ["y"], Text.int("group", 4)),
      ["search", "template"]),
    InputCase(
      "a vector that is added behind stored weights",
      image + Text.input("level", "1") + storedKernel + convolution
        + Text.node("Add", ["c", "level"], ["y"]), ["x", "level"]),
    InputCase(
      "scale and shift of a normalisation behind stored weights",
      image + Text.input("scale", "4") + Text.input("shift", "4") + storedKernel + convolution
        + Text.node("InstanceNormalization", ["c", "scale", "shift"], ["y"]),
      ["x", "scale", "shift"]),
    InputCase(
      "a bias of a convolution whose kernel is stored",
      image + Text.input("b", "4") + storedKernel + Text.node("Conv", ["x", "w", "b"], ["y"]),
      ["x", "b"]),
    InputCase(
      "a state that a Gather of fixed places takes apart",
      Text.input("x", "10×1×4") + Text.input("state", "2×1×8") + Text.integers("zero", [0])
        + Text.integers("one", [1]) + Text.weights("W", [1, 32, 4]) + Text.weights("R", [1, 32, 8])
        + Text.node("Gather", ["state", "zero"], ["h"])
        + Text.node("Gather", ["state", "one"], ["c"])
        + Text.node("LSTM", ["x", "W", "R", "", "", "h", "c"], ["y"], Text.int("hidden_size", 8)),
      ["x", "state"]),
    InputCase(
      "slopes that come in",
      image + Text.input("s", "3×1×1") + Text.node("PRelu", ["x", "s"], ["y"]),
      ["x", "s"]),
    InputCase(
      "a second factor behind weights in a Constant node",
      Text.input("x", "4×8") + Text.input("k", "8×4")
        + "node { op_type: 'Constant' output: 'w' attribute { name: 'value' type: TENSOR t { "
        + "data_type: 1 dims: [8, 8] raw_data: '\(String(repeating: "\\001", count: 256))' } } }"
        + Text.node("MatMul", ["x", "w"], ["h"]) + Text.node("MatMul", ["h", "k"], ["y"]),
      ["x", "k"]),
  ]

  private static let modestCases: [InputCase] = [
    InputCase(
      "templates of two correlations side by side",
      ["s1", "s2"].map { Text.input($0, "1×4×8×8") }.joined()
        + ["t1", "t2"].map { Text.input($0, "1×4×3×3") }.joined()
        + Text.node("Conv", ["s1", "t1"], ["a"]) + Text.node("Conv", ["s2", "t2"], ["b"])
        + Text.node("Add", ["a", "b"], ["y"]), ["s1", "s2", "t1", "t2"]),
    InputCase(
      "an attention of matrices with a vector that is added to its scores",
      Text.input("q", "4×8") + Text.input("k", "8×4") + Text.input("bias", "4")
        + Text.input("v", "4×8") + Text.node("MatMul", ["q", "k"], ["s"])
        + Text.node("Add", ["s", "bias"], ["t"]) + Text.node("Softmax", ["t"], ["p"])
        + Text.node("MatMul", ["p", "v"], ["y"]), ["q", "k", "bias", "v"]),
  ]

  @Test(
    "a name says that weights are meant where exporters call weights so",
    arguments: [
      ("fc.weight", true), ("dense/kernel:0", true), ("conv1_weight", true), ("fc_W", true),
      ("model.embedding_weight", true), ("layer_norm.bias", true), ("W", false), ("weights", false),
      ("attention_weights", false), ("sample_weight", false), ("class_weight", false),
      ("kernel", false),
    ])
  func names(name: String, areWeights: Bool) throws {
    let graph =
      Text.input("x", "1×8") + Text.input(name, "8×4") + Text.node("MatMul", ["x", name], ["y"])
    let inputs = try ResolvedGraph(try Text.model(graph + Self.output)).inputs.map(\.name)
    #expect(inputs == (areWeights ? ["x"] : ["x", name]))
  }

  private static let weightCases: [InputCase] = [
    InputCase("kernels of two convolutions", twoKernels, ["x"]),
    InputCase(
      "a kernel and its bias",
      image + kernel + Text.input("b", "4") + Text.node("Conv", ["x", "w", "b"], ["y"]), ["x"]),
    InputCase(
      "a matrix and a vector that is added to the product",
      Text.input("x", "1×8") + Text.input("m", "8×4") + Text.input("v", "4")
        + Text.node("MatMul", ["x", "m"], ["h"]) + Text.node("Add", ["h", "v"], ["y"]), ["x"]),
    InputCase(
      "what a batch normalisation has learnt, although a shape is stored",
      image + ["s", "o", "m", "v"].map { Text.input($0, "3") }.joined()
        + Text.node("BatchNormalization", ["x", "s", "o", "m", "v"], ["h"])
        + Text.integers("shape", [1, 192]) + Text.node("Reshape", ["h", "shape"], ["y"]), ["x"]),
    InputCase(
      "weights by their name",
      Text.input("x", "1×8") + Text.input("fc.weight", "8×4")
        + Text.node("MatMul", ["x", "fc.weight"], ["y"]), ["x"]),
    InputCase(
      "an input that is listed among the stored values",
      image + kernel + storedKernel + Text.node("Conv", ["x", "w"], ["y"]), ["x"]),
  ]

  private static let saidCases: [InputCase] = [
    InputCase("named as weights", product, ["q"], .init(weights: ["k"])),
    InputCase("named as inputs", twoKernels, ["x", "w", "v"], .init(inputs: ["w", "v"])),
    InputCase("one of them named as an input", twoKernels, ["x", "w"], .init(inputs: ["w"])),
    InputCase(
      "an input by its shape", twoKernels, ["x", "w"], .init(shapes: ["w": [4, 3, 1, 1]])),
    InputCase(
      "weights of another shape", twoKernels, ["x"],
      .init(shapes: ["w": [4, 3, 3, 3]], weights: ["w", "v"])),
    InputCase(
      "stored values that are to come in",
      image + kernel + storedKernel
        + Text.node("Conv", ["x", "w"], ["y"]), ["x", "w"], .init(inputs: ["w"])),
  ]

  @Test(
    "inputs stay inputs, weights become weights, and the user decides",
    arguments: inputCases + modestCases + weightCases + saidCases)
  fileprivate func decided(_ example: InputCase) throws {
    let resolved = try ResolvedGraph(
      try Text.model(example.graph + Self.output), reading: example.reading)
    #expect(resolved.inputs.map(\.name) == example.inputs)
  }

  @Test("the decision is said in a line that names the option for the other one")
  func said() throws {
    func lines(_ graph: String) throws -> [String] {
      try ResolvedGraph(try Text.model(graph + Self.output)).diagnostics.map(\.description)
    }
    let kept = try lines(Self.product)
    #expect(kept.count == 1)
    #expect(kept[0].contains("k is read like weights and taken as an input"))
    #expect(kept[0].contains("`weights` k"))
    let taken = try lines(Self.twoKernels)
    #expect(taken.contains { $0.contains("w, v are read like weights and taken as weights") })
    #expect(taken.contains { $0.contains("`no_weights` w") })
    #expect(try lines(Self.image + Text.node("Relu", ["x"], ["y"])).isEmpty)
  }

  @Test(
    "names that do not exist and contradictions are refused",
    arguments: [
      (NetworkReading(weights: ["kk"]), "`weights`: there is no input kk; the inputs are q, k"),
      (NetworkReading(inputs: ["z"]), "`no_weights`: there is no input z"),
      (NetworkReading(weights: ["k"], inputs: ["k"]), "`weights`: k is also named by `no_weights`"),
      (NetworkReading(values: ["k": ["1"]], weights: ["k"]), "`weights`: k has a value"),
      (NetworkReading(values: ["k": ["1"]], inputs: ["k"]), "`no_weights`: k has a value"),
    ])
  func refused(reading: NetworkReading, message: String) throws {
    let model = try Text.model(Self.product + Self.output)
    let error = #expect(throws: ONNXError.self) { try ResolvedGraph(model, reading: reading) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
