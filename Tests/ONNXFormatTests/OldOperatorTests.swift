import Diagnostics
import NetworkImport
import NetworkModel
import ONNXSchema
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

private typealias Text = TextModel

/// A node in the words of an old version, and in those of version 13.
private struct OldCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var opset: Int
  var old: String
  var new: String
  /// What both read beside the input `x`.
  var stored: String
}

@Suite("Operators of versions before 7 mean what they said there")
struct OldOperatorTests {
  private static let input = Text.input("x", "1×3×4×4")
  private static let vector = Text.weights("v", [3])
  private static let column = Text.weights("v", [3, 1, 1])
  private static let along = Text.int("broadcast", 1) + Text.int("axis", 1)
  private static let asIs = Text.node("Identity", ["x"], ["y"])
  private static let learnt = ["s", "o", "m", "v"].map { Text.weights($0, [3]) }.joined()
  private static let normalization = Text.node(
    "BatchNormalization", ["x", "s", "o", "m", "v"], ["y"])

  private static func binary(_ type: String, _ opset: Int) -> OldCase {
    OldCase(
      testDescription: "\(type) with an axis", opset: opset,
      old: Text.node(type, ["x", "v"], ["y"], along) + vector,
      new: Text.node(type, ["x", "v"], ["y"]) + column, stored: "")
  }

  private static func same(
    _ name: String, _ opset: Int, _ old: String, _ new: String, stored: String = ""
  ) -> OldCase {
    OldCase(testDescription: name, opset: opset, old: old, new: new, stored: stored)
  }

  private static let cases: [OldCase] =
    ["Add", "Sub", "Mul", "Div"].flatMap { [binary($0, 6), binary($0, 1)] } + [
      same(
        "Add along the first of two axes", 6,
        Text.node("Add", ["x", "v"], ["y"], along) + Text.weights("v", [3, 4]),
        Text.node("Add", ["x", "v"], ["y"]) + Text.weights("v", [3, 4, 1])),
      same(
        "Add along the last axes", 6,
        Text.node("Add", ["x", "v"], ["y"], Text.int("broadcast", 1)) + Text.weights("v", [4]),
        Text.node("Add", ["x", "v"], ["y"]) + Text.weights("v", [4])),
      same(
        "Add of a number", 6,
        Text.node("Add", ["x", "v"], ["y"], Text.int("broadcast", 1)) + Text.weights("v", [1]),
        Text.node("Add", ["x", "v"], ["y"]) + Text.weights("v", [1])),
      same(
        "Mul with a computed vector", 6,
        Text.node(
          "ReduceMean", ["x"], ["m"], Text.ints("axes", [0, 2, 3]) + Text.int("keepdims", 0))
          + Text.node("Mul", ["x", "m"], ["y"], along),
        Text.node("ReduceMean", ["x"], ["m"], Text.ints("axes", [0, 2, 3]))
          + Text.node("Mul", ["x", "m"], ["y"])),
      same(
        "PRelu with a slope for each channel", 6, Text.node("PRelu", ["x", "v"], ["y"]) + vector,
        Text.node("PRelu", ["x", "v"], ["y"]) + column),
      same(
        "Relu with a hint about memory", 1,
        Text.node("Relu", ["x"], ["y"], Text.ints("consumed_inputs", [0])),
        Text.node("Relu", ["x"], ["y"])),
      same(
        "BatchNormalization for use", 6,
        normalization.replacing(" }\n", with: Text.int("is_test", 1) + "}\n"), normalization,
        stored: learnt),
      same("BatchNormalization of one output", 6, normalization, normalization, stored: learnt),
      same("Dropout for use", 6, Text.node("Dropout", ["x"], ["y"], Text.int("is_test", 1)), asIs),
      same(
        "Reshape by an attribute", 4,
        Text.node("Reshape", ["x"], ["y"], Text.ints("shape", [0, -1])),
        Text.node("Flatten", ["x"], ["y"])),
      same(
        "Concat along the channels by default", 3, Text.node("Concat", ["x", "x"], ["y"]),
        Text.node("Concat", ["x", "x"], ["y"], Text.int("axis", 1))),
      same(
        "Pad by paddings", 1,
        Text.node("Pad", ["x"], ["y"], Text.ints("paddings", [0, 0, 1, 1, 0, 0, 2, 0])),
        Text.node("Pad", ["x", "p"], ["y"]) + Text.integers("p", [0, 0, 1, 1, 0, 0, 2, 0])),
      same(
        "Tile along one axis", 5,
        Text.node("Tile", ["x", "n", "a"], ["y"]) + Text.weights("n", [], first: 2)
          + Text.weights("a", [], first: 1),
        Text.node("Tile", ["x", "r"], ["y"]) + Text.integers("r", [1, 2, 1, 1])),
      same(
        "Upsample by two factors", 6,
        Text.node(
          "Upsample", ["x"], ["y"],
          Text.float("height_scale", 2) + Text.float("width_scale", 3)),
        Text.node(
          "Resize", ["x", "", "s"], ["y"],
          "attribute { name: 'coordinate_transformation_mode' type: STRING s: 'asymmetric' } "
            + "attribute { name: 'nearest_mode' type: STRING s: 'floor' }")
          + "initializer { name: 's' data_type: 1 dims: 4 float_data: [1, 1, 2, 3] }"),
      same(
        "Upsample between elements", 1,
        Text.node(
          "Upsample", ["x"], ["y"],
          Text.float("height_scale", 2) + Text.float("width_scale", 2)
            + "attribute { name: 'mode' type: STRING s: 'bilinear' } "),
        Text.node(
          "Resize", ["x", "", "s"], ["y"],
          "attribute { name: 'coordinate_transformation_mode' type: STRING s: 'asymmetric' } "
            + "attribute { name: 'mode' type: STRING s: 'linear' } ")
          + "initializer { name: 's' data_type: 1 dims: 4 float_data: [1, 1, 2, 2] }"),
      same(
        "Split by an input of numbers", 1,
        Text.node("Split", ["x", "n"], ["a", "y"], Text.int("axis", 1))
          + "initializer { name: 'n' data_type: 1 dims: 2 float_data: [1, 2] }",
        Text.node("Split", ["x", "n"], ["a", "y"], Text.int("axis", 1))
          + Text.integers("n", [1, 2])),
      same(
        "Add beside a value that is called as its rewritten operand", 6,
        Text.node("Relu", ["x"], ["y_operand_1"]) + Text.weights("y_operand_1_shape", [3, 1, 1])
          + Text.node("Add", ["x", "v"], ["a"], along) + vector
          + Text.node("Mul", ["a", "y_operand_1"], ["b"])
          + Text.node("Reshape", ["v", "shape"], ["c"]) + Text.integers("shape", [1, 3, 1, 1])
          + Text.node("Mul", ["c", "c"], ["d"]) + Text.node("Reshape", ["d", "flat"], ["e"])
          + Text.integers("flat", [3]) + Text.node("Add", ["b", "e"], ["y"], along),
        Text.node("Relu", ["x"], ["r"]) + column + Text.node("Add", ["x", "v"], ["a"])
          + Text.node("Mul", ["a", "r"], ["b"]) + Text.node("Mul", ["v", "v"], ["d"])
          + Text.node("Add", ["b", "d"], ["y"])),
      same(
        "BatchNormalization of single elements", 6,
        normalization.replacing(" }\n", with: Text.int("spatial", 0) + "}\n"),
        Text.node("Sub", ["x", "m"], ["a"]) + Text.node("Add", ["v", "e"], ["b"])
          + Text.node("Sqrt", ["b"], ["c"]) + Text.node("Div", ["a", "c"], ["d"])
          + Text.node("Mul", ["d", "s"], ["f"]) + Text.node("Add", ["f", "o"], ["y"])
          + Text.weights("e", [], first: 1e-5),
        stored: ["s", "o", "m", "v"].map { Text.weights($0, [3, 4, 4]) }.joined()),
      same(
        "Gemm with a vector", 6,
        Text.node("Flatten", ["x"], ["f"]) + Text.weights("w", [48, 5]) + Text.weights("v", [5])
          + Text.node("Gemm", ["f", "w", "v"], ["y"], Text.int("broadcast", 1)),
        Text.node("Flatten", ["x"], ["f"]) + Text.weights("w", [48, 5]) + Text.weights("v", [5])
          + Text.node("Gemm", ["f", "w", "v"], ["y"])),
      same(
        "Cast by a text", 1,
        Text.node("Cast", ["x"], ["i"], "attribute { name: 'to' type: STRING s: 'INT32' } ")
          + Text.node("Cast", ["i"], ["y"], "attribute { name: 'to' type: STRING s: 'FLOAT' } "),
        Text.node("Cast", ["x"], ["i"], Text.int("to", 6))
          + Text.node("Cast", ["i"], ["y"], Text.int("to", 1))),
      same(
        "Clip by attributes", 6,
        Text.node("Clip", ["x"], ["y"], Text.float("min", 0) + Text.float("max", 0.5)),
        Text.node("Clip", ["x", "a", "b"], ["y"]) + Text.weights("a", [], first: 0)
          + Text.weights("b", [], first: 0.5)),
      same(
        "LpPool with an exponent that has a point", 1,
        Text.node(
          "LpPool", ["x"], ["y"], Text.float("p", 2) + Text.ints("kernel_shape", [2, 2])),
        Text.node("LpPool", ["x"], ["y"], Text.int("p", 2) + Text.ints("kernel_shape", [2, 2]))),
    ]

  private func model(_ nodes: String, opset: Int) throws -> ONNXModel {
    try Text.model(
      Self.input + nodes + "output { name: 'y' type { tensor_type { elem_type: 1 } } }",
      opset: opset)
  }

  @Test("exported, whole and by layers, they compute in onnxruntime what they mean")
  func meaning() throws {
    let folder = try TemporaryFolder()
    var arguments: [String] = []
    for (number, example) in Self.cases.enumerated() {
      let old = try ResolvedGraph(try model(example.old + example.stored, opset: example.opset))
      let new = try model(example.new + example.stored, opset: 13)
      #expect(old.types["y"] == (try ResolvedGraph(new)).types["y"], "\(example)")
      if number > 0 { arguments.append("+") }
      arguments.append(folder.file("\(number).onnx"))
      var whole = new
      whole.proto.graph.output[0].type =
        Onnx_ValueInfoProto(
          name: "y", type: try #require(old.types["y"])
        ).type
      try whole.write(to: folder.file("\(number).onnx"))
      for (view, options) in [ImportOptions.layers, .blocks].enumerated() {
        let graph = try BlockGraph(old, name: "network", options: options)
        #expect(graph.violations() == [], "\(example)")
        arguments.append(folder.file("\(number)_\(view).onnx"))
        try ONNXModel(exporting: graph).write(to: folder.file("\(number)_\(view).onnx"))
      }
    }
    let answer = try PythonTool("compare_models.py").run(arguments)
    #expect(answer.status == 0, "\(answer.output)")
  }

  @Test(
    "a normalisation of single elements is not cut by lines, one of channels is", arguments: [0, 1])
  func lines(spatial: Int) throws {
    let shape = spatial == 0 ? [3, 4, 4] : [3]
    let nodes =
      Self.normalization.replacing(" }\n", with: Text.int("spatial", spatial) + "}\n")
      + ["s", "o", "m", "v"].map { Text.weights($0, shape) }.joined()
    let graph = try BlockGraph(
      try ResolvedGraph(try model(nodes, opset: 6)), name: "network", options: .layers)
    #expect((graph.layers[0].lineObstacle == nil) == (spatial == 1))
  }

  private static let refusals: [(opset: Int, nodes: String, message: String)] = [
    (6, Text.node("Add", ["x", "v"], ["y"]) + vector, "n_y (Add): 1×3×4×4 and 3 differ"),
    (
      6, Text.node("Add", ["x", "v"], ["y"], Text.int("broadcast", 1)) + vector,
      "does not lie along"
    ),
    (
      6,
      Text.node("Add", ["x", "v"], ["y"], Text.int("broadcast", 1) + Text.int("axis", 2))
        + vector,
      "from axis 2 on"
    ),
    (
      7, Text.node("Add", ["x", "v"], ["y"], along) + vector,
      "broadcast is an attribute of version 6"
    ),
    (
      6, normalization.replacing(" }\n", with: Text.int("is_test", 0) + "}\n") + learnt,
      "for training"
    ),
    (6, Text.node("Dropout", ["x"], ["y"], Text.int("is_test", 0)), "for training"),
    (6, Text.node("Dropout", ["x"], ["y", "m"]) + "output { name: 'm' }", "for training"),
    (1, Text.node("Split", ["x"], ["y", "z"]), "the attribute axis"),
    (6, Text.node("Sum", ["x", "v"], ["y"]) + vector, "n_y (Sum): 1×3×4×4 and 3 differ"),
    (7, Text.node("Max", ["x", "v"], ["y"]) + vector, "before version 8"),
    (5, Text.node("Tile", ["x", "x", "x"], ["y"]), "as constants"),
    (
      1,
      Text.node(
        "LpPool", ["x"], ["y"], Text.float("p", 1.5) + Text.ints("kernel_shape", [2, 2])),
      "a fraction"
    ),
    (
      6,
      Text.node("Flatten", ["x"], ["f"]) + Text.weights("w", [48, 5]) + Text.weights("v", [5])
        + Text.node("Gemm", ["f", "w", "v"], ["y"]), "the attribute broadcast"
    ),
  ]

  @Test("what newer versions cannot say is refused by name", arguments: refusals)
  func refused(opset: Int, nodes: String, message: String) throws {
    let model = try model(nodes, opset: opset)
    let error = #expect(throws: ONNXError.self) { try ResolvedGraph(model) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
