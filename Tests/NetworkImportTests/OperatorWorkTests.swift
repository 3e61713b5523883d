import Foundation
import NetworkModel
import ONNXFormat
import ONNXResolution
import ONNXSchema
import TestSupport
import Testing

@testable import NetworkImport

@Suite("Operators that are one block count their work")
struct OperatorWorkTests {
  private func work(_ path: String) throws -> Work {
    let graph = try ResolvedGraph(try ONNXModel(path: path))
    return try BlockGraph(graph, name: "network", options: .layers).work
  }

  /// The onnx package writes an attention out as the operators that define it.
  @Test("an attention has the multiply-accumulates of the products that define it")
  func attention() throws {
    let (folder, models) = try SuiteModel.all.get()
    var numbers: [String: Int] = [:]
    for (number, model) in models.enumerated() { numbers[model.name] = number }
    var compared = 0
    for (number, model) in models.enumerated() where model.operators == ["Attention"] {
      guard let expanded = numbers["\(model.name)_expanded"] else { continue }
      let found = try work(folder.file("\(number)_bare.onnx")).macs
      #expect(found == (try work(folder.file("\(expanded)_bare.onnx")).macs), "\(model.name)")
      #expect(found > 0)
      compared += 1
    }
    #expect(compared > 80)
  }

  /// A network of one node over inputs of the given shapes.
  private func work(
    _ type: String, _ shapes: [[Int]], _ attributes: [ONNXAttribute], outputs: Int = 1
  ) throws -> Work {
    var node = ONNXNode()
    node.opType = type
    node.attribute = attributes
    node.input = shapes.indices.map { shapes[$0] == [-1] ? "" : "x\($0)" }
    node.output = (0..<outputs).map { "y\($0)" }
    var proto = Onnx_ModelProto()
    proto.graph.node = [node]
    proto.graph.input = zip(node.input, shapes).filter { !$0.0.isEmpty }.map {
      Onnx_ValueInfoProto(name: $0, type: TensorType(.float, $1))
    }
    proto.graph.output = node.output.map { Onnx_ValueInfoProto(name: $0, type: .init(.float, [])) }
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 27
    proto.opsetImport = [opset]
    let graph = try ResolvedGraph(ONNXModel(proto: proto))
    return try BlockGraph(graph, name: "network", options: .layers).work
  }

  /// The images of the regions are named by constants, which say where to look.
  @Test(
    "regions of images have the sizes of the outputs, and constants of them are weights",
    arguments: [(true, 12), (false, 0)])
  func regions(isStored: Bool, parameters: Int) throws {
    typealias Text = TextModel
    let regions = isStored ? Text.weights("r", [3, 4]) : Text.input("r", "3×4")
    let size = Text.int("output_height", 2) + Text.int("output_width", 5)
    let graph = try ResolvedGraph(
      try Text.model(
        Text.input("x", "1×6×8×8") + regions + Text.integers("b", [0, 0, 0])
          + Text.node("RoiAlign", ["x", "r", "b"], ["y"], size) + "output { name: 'y' }"))
    #expect(graph.types["y"]?.shape == [3, 6, 2, 5])
    let blocks = try BlockGraph(graph, name: "network", options: .layers)
    #expect(blocks.parameters(blocks.blockIDs) == parameters)
    #expect(graph.inputs.count == (isStored ? 1 : 2))
  }

  @Test("a recurrent layer multiplies each gate with the input and the state at every step")
  func recurrence() throws {
    let hidden = ONNXAttribute(name: "hidden_size", int: 5)
    // 3 steps, batch 2, 4 features, 5 states: gates · 3 · 2 · 5 · (4 + 5).
    for (type, gates) in [("RNN", 1), ("GRU", 3), ("LSTM", 4)] {
      let found = try work(type, [[3, 2, 4], [1, gates * 5, 4], [1, gates * 5, 5]], [hidden])
      #expect(found.macs == gates * 3 * 2 * 5 * 9)
      #expect(found.operations == 2 * found.macs + gates * 3 * 2 * 5)
    }
    let both = ONNXAttribute(name: "direction", string: "bidirectional")
    let found = try work("LSTM", [[3, 2, 4], [2, 20, 4], [2, 20, 5]], [hidden, both])
    #expect(found.macs == 2 * 4 * 3 * 2 * 5 * 9)
  }

  @Test("an Einsum multiplies its operands at every combination of its indices")
  func einsum() throws {
    func equation(_ text: String) -> [ONNXAttribute] {
      [ONNXAttribute(name: "equation", string: text)]
    }
    #expect(try work("Einsum", [[2, 3, 4], [2, 4, 5]], equation("bij,bjk->bik")).macs == 120)
    #expect(try work("Einsum", [[2, 3], [3, 4], [4, 5]], equation("ij,jk,kl->il")).macs == 240)
    let sum = try work("Einsum", [[2, 3]], equation("ij->i"))
    #expect(sum == Work(macs: 0, operations: 6))
  }

  @Test("convolutions that are not cut count like the others")
  func convolutions() throws {
    let deformed = try work(
      "DeformConv", [[1, 4, 6, 6], [8, 4, 3, 3], [1, 18, 4, 4]], [])
    #expect(deformed.macs == 8 * 4 * 4 * 4 * 9)
    let causal = try work("CausalConvWithState", [[1, 4, 10], [4, 1, 3]], [], outputs: 2)
    #expect(causal.macs == 4 * 10 * 3)
    let transposed = try work("ConvTranspose", [[1, 4, 5, 5], [4, 8, 2, 2]], [])
    #expect(transposed.macs == 4 * 5 * 5 * 8 * 2 * 2)
    let product = try work("MatMulInteger", [[2, 3, 4], [4, 5]], [])
    #expect(product.macs == 2 * 3 * 4 * 5)
  }

  /// Per position and head of the keys d_k · d_v for the update, per head of the queries as many for
  /// the reading, and for the delta rule once more.
  @Test("a linear attention multiplies with its state at every position")
  func linearAttention() throws {
    let heads = [
      ONNXAttribute(name: "q_num_heads", int: 4), ONNXAttribute(name: "kv_num_heads", int: 2),
    ]
    let shapes = [[1, 7, 32], [1, 7, 16], [1, 7, 24]]
    let rule = ONNXAttribute(name: "update_rule", string: "linear")
    let found = try work("LinearAttention", shapes, heads + [rule], outputs: 2)
    #expect(found.macs == 7 * (4 + 2) * 8 * 12)
    let delta = ONNXAttribute(name: "update_rule", string: "delta")
    let more = try work(
      "LinearAttention", shapes + [[-1], [-1], [1, 7, 2]], heads + [delta], outputs: 2)
    #expect(more.macs == 7 * (4 + 2 + 2) * 8 * 12)
  }
}
