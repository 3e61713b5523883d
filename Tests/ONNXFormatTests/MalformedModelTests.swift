import Diagnostics
import Files
import Foundation
import NetworkImport
import NetworkModel
import ONNXSchema
import RandomNumbers
import SwiftProtobuf
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

@Suite("A damaged model gives one clear error")
struct MalformedModelTests {
  /// Opens bytes as a model, as far as to its blocks.
  private func open(_ bytes: [UInt8], in folder: TemporaryFolder) throws {
    let path = folder.file("model.onnx")
    try Data(bytes).write(to: URL(filePath: path))
    let graph = try ResolvedGraph(try ONNXModel(path: path))
    let blocks = try BlockGraph(graph, name: "model")
    _ = blocks.work
    _ = try ONNXModel(exporting: blocks)
  }

  @Test("truncated and changed bytes never crash", arguments: ["bvlc_alexnet", "shufflenet"])
  func mutations(name: String) throws {
    let folder = try TemporaryFolder()
    let source = Array(try Data(contentsOf: URL(filePath: try ModelZoo.path(name))))
    var random = SplitMix64(seed: 2024)
    var errors = 0
    for round in 0..<400 {
      var bytes = source
      if round % 4 == 0 {
        bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
      } else {
        for _ in 0...Int.random(in: 0..<4, using: &random) {
          let index = Int.random(in: 0..<bytes.count, using: &random)
          bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
      }
      do {
        try open(bytes, in: folder)
      } catch let error as ONNXError {
        errors += 1
        #expect(!error.description.isEmpty)
        #expect(!error.description.contains("\n"))
      }
    }
    #expect(errors > 50)
  }

  private func model(
    _ nodes: [(type: String, inputs: [String], outputs: [String])], shape: [Int64] = [1, 3, 8, 8],
    change: (inout Onnx_ModelProto) -> Void = { _ in }
  ) throws -> [UInt8] {
    var proto = Onnx_ModelProto()
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 13
    proto.opsetImport = [opset]
    proto.graph.node = nodes.map { type, inputs, outputs in
      var node = Onnx_NodeProto()
      node.opType = type
      node.name = "the_\(type)"
      node.input = inputs
      node.output = outputs
      return node
    }
    var input = Onnx_ValueInfoProto()
    input.name = "x"
    input.type.tensorType.elemType = 1
    input.type.tensorType.shape.dim = shape.map { size in
      var dimension = Onnx_TensorShapeProto.Dimension()
      dimension.dimValue = size
      return dimension
    }
    var output = Onnx_ValueInfoProto()
    output.name = "y"
    proto.graph.input = [input]
    proto.graph.output = [output]
    change(&proto)
    return try proto.serializedBytes()
  }

  private func message(_ bytes: [UInt8]) throws -> String {
    let folder = try TemporaryFolder()
    do {
      try open(bytes, in: folder)
      return ""
    } catch let error as ONNXError {
      return error.description
    }
  }

  @Test("an empty file")
  func empty() throws { #expect(try message([]).contains("empty")) }

  @Test("a file without a graph")
  func noGraph() throws { #expect(try message([0x08, 0x07]).contains("no graph")) }

  @Test("a cycle is named")
  func cycle() throws {
    let text = try message(
      try model([("Add", ["x", "b"], ["a"]), ("Relu", ["a"], ["b"]), ("Relu", ["b"], ["y"])]))
    #expect(text.contains("cycle") && text.contains("the_Add") && text.contains("the_Relu"))
  }

  @Test("an input that nobody makes is named")
  func missingInput() throws {
    let text = try message(try model([("Relu", ["nobody"], ["y"])]))
    #expect(text.contains("nobody") && text.contains("the_Relu"))
  }

  @Test("an output that nobody makes is named")
  func missingOutput() throws {
    #expect(try message(try model([("Relu", ["x"], ["z"])])).contains("output y"))
  }

  @Test("one value made twice")
  func madeTwice() throws {
    let text = try message(try model([("Relu", ["x"], ["y"]), ("Tanh", ["x"], ["y"])]))
    #expect(text.contains("y") && text.contains("elsewhere"))
  }

  @Test(
    "absurd shapes",
    arguments: [[1, 3, 1 << 40, 1 << 40], [1, 3, -8, 8], [1 << 62, 4], [1, 0, 8, 8]])
  func absurdShapes(shape: [Int64]) throws {
    let text = try message(try model([("Relu", ["x"], ["y"])], shape: shape))
    #expect(text.contains("x"))
  }

  @Test("weights that do not fit their dimensions")
  func wrongWeights() throws {
    let bytes = try model([("Add", ["x", "w"], ["y"])]) { proto in
      var tensor = Onnx_TensorProto()
      tensor.name = "w"
      tensor.dims = [8]
      tensor.dataType = 1
      tensor.floatData = [1, 2, 3]
      proto.graph.initializer = [tensor]
    }
    #expect(try message(bytes).contains("w"))
  }

  @Test("work that cannot be counted")
  func absurdWork() throws {
    let bytes = try model([("MatMul", ["x", "w"], ["y"])], shape: [1 << 20, 1 << 20]) { proto in
      var tensor = Onnx_TensorProto()
      tensor.name = "w"
      tensor.dims = [1 << 20, 1 << 20]
      tensor.dataType = 1
      proto.graph.initializer = [tensor]
    }
    let text = try message(bytes)
    #expect(text.contains("the_MatMul") && text.contains("operations"))
  }

  @Test("control flow is refused by name, because its graphs read values unseen")
  func controlFlow() throws {
    let bytes = try model([("If", ["x"], ["y"])]) { proto in
      var attribute = Onnx_AttributeProto()
      attribute.name = "then_branch"
      attribute.type = .graph
      attribute.g = Onnx_GraphProto()
      proto.graph.node[0].attribute = [attribute]
    }
    #expect(try message(bytes).contains("the_If"))
  }

  @Test("an LRN over no channels or too many", arguments: [0, -5, Int.max])
  func absurdLRN(size: Int) throws {
    let bytes = try model([("LRN", ["x"], ["y"])]) { proto in
      proto.graph.node[0].attribute = [ONNXAttribute(name: "size", int: size)]
    }
    #expect(try message(bytes).contains("size should be"))
  }

  @Test("constants whose product does not fit")
  func foldedOverflow() throws {
    let bytes = try model([("Mul", ["a", "a"], ["s"]), ("Reshape", ["x", "s"], ["y"])]) { proto in
      var tensor = Onnx_TensorProto()
      tensor.name = "a"
      tensor.dims = [1]
      tensor.dataType = Int32(ElementType.int64.rawValue)
      tensor.int64Data = [1 << 62]
      proto.graph.initializer = [tensor]
    }
    #expect(try message(bytes).contains("64 bits"))
  }

  @Test("optional outputs that are left out leave the others where they are")
  func omittedOutput() throws {
    let bytes = try model([("Mystery", ["x"], ["", "h"]), ("Relu", ["h"], ["y"])]) { proto in
      var info = proto.graph.input[0]
      info.name = "h"
      proto.graph.valueInfo = [info]
    }
    #expect(try message(bytes).isEmpty)
  }

  @Test("a field that is repeated without end takes time in proportion")
  func repeatedField() throws {
    let folder = try TemporaryFolder()
    // ValueInfoProto of a type whose tensor_type (field 1) comes again and again, each time with a shape
    // (field 2) of one more dimension (field 1) of one element.
    let again: [UInt8] = [0x0a, 0x06, 0x12, 0x04, 0x0a, 0x02, 0x08, 0x01]
    let type = [[UInt8]](repeating: again, count: 400_000).flatMap(\.self)
    func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
      var length: [UInt8] = []
      var rest = content.count
      while rest >= 128 {
        length.append(UInt8(rest & 127) | 128)
        rest >>= 7
      }
      return [number << 3 | 2] + length + [UInt8(rest)] + content
    }
    let bytes = try model([("Relu", ["x"], ["y"])])
    let extra = field(7, field(13, field(2, type)))
    try open(bytes + extra, in: folder)
  }

  @Test("a pipe is no model, and nobody waits for it")
  func pipe() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: FileError.self) { try ONNXModel(path: path) }
  }

  @Test("an attribute of the wrong kind")
  func wrongAttribute() throws {
    let bytes = try model([("Concat", ["x", "x"], ["y"])]) { proto in
      var attribute = Onnx_AttributeProto()
      attribute.name = "axis"
      attribute.type = .string
      attribute.s = Data("one".utf8)
      proto.graph.node[0].attribute = [attribute]
    }
    #expect(try message(bytes).contains("axis"))
  }

  @Test("an operator that is not known and has no stored shape")
  func unknownOperator() throws {
    let text = try message(try model([("Mystery", ["x"], ["h"]), ("Relu", ["h"], ["y"])]))
    #expect(text.contains("Mystery") && text.contains("h"))
  }

  @Test("an operator that is not known but has a stored shape is an opaque block, with a warning")
  func opaqueOperator() throws {
    let bytes = try model([("Mystery", ["x"], ["h"]), ("Relu", ["h"], ["y"])]) { proto in
      var info = proto.graph.input[0]
      info.name = "h"
      proto.graph.valueInfo = [info]
    }
    let folder = try TemporaryFolder()
    let path = folder.file("model.onnx")
    try Data(bytes).write(to: URL(filePath: path))
    let graph = try ResolvedGraph(try ONNXModel(path: path))
    #expect(graph.diagnostics.contains { $0.message.contains("Mystery") })
    #expect(try BlockGraph(graph, name: "m").blocks.count == 4)
  }

  @Test("a free batch is taken as one, other free dimensions need --input-shape")
  func freeDimensions() throws {
    func dimensions(_ free: [Int]) throws -> [UInt8] {
      try model([("Relu", ["x"], ["y"])]) { proto in
        for axis in free {
          proto.graph.input[0].type.tensorType.shape.dim[axis].dimParam = "N"
        }
      }
    }
    #expect(try message(try dimensions([0])).isEmpty)
    #expect(try message(try dimensions([2])).contains("`input_shape` x="))
    let folder = try TemporaryFolder()
    let path = folder.file("model.onnx")
    try Data(try dimensions([0, 2, 3])).write(to: URL(filePath: path))
    let graph = try ResolvedGraph(
      try ONNXModel(path: path), reading: .init(shapes: ["x": [2, 3, 16, 16]]))
    #expect(graph.types["y"]?.shape == [2, 3, 16, 16])
    #expect(throws: ONNXError.self) {
      try ResolvedGraph(try ONNXModel(path: path), reading: .init(shapes: ["nobody": [1]]))
    }
  }
}
