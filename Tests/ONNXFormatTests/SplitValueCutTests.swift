import Diagnostics
import ONNXSchema
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

private typealias Text = TextModel

@Suite("A network that begins at one of the values that a node makes")
struct SplitValueCutTests {
  private static let split =
    Text.input("x", "1×9") + Text.node("Split", ["x"], ["s1", "s2", "s3"], Text.int("axis", 1))
    + Text.node("Relu", ["s1"], ["a"]) + Text.node("Sigmoid", ["s2"], ["b"])
    + Text.node("Add", ["a", "b"], ["c"]) + Text.node("Mul", ["c", "s3"], ["y"])
    + Text.value("output", "y", "1×3")

  private static let largest =
    Text.input("x", "1×9") + Text.integers("k", [3])
    + Text.node("TopK", ["x", "k"], ["v", "i"])
    + Text.node("Gather", ["x", "i"], ["g"], Text.int("axis", 1))
    + Text.node("ReduceSum", ["v"], ["s"]) + Text.node("Add", ["g", "s"], ["y"])
    + "output { name: 'y' }"

  @Test(
    "computes the others still",
    arguments: [
      (split, ["s1", "s2", "x"], [], ["Split", "Relu", "Sigmoid", "Add", "Mul"]),
      (split, ["x", "s2"], ["c"], ["Split", "Relu", "Sigmoid", "Add"]),
      (split, ["s1", "x"], [], ["Split", "Relu", "Sigmoid", "Add", "Mul"]),
      (split, ["s1", "s2"], ["c"], ["Relu", "Sigmoid", "Add"]),
      (largest, ["v", "x"], [], ["TopK", "Gather", "ReduceSum", "Add"]),
    ])
  func others(graph: String, first: [String], last: [String], operators: [String]) throws {
    let resolved = try ResolvedGraph(
      try Text.model(graph), reading: .init(first: first, last: last))
    #expect(resolved.inputs.map(\.name) == first)
    #expect(resolved.nodes.map(\.opType).sorted() == operators.sorted())
    for node in resolved.nodes {
      #expect(Set(node.output).isDisjoint(with: first), "\(node.label)")
    }
  }

  @Test("asks for what they are made of")
  func asked() throws {
    let model = try Text.model(Self.split)
    let error = #expect(throws: ONNXError.self) {
      try ResolvedGraph(model, reading: .init(first: ["s1"]))
    }
    #expect(error?.description.contains("also reads the input x") == true)
  }
}
