import Diagnostics
import ONNXSchema
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

private typealias Text = TextModel

/// An operator on constants, and what its outputs are.
private struct ConstantCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var constants: String
  var node: String
  var shapes: [[Int]]
  var values: [[Int64]]

  init(_ name: String, _ constants: String, _ node: String, _ results: ([Int], [Int64])...) {
    (testDescription, self.constants, self.node) = (name, constants, node)
    (shapes, values) = (results.map(\.0), results.map(\.1))
  }
}

@Suite("Operators that count or find in constants")
struct CountedConstantTests {
  private static let table = Text.integers("d", [0, 5, 0, 7, 0, 2], shape: [2, 3])

  private static func truths(_ name: String, _ values: [Int]) -> String {
    "initializer { name: '\(name)' data_type: 9 dims: \(values.count) int32_data: "
      + "[\(values.map { "\($0)" }.joined(separator: ", "))] }\n"
  }

  /// Values by the operators' documents in ONNX.
  private static let cases: [ConstantCase] = [
    ConstantCase(
      "NonZero", table, Text.node("NonZero", ["d"], ["v"]), ([2, 3], [0, 1, 1, 1, 0, 2])),
    ConstantCase(
      "NonZero of truths", truths("d", [1, 0, 1]), Text.node("NonZero", ["d"], ["v"]),
      ([1, 2], [0, 2])),
    ConstantCase(
      "Compress along an axis", table + truths("c", [0, 1]),
      Text.node("Compress", ["d", "c"], ["v"], Text.int("axis", -1)), ([2, 1], [5, 0])),
    ConstantCase(
      "Compress of elements", table + truths("c", [0, 1, 0, 1]),
      Text.node("Compress", ["d", "c"], ["v"]), ([2], [5, 7])),
    ConstantCase(
      "Unique elements, sorted", Text.integers("d", [3, 1, 3, 2, 1]),
      Text.node("Unique", ["d"], ["v", "f", "p", "n"]),
      ([3], [1, 2, 3]), ([3], [1, 3, 0]), ([5], [2, 0, 2, 1, 0]), ([3], [2, 1, 2])),
    ConstantCase(
      "Unique elements, in order", Text.integers("d", [3, 1, 3, 2, 1]),
      Text.node("Unique", ["d"], ["v", "f", "p", "n"], Text.int("sorted", 0)),
      ([3], [3, 1, 2]), ([3], [0, 1, 3]), ([5], [0, 1, 0, 2, 1]), ([3], [2, 2, 1])),
    ConstantCase(
      "Unique rows", Text.integers("d", [1, 0, 0, 1, 0, 0, 2, 3, 4], shape: [3, 3]),
      Text.node("Unique", ["d"], ["v"], Text.int("axis", 0)), ([2, 3], [1, 0, 0, 2, 3, 4])),
    ConstantCase(
      "CumSum from the end, without the element",
      Text.integers("d", [1, 2, 3])
        + Text.integers("a", [0], shape: []),
      Text.node("CumSum", ["d", "a"], ["v"], Text.int("exclusive", 1) + Text.int("reverse", 1)),
      ([3], [5, 3, 0])),
    ConstantCase(
      "CumSum of columns", table + Text.integers("a", [0]),
      Text.node("CumSum", ["d", "a"], ["v"]), ([2, 3], [0, 5, 0, 7, 5, 2])),
    ConstantCase(
      "ArgMax", table, Text.node("ArgMax", ["d"], ["v"], Text.int("axis", 1)), ([2, 1], [1, 0])),
    ConstantCase(
      "ArgMin, the last", table,
      Text.node(
        "ArgMin", ["d"], ["v"],
        Text.int("axis", 1) + Text.int("keepdims", 0) + Text.int("select_last_index", 1)),
      ([2], [2, 1])),
    ConstantCase(
      "TopK", table + Text.integers("k", [2]), Text.node("TopK", ["d", "k"], ["v", "i"]),
      ([2, 2], [5, 0, 7, 2]), ([2, 2], [1, 0, 0, 2])),
    ConstantCase(
      "Pad",
      Text.integers("d", [1, 2]) + Text.integers("p", [1, 2])
        + Text.integers("f", [9], shape: []),
      Text.node("Pad", ["d", "p", "f"], ["v"]), ([5], [9, 1, 2, 9, 9])),
    ConstantCase(
      "ScatterND",
      table + Text.integers("i", [1, -1], shape: [2, 1])
        + Text.integers("u", [1, 2, 3, 4, 5, 6], shape: [2, 3]),
      Text.node("ScatterND", ["d", "i", "u"], ["v"]), ([2, 3], [0, 5, 0, 4, 5, 6])),
    ConstantCase(
      "ScatterElements",
      table + Text.integers("i", [2, 0], shape: [2, 1])
        + Text.integers("u", [8, 9], shape: [2, 1]),
      Text.node("ScatterElements", ["d", "i", "u"], ["v"], Text.int("axis", 1)),
      ([2, 3], [0, 5, 8, 9, 0, 2])),
  ]

  @Test("gives the values that ONNX defines", arguments: cases)
  fileprivate func values(_ example: ConstantCase) throws {
    let graph = try ResolvedGraph(
      try Text.model(
        Text.input("x", "1×4") + example.constants + example.node
          + Text.node("Relu", ["x"], ["y"]) + "output { name: 'y' }", opset: 18))
    let names = try #require(try Text.model(example.node).proto.graph.node.first).output
    for (index, name) in names.enumerated() where index < example.values.count {
      let constant = try #require(graph.constants[name])
      #expect(constant.type.shape == example.shapes[index], "\(name)")
      #expect(try constant.integerValues() == example.values[index], "\(name)")
    }
  }

  /// Positions as PyTorch once exported them: the places of ones.
  @Test("positions that hang on a shape are constants")
  func positions() throws {
    let graph = try ResolvedGraph(
      try Text.model(
        Text.input("ids", "1×7", type: 7) + Text.integers("one", [1])
          + Text.weights("table", [16, 8]) + Text.weights("words", [100, 8])
          + Text.node("Shape", ["ids"], ["s"]) + Text.node("Gather", ["s", "one"], ["n"])
          + Text.node(
            "ConstantOfShape", ["n"], ["ones"],
            "attribute { name: 'value' type: TENSOR t { dims: 1 data_type: 7 int64_data: 1 } } ")
          + Text.node("NonZero", ["ones"], ["nz"])
          + Text.node("Transpose", ["nz"], ["t"], Text.ints("perm", [1, 0]))
          + Text.node("Squeeze", ["t", "one"], ["places"])
          + Text.node("Gather", ["table", "places"], ["p"])
          + Text.node("Gather", ["words", "ids"], ["w"]) + Text.node("Add", ["w", "p"], ["y"])
          + "output { name: 'y' }"))
    #expect(graph.types["y"]?.shape == [1, 7, 8])
    #expect(graph.nodes.map(\.opType) == ["Gather", "Add"])
  }

  @Test("a condition that is stored says how much a Compress takes of a computed value")
  func computed() throws {
    let graph = try ResolvedGraph(
      try Text.model(
        Text.input("x", "2×4") + Self.truths("c", [1, 0, 1, 0])
          + Text.node("Compress", ["x", "c"], ["y"], Text.int("axis", 1))
          + "output { name: 'y' }"))
    #expect(graph.types["y"]?.shape == [2, 2])
  }

  @Test(
    "what would have to be known is named, and nothing else",
    arguments: [
      ("Compress", ["x", "c"], "", "`input_value` c=VALUE", "`input_value` x"),
      ("NonZero", ["x"], "", "`input_value` x=VALUE", "`input_value` c"),
      ("NonZero", ["m"], Text.node("MatMul", ["x", "w"], ["m"]), "depends on", "`input_value`"),
      (
        "Compress", ["w", "r"], Text.node("And", ["c", "c2"], ["r"]), "c2=VALUE say",
        "`input_value` x"
      ),
    ])
  func advice(
    type: String, inputs: [String], before: String, wanted: String, unwanted: String
  ) throws {
    let model = try Text.model(
      Text.input("x", "2×4") + Text.input("c", "4", type: 9) + Text.input("c2", "4", type: 9)
        + Text.weights("w", [4, 4]) + before
        + Text.node(type, inputs, ["y"], type == "Compress" ? Text.int("axis", 1) : "")
        + "output { name: 'y' }")
    let error = #expect(throws: ONNXError.self) { try ResolvedGraph(model) }
    let text = error?.description ?? ""
    #expect(text.contains(wanted), "\(text)")
    #expect(!text.contains(unwanted), "\(text)")
  }
}
