import Diagnostics
import Foundation
import NetworkImport
import NetworkModel
import ONNXSchema
import SwiftProtobuf
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

/// Models of one input `x` of 1×3×8×8 and one output `y`, as people write them.
@Suite("Models with functions, branches, foreign operators and weights among the inputs")
struct ForeignModelTests {
  private func model(_ text: String) throws -> ONNXModel {
    func value(_ name: String) -> String {
      let dims = [1, 3, 8, 8].map { "dim { dim_value: \($0) }" }.joined(separator: " ")
      return "{ name: '\(name)' type { tensor_type { elem_type: 1 shape { \(dims) } } } }"
    }
    let frame = """
      opset_import { version: 17 }
      graph { input \(value("x")) output { name: 'y' } }
      """
    var proto = try Onnx_ModelProto(textFormatString: frame + "\n" + text)
    let initializers = proto.graph.initializer.map { Initializer(header: $0) }
    proto.graph.initializer = []
    return ONNXModel(proto: proto, initializers: initializers)
  }

  private func graph(_ text: String) throws -> BlockGraph {
    try BlockGraph(try ResolvedGraph(try model(text)), name: "network", options: .layers)
  }

  private func message(_ text: String) -> String {
    do {
      _ = try graph(text)
      return ""
    } catch { return "\(error)" }
  }

  // MARK: Functions

  @Test("a function whose outputs are its inputs, or one another")
  func passingFunction() throws {
    let graph = try graph(
      """
      graph { node { op_type: 'F' domain: 'own' input: 'x' output: ['a', 'b', 'c'] }
              node { op_type: 'Sum' input: ['a', 'b', 'c'] output: 'y' } }
      functions { name: 'F' domain: 'own' input: 't' output: ['t', 'u', 'u']
                  node { op_type: 'Relu' input: 't' output: 'u' } }
      """)
    let types = graph.layers.map(\.node.opType)
    #expect(types.filter { $0 == "Relu" }.count == 1)
    #expect(types.last == "Sum")
    #expect(graph.layers.last?.valueTypes.count == 3)
  }

  @Test("values of a function never meet those of the graph or of another call")
  func scopes() throws {
    let graph = try graph(
      """
      graph { node { op_type: 'F' domain: 'own' name: 'one' input: 'x' output: 'one/t' }
              node { op_type: 'F' domain: 'own' name: 'one' input: 'one/t' output: 'y' } }
      functions { name: 'F' domain: 'own' input: 'x' output: 'y'
                  node { op_type: 'Neg' input: 'x' output: 't' }
                  node { op_type: 'Abs' input: 't' output: 'y' } }
      """)
    #expect(graph.layers.map(\.node.opType) == ["Neg", "Abs", "Neg", "Abs"])
    #expect(graph.violations() == [])
  }

  @Test("a function sees nothing of the graph around it, and does not call itself")
  func functionErrors() throws {
    let call = "graph { node { op_type: 'F' domain: 'own' name: 'call' input: 'x' output: 'y' } }"
    let outside = message(
      call + """
        functions { name: 'F' domain: 'own' input: 't' output: 'u'
                    node { op_type: 'Add' input: ['t', 'x'] output: 'u' } }
        """)
    #expect(outside.contains("call/u (Add): its input call/x is made by no node"))
    let endless = message(
      call + """
        functions { name: 'F' domain: 'own' input: 't' output: 'u'
                    node { op_type: 'F' domain: 'own' input: 't' output: 'u' } }
        """)
    #expect(endless.contains("the function F calls itself"))
    let arguments = message(
      call + "functions { name: 'F' domain: 'own' output: 'u' }")
    #expect(arguments.contains("the function takes 0 inputs"))
  }

  @Test("functions that double one another forty times are refused, not written out")
  func growth() throws {
    let functions = (0..<40).map { level in
      """
      functions { name: 'F\(level)' domain: 'own' input: 't' output: 'v'
                  node { op_type: 'F\(level + 1)' domain: 'own' input: 't' output: 'u' }
                  node { op_type: 'F\(level + 1)' domain: 'own' input: 'u' output: 'v' } }
      """
    }
    let text = message(
      """
      graph { node { op_type: 'F0' domain: 'own' input: 'x' output: 'y' } }
      functions { name: 'F40' domain: 'own' input: 't' output: 'u'
                  node { op_type: 'Neg' input: 't' output: 'u' } }
      """ + functions.joined(separator: "\n"))
    #expect(text.contains("too many nodes"))
  }

  // MARK: Branches

  private func branch(_ name: String, _ type: String) -> String {
    """
    attribute { name: '\(name)' type: GRAPH
                g { name: 'g' output { name: 't' }
                    node { op_type: '\(type)' input: 'x' output: 't' } } }
    """
  }

  @Test("a branch is taken by a constant condition, and refused by name where it is computed")
  func conditions() throws {
    let branches = branch("then_branch", "Relu") + branch("else_branch", "Neg")
    for (value, type) in [(1, "Relu"), (0, "Neg")] {
      let graph = try graph(
        """
        graph { node { op_type: 'If' input: 'c' output: 'y' \(branches) }
                initializer { name: 'c' data_type: 9 int32_data: \(value) } }
        """)
      #expect(graph.layers.map(\.node.opType) == [type])
    }
    let computed = message(
      """
      graph { node { op_type: 'ReduceMax' input: 'x' output: 'm'
                     attribute { name: 'keepdims' type: INT i: 0 } }
              node { op_type: 'Cast' input: 'm' output: 'c'
                     attribute { name: 'to' type: INT i: 9 } }
              node { op_type: 'If' name: 'fork' input: 'c' output: 'y' \(branches) } }
      """)
    #expect(computed.contains("fork (If): its condition is not constant"))
    let loop = message(
      """
      graph { node { op_type: 'Loop' name: 'round' input: ['', '', 'x'] output: 'y'
                     \(branch("body", "Relu")) } }
      """)
    #expect(loop.contains("round (Loop)"))
  }

  // MARK: Operators of others

  @Test("an operator of another domain has its stored shape and counts its weights")
  func foreignOperator() throws {
    let graph = try graph(
      """
      graph { node { op_type: 'Fused' domain: 'com.example' input: ['x', 'w'] output: 'h'
                     attribute { name: 'secret' type: INTS ints: [1, 2] } }
              node { op_type: 'Relu' input: 'h' output: 'y'
                     attribute { name: 'consumed_inputs' type: INTS ints: 0 } }
              initializer { name: 'w' data_type: 1 dims: [7, 3, 1, 1] }
              value_info { name: 'h' type { tensor_type { elem_type: 1 shape {
                dim { dim_param: 'N' } dim { dim_value: 7 } dim { dim_value: 8 }
                dim { dim_value: 8 } } } } } }
      """)
    #expect(graph.layers[0].outputs == [TensorType(.float, [1, 7, 8, 8])])
    #expect(graph.layers[0].parameters(channels: graph.layers[0].allChannels) == 21)
    let kept = graph.layers[1].node.attributeIfPresent("consumed_inputs")
    #expect(kept != nil)
  }

  // MARK: Weights among the inputs

  private func input(_ name: String, _ shape: [Int]) -> String {
    let dims = shape.map { "dim { dim_value: \($0) }" }.joined(separator: " ")
    return "input { name: '\(name)' type { tensor_type { elem_type: 1 shape { \(dims) } } } }"
  }

  @Test("inputs that are only read as parameters are weights without values")
  func weightInputs() throws {
    let model = try model(
      """
      graph { \(input("w", [4, 3, 1, 1])) \(input("b", [4])) \(input("f", [5, 256]))
              \(input("s", [5]))
              node { op_type: 'Conv' input: ['x', 'w', 'b'] output: 'h' }
              node { op_type: 'Flatten' input: 'h' output: 'i' }
              node { op_type: 'Transpose' input: 'f' output: 'ft' }
              node { op_type: 'MatMul' input: ['i', 'ft'] output: 'j' }
              node { op_type: 'Add' input: ['j', 's'] output: 'y' } }
      """)
    let resolved = try ResolvedGraph(model)
    #expect(resolved.inputs.map(\.name) == ["x"])
    #expect(resolved.diagnostics.filter { $0.message.contains("have no values") }.count == 1)
    let graph = try BlockGraph(resolved, name: "network", options: .layers)
    #expect(graph.work.macs == 4 * 64 * 3 + 256 * 5)
    guard case .dense = graph.layers[2].kind else {
      Issue.record("the product is \(graph.layers[2].kind)")
      return
    }
    #expect(throws: ONNXError.self) {
      let data = try ONNXModel(exporting: graph).initializers[0].tensor(directory: "")
      _ = try data.contiguousBytes()
    }
  }

  @Test("a product of two inputs, a sum of two inputs and an input that is also an output stay")
  func noWeightInputs() throws {
    let resolved = try ResolvedGraph(
      try model(
        """
        graph { \(input("z", [1, 3, 8, 8]))
                node { op_type: 'Relu' input: 'z' output: 'r' }
                node { op_type: 'MatMul' input: ['x', 'r'] output: 'h' }
                node { op_type: 'Add' input: ['h', 'z'] output: 'y' } }
        """))
    #expect(resolved.inputs.map(\.name) == ["x", "z"])
  }
}
