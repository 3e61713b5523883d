import ONNXSchema
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

@Suite("What hangs on constants alone is a constant, whose values wait until they are asked for")
struct ConstantComputationTests {
  private func node(
    _ type: String, _ inputs: [String], _ output: String, _ attributes: [ONNXAttribute] = []
  ) -> ONNXNode {
    var node = ONNXNode()
    node.opType = type
    node.input = inputs
    node.output = [output]
    node.attribute = attributes
    return node
  }

  /// A graph of nodes over constants and an input `x` of four numbers; `y` is its output.
  private func resolved(
    _ nodes: [ONNXNode], _ constants: [Tensor] = [], opset version: Int64 = 21
  ) throws -> ResolvedGraph {
    var proto = Onnx_ModelProto()
    var opset = Onnx_OperatorSetIdProto()
    opset.version = version
    proto.opsetImport = [opset]
    proto.graph.node = nodes
    proto.graph.input = [SmallNetworks.value("x", [4])]
    proto.graph.output = [SmallNetworks.value("y", [4])]
    return try ResolvedGraph(
      ONNXModel(
        proto: proto, initializers: constants.map { Initializer(name: $0.name, tensor: $0) }))
  }

  private let numbers = Tensor(name: "a", shape: [4], float: [1, 2, 3, 4])

  /// 2³⁶ elements: whoever touched one of them would not come back.
  @Test("size costs nothing before a value is asked for")
  func size() throws {
    let shape = Tensor(name: "shape", shape: [2], int64: [1 << 18, 1 << 18])
    let graph = try resolved(
      [
        node("ConstantOfShape", ["shape"], "fill"),
        node("Cast", ["fill"], "half", [ONNXAttribute(name: "to", int: 10)]),
        node("Mul", ["half", "half"], "square"), node("Erf", ["square"], "error"),
        node("Transpose", ["error"], "turned"), node("Neg", ["x"], "y"),
      ], [shape])
    #expect(graph.nodes.map(\.opType) == ["Neg"])
    let turned = try #require(graph.constants["turned"])
    #expect(turned.type == TensorType(.float16, [1 << 18, 1 << 18]))
    #expect(turned.isComputed)
    #expect(throws: ONNXError.self) { try turned.forEachPiece { _ in } }
  }

  /// A hundred doublings have 2¹⁰⁰ ways from the last to the first.
  @Test("values that are asked for are computed once each")
  func doublings() throws {
    let big = Tensor(
      name: "a", shape: [5000], float: [Float](repeating: 1e-30, count: 5000))
    var nodes = [node("Add", ["a", "a"], "d0")]
    for index in 1..<100 {
      nodes.append(node("Add", ["d\(index - 1)", "d\(index - 1)"], "d\(index)"))
    }
    let graph = try resolved(nodes + [node("Neg", ["x"], "y")], [big])
    let last = try #require(graph.constants["d99"])
    #expect(last.isComputed)
    #expect(
      try last.floatValues()[4999] == 1e-30 * Float(sign: .plus, exponent: 100, significand: 1))
  }

  @Test("a chain longer than any network has is left to run, and comes to an end")
  func longChain() throws {
    var nodes = [node("Erf", ["a"], "v0")]
    for index in 1..<3000 { nodes.append(node("Erf", ["v\(index - 1)"], "v\(index)")) }
    let graph = try resolved(nodes + [node("Add", ["x", "v2999"], "y")], [numbers])
    #expect(graph.constants["v100"] != nil)
    #expect(graph.nodes.last?.opType == "Add")
  }

  @Test(
    "random values are no constants",
    arguments: [
      ("RandomNormalLike", ["a"]), ("Bernoulli", ["a"]), ("RandomUniformLike", ["a"]),
      ("Dropout", ["a", "", "training"]),
    ])
  func random(type: String, inputs: [String]) throws {
    let training = Tensor(
      name: "training", type: TensorType(.bool, []), storage: .bytes([1]))
    let graph = try resolved(
      [node(type, inputs, "r"), node("Add", ["r", "x"], "y")], [numbers, training])
    #expect(graph.nodes.map(\.opType) == [type, "Add"])
  }

  @Test("operators that look at a type alone are constants whatever has that type")
  func typesAlone() throws {
    let graph = try resolved(
      [
        node("CastLike", ["a", "x"], "b"), node("Unsqueeze", ["x", "axes"], "row"),
        node("EyeLike", ["row"], "eye"), node("Add", ["x", "b"], "y"),
      ], [numbers, Tensor(name: "axes", shape: [1], int64: [0])])
    #expect(graph.constants["b"] != nil)
    #expect(graph.constants["eye"]?.type.shape == [1, 4])
  }

  @Test("equal operators on equal constants are one constant, and views keep what they see")
  func equality() throws {
    let table = Tensor(
      name: "table", type: TensorType(.float16, [100, 64]), storage: .absent("not needed"))
    let cast = [ONNXAttribute(name: "to", int: 1)]
    let graph = try resolved(
      [
        node("Cast", ["table"], "one", cast), node("Cast", ["table"], "two", cast),
        node("Transpose", ["one"], "turned"), node("Transpose", ["table"], "narrow"),
        node("Cast", ["narrow"], "wide", cast), node("Identity", ["one"], "same"),
        node("Erf", ["one"], "other"), node("Neg", ["x"], "y"),
      ], [table])
    let origin = try #require(graph.constants["one"]?.origin)
    for name in ["two", "turned", "wide", "same"] {
      #expect(graph.constants[name]?.origin == origin, "\(name)")
    }
    #expect(graph.constants["other"]?.origin != origin)
    #expect(graph.constants["table"]?.origin.identity == TensorIdentity("table"))
  }

  @Test("shapes follow from numbers of any type")
  func shapes() throws {
    let sizes = Tensor(
      name: "sizes", type: TensorType(.float16, [2]),
      storage: .bytes([Float16(1.6), Float16(2.2)].withUnsafeBytes { Array($0) }))
    let graph = try resolved(
      [
        node("Cast", ["sizes"], "wide", [ONNXAttribute(name: "to", int: 11)]),
        node("Round", ["wide"], "round"), node("Clip", ["round", "", "two"], "bounded"),
        node("Cast", ["bounded"], "shape", [ONNXAttribute(name: "to", int: 7)]),
        node("Reshape", ["x", "shape"], "y"),
      ],
      [
        sizes,
        Tensor(
          name: "two", type: TensorType(.double, []), storage: .splat([0, 0, 0, 0, 0, 0, 0, 64])),
      ])
    #expect(graph.types["y"]?.shape == [2, 2])
  }

  @Test("a shape that only a run of the network knows is an error that says so")
  func unknownShape() throws {
    let error = #expect(throws: ONNXError.self) {
      try resolved(
        [
          node("Erf", ["a"], "e"),
          node("Cast", ["e"], "shape", [ONNXAttribute(name: "to", int: 7)]),
          node("Reshape", ["x", "shape"], "y"),
        ], [numbers])
    }
    #expect(error?.message.contains("the values of its input shape must be known") == true)
  }
}
