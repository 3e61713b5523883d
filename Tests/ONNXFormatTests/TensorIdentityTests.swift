@testable import ONNXResolution
import ONNXSchema
import TestSupport
import Testing

@testable import ONNXFormat

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
    #expect(Set(weights.map(\.origin).filter(\.conversions.isEmpty)).count == 4)
    let read = graph.nodes.compactMap { graph.constants[$0.input[1]]?.origin }
    #expect(Set(read).count == 4)
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
}
