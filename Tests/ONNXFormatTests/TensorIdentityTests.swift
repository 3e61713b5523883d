import ONNXSchema
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

private typealias Text = TextModel

@Suite("What tells constants apart")
struct TensorIdentityTests {
  private static func branch(_ name: String, _ value: String) -> String {
    "attribute { name: '\(name)' type: GRAPH g { name: 'b' output { name: 't' } "
      + Text.weights("w", [4, 4], first: name == "then_branch" ? 1 : 2)
      + Text.node("Cast", ["w"], ["c"], Text.int("to", 11))
      + Text.node("Cast", ["c"], ["d"], Text.int("to", 1))
      + Text.node("MatMul", [value, "d"], ["t"]) + "} } "
  }

  @Test("initialisers of one name in the branches of several nodes are several")
  func branches() throws {
    func fork(_ condition: String, _ value: String, _ output: String) -> String {
      Text.node(
        "If", [condition], [output],
        Self.branch("then_branch", value) + Self.branch("else_branch", value))
    }
    let graph = try ResolvedGraph(
      try Text.model(
        Text.input("x", "1×4") + "initializer { name: 'c' data_type: 9 int32_data: 1 }"
          + "initializer { name: 'e' data_type: 9 int32_data: 0 }" + Text.weights("w", [4, 4])
          + fork("c", "x", "a") + fork("e", "a", "b") + fork("c", "b", "f")
          + Text.node("MatMul", ["f", "w"], ["y"]) + "output { name: 'y' }"))
    let weights = graph.constants.values.filter { $0.type.shape == [4, 4] }
    #expect(Set(weights.map(\.origin.identity).filter(\.conversions.isEmpty)).count == 4)
    let read = graph.nodes.compactMap { graph.constants[$0.input[1]]?.origin }
    #expect(Set(read).count == 4)
  }

  /// A branch with a sparse weight of 4×4, of which two values are stored.
  private static func sparseBranch(_ name: String, _ first: Int) -> String {
    "attribute { name: '\(name)' type: GRAPH g { name: 'b' output { name: 't' } sparse_initializer { "
      + "values { name: 'w' data_type: 1 dims: 2 float_data: [\(first), 5] } "
      + "indices { name: 'i' data_type: 7 dims: 2 int64_data: [1, 6] } dims: 4 dims: 4 } "
      + Text.node("MatMul", ["x", "w"], ["t"]) + "} } "
  }

  @Test(
    "a sparse initialiser of a branch is a weight of the branch that is taken", arguments: [0, 1])
  func sparseBranches(condition: Int) throws {
    let graph = try ResolvedGraph(
      try Text.model(
        Text.input("x", "1×4") + Text.weights("w", [4, 4])
          + "initializer { name: 'c' data_type: 9 int32_data: \(condition) }"
          + Text.node(
            "If", ["c"], ["a"],
            Self.sparseBranch("then_branch", 2) + Self.sparseBranch("else_branch", 3))
          + Text.node("MatMul", ["a", "w"], ["y"]) + "output { name: 'y' }"))
    let read = graph.nodes.compactMap { graph.constants[$0.input[1]] }
    #expect(read.map(\.type.shape) == [[4, 4], [4, 4]])
    #expect(Set(read.map(\.origin)).count == 2)
    #expect(read.map { $0.absence == nil } == [false, true])
    #expect(graph.types["y"]?.shape == [1, 4])
  }

  @Test("a part is none of the tensors that are called like it, nor the same range of another axis")
  func parts() {
    let whole = Tensor(name: "w", shape: [4, 4], float: [Float](repeating: 1, count: 16))
    let other = Tensor(name: "w_0_2", shape: [2, 4], float: [Float](repeating: 2, count: 8))
    let row = whole.sliced(axis: 0, 0..<2)
    let column = whole.sliced(axis: 1, 0..<2)
    #expect(row.name == other.name)
    #expect(Set([whole, other, row, column].map(\.identity)).count == 4)
    #expect(Set([whole, other, row, column].map(\.origin)).count == 4)
    #expect(whole.sliced(axis: 0, 0..<2).identity == row.identity)
  }

  /// The constant is 4×6; the expected box was written down by hand.
  @Test(
    "a part says which of the stored values it has, however its tensor sees them",
    arguments: [
      ("", 1, 2..<5, [0..<4, 2..<5]), ("transposed", 0, 2..<5, [0..<4, 2..<5]),
      ("unsqueezed", 2, 2..<5, [0..<4, 2..<5]), ("squeezed", 0, 1..<3, [1..<3, 0..<6]),
      ("cast", 1, 2..<5, [0..<4, 2..<5]), ("turned cast", 0, 2..<5, [0..<4, 2..<5]),
    ]
  )
  func boxes(seen: String, axis: Int, range: Range<Int>, box: [Range<Int>]) throws {
    let views = try Self.views()
    let tensor = try #require(seen.isEmpty ? views["w"] : views[seen])
    let part = tensor.sliced(axis: axis, range)
    #expect(part.origin.box == box)
    #expect(part.origin.identity == tensor.origin.identity)
    #expect(tensor.origin.box == [0..<4, 0..<6])
    #expect(part.renamed("other").origin.box == part.type.shape.map { 0..<$0 })
  }

  /// Of the 4×6 values. What is no range of them is a constant of its own.
  @Test(
    "an operator that takes a range of a constant takes what lies there",
    arguments: [
      ("rows", [2..<4, 0..<6]), ("columns", [1..<3, 2..<4]), ("left", [0..<4, 0..<2]),
      ("right", [0..<4, 2..<6]), ("third", [2..<3, 0..<6]), ("last", [0..<4, 5..<6]),
      ("picked", [0..<1, 0..<6]), ("part of part", [3..<4, 1..<2]), ("every second", nil),
      ("two", nil), ("backwards", nil),
    ] as [(String, [Range<Int>]?)])
  func ranges(name: String, box: [Range<Int>]?) throws {
    let tensor = try #require(try Self.views()[name])
    #expect((tensor.origin.identity == TensorIdentity("w")) == (box != nil))
    #expect(tensor.origin.box == box ?? tensor.type.shape.map { 0..<$0 })
    #expect(tensor.origin.count == tensor.type.count)
  }

  @Test("a part of a tensor in another shape is a constant of its own")
  func otherShape() throws {
    let flat = try #require(try Self.views()["flat"])
    #expect(flat.origin == TensorRegion(TensorIdentity("w"), shape: [4, 6]))
    let part = flat.sliced(axis: 0, 3..<9)
    #expect(part.origin == TensorRegion(part.identity, shape: [6]))
  }

  private static func views() throws -> [String: Tensor] {
    try ResolvedGraph(
      try Text.model(
        Text.weights("w", [4, 6]) + Text.input("x", "1")
          + Text.integers("axes", [0]) + Text.integers("ones", [0, 2])
          + Text.integers("size", [24])
          + Text.node("Transpose", ["w"], ["transposed"])
          + Text.node("Unsqueeze", ["w", "axes"], ["unsqueezed"])
          + Text.node("Unsqueeze", ["transposed", "ones"], ["u"])
          + Text.node("Transpose", ["u"], ["t"])
          + Text.node("Squeeze", ["t"], ["squeezed"])
          + Text.node("Reshape", ["w", "size"], ["flat"])
          + Text.node("Cast", ["w"], ["cast"], Text.int("to", 11))
          + Text.node("Transpose", ["cast"], ["turned cast"])
          + Text.integers("1", [1]) + Text.integers("3", [3]) + Text.integers("9", [9])
          + Text.integers("2 4", [2, 4]) + Text.integers("1 2", [1, 2])
          + Text.integers("3 4", [3, 4]) + Text.integers("0", [0]) + Text.integers("-1", [-1])
          + Text.integers("-2", [-2]) + Text.integers("2", [2], shape: [])
          + Text.integers("0 2", [0, 2]) + Text.integers("-99", [-99])
          + Text.node("Slice", ["w", "-2", "9", "0"], ["rows"])
          + Text.node("Slice", ["w", "1 2", "3 4"], ["columns"])
          + Text.node("Split", ["w", "2 4"], ["left", "right"], Text.int("axis", 1))
          + Text.node("Gather", ["w", "2"], ["third"])
          + Text.node("Gather", ["w", "-1"], ["last"], Text.int("axis", 1))
          + Text.node("Gather", ["transposed", "0"], ["picked"], Text.int("axis", -1))
          + Text.node("Slice", ["rows", "1", "9", "0"], ["p"])
          + Text.node("Gather", ["p", "1"], ["part of part"], Text.int("axis", 1))
          + Text.integers("two steps", [2])
          + Text.node("Slice", ["w", "0", "9", "0", "two steps"], ["every second"])
          + Text.node("Gather", ["w", "0 2"], ["two"])
          + Text.node("Slice", ["w", "-1", "-99", "0", "-1"], ["backwards"])
          + Text.node("Identity", ["x"], ["y"]) + "output { name: 'y' }")
    ).constants
  }
}
