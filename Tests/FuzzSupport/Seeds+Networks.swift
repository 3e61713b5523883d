import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXSchema
import SwiftProtobuf
import TestSupport

extension Seeds {
  /// Small networks with every kind of block, and one whose shapes are computed from constants.
  static func networks() throws -> [[UInt8]] {
    let folder = try TemporaryFolder()
    let path = folder.file("seed.onnx")
    let networks = try (1...6).map { (seed: UInt64) in
      try RandomNetwork.model(seed: seed, layers: 7).write(to: path)
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    return networks + [try computedShapes().serializedBytes()]
  }

  /// A network whose shapes are computed, where a changed number changes how much is computed.
  private static func computedShapes() -> Onnx_ModelProto {
    var proto = Onnx_ModelProto()
    proto.irVersion = 8
    proto.opsetImport = [.with { $0.version = 13 }]
    proto.graph.name = "computed"
    proto.graph.input = [SmallNetworks.value("x", [1, 4, 6, 6])]
    proto.graph.output = [
      SmallNetworks.value("padded", [1, 4, 8, 8]), SmallNetworks.value("sum", [3, 4, 36]),
    ]
    proto.graph.initializer = [
      integers("zero", [], [0]), integers("end", [], [36]), integers("one", [], [1]),
      integers("first", [1], [0]), integers("rest", [2], [4, -1]),
      integers("tiles", [3], [3, 1, 1]),
      integers("wide", [3], [1, 4, 36]), integers("starts", [2], [0, 0]),
      integers("ends", [2], [4, 6]), integers("axes", [2], [1, 2]),
      integers("pads", [8], [0, 0, 1, 1, 0, 0, 1, 1]),
    ]
    proto.graph.node = [
      node("Shape", ["x"], "shape"), node("Gather", ["shape", "first"], "batch"),
      node("Concat", ["batch", "rest"], "target", [ONNXAttribute(name: "axis", int: 0)]),
      node("Reshape", ["x", "target"], "flat"), node("Range", ["zero", "end", "one"], "numbers"),
      node("Expand", ["numbers", "wide"], "grid"),
      node("Cast", ["grid"], "floats", [ONNXAttribute(name: "to", int: 1)]),
      node("Tile", ["floats", "tiles"], "many"), node("Add", ["flat", "many"], "sum"),
      node("Slice", ["x", "starts", "ends", "axes"], "part"),
      node("Pad", ["part", "pads"], "padded"),
      node("ConstantOfShape", ["wide"], "unused"),
    ]
    return proto
  }

  private static func integers(
    _ name: String, _ shape: [Int64], _ values: [Int64]
  ) -> Onnx_TensorProto {
    .with {
      $0.name = name
      $0.dims = shape
      $0.dataType = Int32(ElementType.int64.rawValue)
      $0.int64Data = values
    }
  }

  private static func node(
    _ type: String, _ inputs: [String], _ output: String, _ attributes: [ONNXAttribute] = []
  ) -> ONNXNode {
    var node = ONNXNode()
    node.opType = type
    node.name = "\(output)_node"
    node.input = inputs
    node.output = [output]
    node.attribute = attributes
    return node
  }
}
