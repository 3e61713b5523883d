import Diagnostics
import ONNXSchema
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

private typealias Text = TextModel

@Suite("Sizes, values and ends of a network that the user gives")
struct NetworkReadingTests {
  private func message(_ graph: String, _ reading: NetworkReading) throws -> String {
    let model = try Text.model(graph)
    do {
      _ = try ResolvedGraph(model, reading: reading)
      return ""
    } catch let error as ONNXError { return error.description }
  }

  // MARK: Dimensions

  /// Three inputs with the same named dimensions.
  private static let encoder =
    ["ids", "mask", "kinds"].map { Text.input($0, "batch×sequence") }.joined()
    + Text.node("Sum", ["ids", "mask", "kinds"], ["y"])
    + Text.value("output", "y", "batch×sequence")

  @Test(
    "a named dimension that is known once is known for all inputs",
    arguments: [
      (NetworkReading(dimensions: ["sequence": 16]), [1, 16]),
      (NetworkReading(dimensions: ["batch": 2, "sequence": 16]), [2, 16]),
      (NetworkReading(shapes: ["mask": [3, 16]]), [3, 16]),
      (NetworkReading(shapes: ["mask": [1, 16]], dimensions: ["sequence": 16]), [1, 16]),
    ])
  func dimensions(reading: NetworkReading, shape: [Int]) throws {
    let resolved = try ResolvedGraph(try Text.model(Self.encoder), reading: reading)
    #expect(resolved.inputs.map(\.type.shape) == [shape, shape, shape])
  }

  @Test("all inputs are asked for at once, with examples of their ranks")
  func asked() throws {
    let all = try message(Self.encoder, .init())
    for words in [
      "ids (batch×sequence), mask", "kinds (batch×sequence)", "`dim` batch=1,sequence=128",
      "ids=1,128",
    ] {
      #expect(all.contains(words), "\(all)")
    }
    let image = try message(
      Text.input("x", "?×3×?×?") + Text.node("Relu", ["x"], ["y"]) + "output { name: 'y' }", .init()
    )
    #expect(image.contains("`input_shape` x=1,3,224,224"))
    // What stands first in one input and second in another is no batch.
    let swapped = try message(
      Text.input("x", "time×4") + Text.input("z", "1×time") + Text.node("Relu", ["x"], ["y"])
        + "output { name: 'y' }", .init())
    #expect(swapped.contains("`dim` time="), "\(swapped)")
  }

  @Test(
    "dimensions that do not exist or have two sizes are refused",
    arguments: [
      (NetworkReading(dimensions: ["sequenze": 1]), "`dim`: there is no dimension sequenze"),
      (NetworkReading(dimensions: ["sequenze": 1]), "did you mean sequence?"),
      (
        NetworkReading(shapes: ["ids": [1, 16]], dimensions: ["sequence": 8]),
        "sequence is 8, and 16 by the shape of the input ids"
      ),
      (NetworkReading(shapes: ["idz": [1, 16]]), "`input_shape`: there is no input idz"),
    ])
  func refusedDimensions(reading: NetworkReading, words: String) throws {
    let found = try message(Self.encoder, reading)
    #expect(found.contains(words), "\(found)")
  }

  @Test("the outputs of operators that are not known have the named dimensions too")
  func opaque() throws {
    let graph =
      Text.input("x", "1×n") + "node { op_type: 'Own' domain: 'd' input: 'x' output: 'y' }"
      + Text.value("output", "y", "n×boxes")
    let resolved = try ResolvedGraph(
      try Text.model(graph), reading: .init(dimensions: ["n": 3, "boxes": 5]))
    #expect(resolved.types["y"]?.shape == [3, 5])
  }

  @Test("a dimension that no input has is given with a warning")
  func idleDimension() throws {
    let graph =
      Text.input("x", "1×4") + Text.node("Relu", ["x"], ["y"]) + Text.value("output", "y", "1×u")
    let resolved = try ResolvedGraph(try Text.model(graph), reading: .init(dimensions: ["u": 99]))
    #expect(resolved.diagnostics.map(\.description).contains { $0.contains("no input has") })
  }

  @Test("a given dimension that only outputs have is told of with the inputs that need others")
  func idleDimensionFirst() throws {
    let found = try message(
      Text.input("x", "1×n") + Text.node("Relu", ["x"], ["y"]) + Text.value("output", "y", "1×u"),
      .init(dimensions: ["u": 99]))
    #expect(found.contains("`dim` n=128"), "\(found)")
    #expect(found.hasSuffix("; no input has the dimension u that is given"), "\(found)")
  }

  // MARK: Values

  /// A graph that takes one of two ways, as `rate` says.
  private static func fork(_ rate: String) -> String {
    func branch(_ name: String, _ type: String) -> String {
      "attribute { name: '\(name)' type: GRAPH g { name: 'b' output { name: 't' } "
        + "node { op_type: '\(type)' input: 'x' output: 't' } } } "
    }
    return Text.input("x", "1×4") + rate + Text.integers("fast", [16000], shape: [])
      + Text.node("Equal", ["rate", "fast"], ["c"])
      + Text.node("If", ["c"], ["y"], branch("then_branch", "Relu") + branch("else_branch", "Neg"))
      + "output { name: 'y' }"
  }

  @Test(
    "the value of an input decides which branch is taken",
    arguments: [("16000", "Relu"), ("8000", "Neg")])
  func branch(value: String, type: String) throws {
    let graph = Self.fork(Text.input("rate", "", type: 7))
    let resolved = try ResolvedGraph(
      try Text.model(graph), reading: .init(values: ["rate": [value]]))
    #expect(resolved.nodes.map(\.opType) == [type])
    #expect(resolved.inputs.map(\.name) == ["x"])
    let asked = try message(graph, .init())
    #expect(asked.contains("`input_value` rate=VALUE"), "\(asked)")
  }

  @Test(
    "the values of an input decide the shape of a Reshape, however many are declared",
    arguments: ["2", "n", "?"])
  func shape(dimension: String) throws {
    let graph =
      Text.input("x", "1×4×6") + Text.input("s", dimension, type: 7)
      + Text.node("Reshape", ["x", "s"], ["y"]) + "output { name: 'y' }"
    let resolved = try ResolvedGraph(
      try Text.model(graph), reading: .init(values: ["s": ["8", "-1"]]))
    #expect(resolved.types["y"]?.shape == [8, 3])
    if dimension == "2" {
      let asked = try message(graph, .init())
      #expect(asked.contains("`input_value` s=VALUE"), "\(asked)")
    }
  }

  @Test(
    "values of every type are read",
    arguments: [
      (1, "0.5", 0.5), (10, "0.5", 0.5), (11, "-2", -2), (16, "1.5", 1.5), (6, "-3", -3),
      (2, "200", 200),
      (9, "true", 1), (9, "0", 0),
    ] as [(Int, String, Double)])
  func types(type: Int, text: String, value: Double) throws {
    let element = try #require(ElementType(rawValue: type))
    for shape in [[], [3]] {
      let tensor = try Tensor(input: "v", type: TensorType(element, shape), values: [text])
      #expect(try tensor.floatValues().allSatisfy { Double($0) == value })
      #expect(try tensor.floatValues().count == shape.reduce(1, *))
    }
  }

  @Test(
    "values that are none, too many, or of no input are refused",
    arguments: [
      (["rate": ["fast"]], "\"fast\" is no value of the input rate (scalar int64)"),
      (["rate": ["1.5"]], "no value of the input rate"),
      (["rate": ["1", "2"]], "has 1 values, found 2"),
      (["rade": ["1"]], "there is no input rade; the inputs are x, rate; did you mean rate?"),
    ] as [([String: [String]], String)])
  func refusedValues(values: [String: [String]], words: String) throws {
    let found = try message(
      Self.fork(Text.input("rate", "", type: 7)), NetworkReading(values: values))
    #expect(found.contains(words), "\(found)")
  }

  // MARK: Ends

  /// Two convolutions, the second of which leads to an output whose size nobody knows.
  private static let detector =
    Text.input("x", "1×3×8×8") + Text.input("unused", "1") + Text.weights("w", [4, 3, 1, 1])
    + Text.weights("v", [2, 4, 1, 1]) + Text.node("Conv", ["x", "w"], ["c"])
    + Text.node("Relu", ["c"], ["r"]) + Text.node("Conv", ["r", "v"], ["d"])
    + Text.node("Sigmoid", ["r"], ["s"]) + Text.node("NonZero", ["d"], ["y"])
    + "output { name: 'y' }"

  @Test(
    "a network begins and ends where the user says",
    arguments: [
      ([String](), ["d"], ["x"], ["Conv", "Relu", "Conv"]),
      ([], ["s", "d"], ["x"], ["Conv", "Relu", "Conv", "Sigmoid"]), (["r"], ["d"], ["r"], ["Conv"]),
      (["c"], ["s"], ["c"], ["Relu", "Sigmoid"]), (["r"], ["s", "d"], ["r"], ["Conv", "Sigmoid"]),
    ] as [([String], [String], [String], [String])])
  func cut(first: [String], last: [String], inputs: [String], types: [String]) throws {
    let resolved = try ResolvedGraph(
      try Text.model(Self.detector), reading: .init(first: first, last: last))
    #expect(resolved.inputs.map(\.name) == inputs)
    #expect(resolved.outputs == last)
    #expect(resolved.nodes.map(\.opType) == types)
    #expect(resolved.types["s"]?.shape ?? [1, 4, 8, 8] == [1, 4, 8, 8])
  }

  @Test(
    "ends that do not exist or are not connected are refused",
    arguments: [
      (
        ["n_c"], ["d"], "`network_inputs`: n_c is a node and no value; what it computes is called c"
      ),
      ([String](), ["dd"], "`network_outputs`: there is no value dd"),
      (["d"], ["s"], "nothing leads from d to s"),
      (["r", "d"], ["s"], "nothing leads from d to s"), (["w"], ["d"], "w is stored in the file"),
      (["r", "r"], ["d"], "r is named twice"), (["r"], ["r"], "nothing lies between"),
      ([], ["w"], "depends on no input"),
    ] as [([String], [String], String)])
  func refusedEnds(first: [String], last: [String], words: String) throws {
    let found = try message(Self.detector, .init(first: first, last: last))
    #expect(found.contains(words), "\(found)")
  }

  @Test("an input that is needed beside the beginning must be named or have a value")
  func otherInputs() throws {
    let graph =
      Text.input("x", "1×4") + Text.input("gain", "1×4") + Text.node("Relu", ["x"], ["r"])
      + Text.node("Mul", ["r", "gain"], ["y"]) + "output { name: 'y' }"
    let asked = try message(graph, .init(first: ["r"]))
    #expect(asked.contains("also reads the input gain"), "\(asked)")
    let fixed = try ResolvedGraph(
      try Text.model(graph), reading: .init(values: ["gain": ["2"]], first: ["r"]))
    #expect(fixed.inputs.map(\.name) == ["r"])
    let named = try ResolvedGraph(try Text.model(graph), reading: .init(first: ["gain", "r"]))
    #expect(named.inputs.map(\.name) == ["gain", "r"])
  }

  @Test("what lies behind what cannot be planned begins with a shape that is given")
  func behind() throws {
    let graph =
      Text.input("x", "4×4") + Text.node("NonZero", ["x"], ["i"])
      + Text.node("Cast", ["i"], ["f"], Text.int("to", 1)) + Text.node("Relu", ["f"], ["y"])
      + "output { name: 'y' }"
    let asked = try message(graph, .init(first: ["f"]))
    #expect(asked.contains("`input_shape` f="), "\(asked)")
    let given = try ResolvedGraph(
      try Text.model(graph), reading: .init(shapes: ["f": [2, 5]], first: ["f"]))
    #expect(given.types["y"]?.shape == [2, 5])
  }

  @Test("the size of an input before the beginning decides the sizes behind it")
  func consulted() throws {
    let graph =
      Text.input("x", "1×3×n×n") + Text.node("Relu", ["x"], ["r"]) + Text.node("Neg", ["r"], ["y"])
      + "output { name: 'y' }"
    for reading in [
      NetworkReading(shapes: ["x": [1, 3, 5, 5]], first: ["r"]),
      NetworkReading(dimensions: ["n": 5], first: ["r"]),
    ] {
      let resolved = try ResolvedGraph(try Text.model(graph), reading: reading)
      #expect(resolved.inputs.map(\.type.shape) == [[1, 3, 5, 5]])
    }
  }

  @Test("the error of an operator whose size depends on values names the values before it")
  func nextStep() throws {
    let found = try message(Self.detector, .init())
    #expect(found.contains("n_y (NonZero)"))
    #expect(found.contains("`network_outputs` d ends the network before it"), "\(found)")
  }
}
