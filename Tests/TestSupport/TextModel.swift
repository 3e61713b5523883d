package import ONNXFormat
import ONNXSchema
import SwiftProtobuf

/// Models that tests write in protobuf's text format.
package enum TextModel {
  /// A model of a graph in text.
  package static func model(_ graph: String, opset: Int = 17) throws -> ONNXModel {
    var proto = try Onnx_ModelProto(
      textFormatString:
        "ir_version: 8 opset_import { version: \(opset) } graph { name: 'g' \(graph) }")
    let initializers = proto.graph.initializer.map { Initializer(header: $0) }
    proto.graph.initializer = []
    return ONNXModel(proto: proto, initializers: initializers)
  }

  /// Writes the model of a graph in text.
  package static func write(_ graph: String, to path: String) throws {
    try model(graph).write(to: path)
  }

  /// An input or output; a dimension is a number, a name, or empty where it is free.
  package static func value(_ field: String, _ name: String, _ shape: String, type: Int = 1)
    -> String
  {
    let dimensions =
      shape.isEmpty ? [] : shape.split(separator: "×", omittingEmptySubsequences: false)
    let dims = dimensions.map { text in
      Int(text).map { "dim { dim_value: \($0) }" }
        ?? (text == "?" ? "dim { }" : "dim { dim_param: '\(text)' }")
    }
    return "\(field) { name: '\(name)' type { tensor_type { elem_type: \(type) shape { "
      + dims.joined(separator: " ") + " } } } }\n"
  }

  package static func input(_ name: String, _ shape: String, type: Int = 1) -> String {
    value("input", name, shape, type: type)
  }

  /// A stored tensor of floats, whose values count up from `first`.
  package static func weights(_ name: String, _ shape: [Int], first: Double = 0.5) -> String {
    let values = (0..<shape.reduce(1, *)).map { "\(first + Double($0 % 7) * 0.25)" }
    return "initializer { name: '\(name)' data_type: 1 \(dims(shape)) float_data: ["
      + values.joined(separator: ", ") + "] }\n"
  }

  /// A stored tensor of 64-bit integers.
  package static func integers(_ name: String, _ values: [Int], shape: [Int]? = nil) -> String {
    "initializer { name: '\(name)' data_type: 7 \(dims(shape ?? [values.count])) int64_data: "
      + "[\(values.map { "\($0)" }.joined(separator: ", "))] }\n"
  }

  private static func dims(_ shape: [Int]) -> String {
    shape.map { "dims: \($0)" }.joined(separator: " ")
  }

  /// A node called as its first output.
  package static func node(
    _ type: String, _ inputs: [String], _ outputs: [String], _ attributes: String = ""
  ) -> String {
    func list(_ names: [String]) -> String {
      "[" + names.map { "'\($0)'" }.joined(separator: ", ") + "]"
    }
    return "node { op_type: '\(type)' name: 'n_\(outputs[0])' input: \(list(inputs)) "
      + "output: \(list(outputs)) \(attributes) }\n"
  }

  package static func int(_ name: String, _ value: Int) -> String {
    "attribute { name: '\(name)' type: INT i: \(value) } "
  }

  package static func ints(_ name: String, _ values: [Int]) -> String {
    "attribute { name: '\(name)' type: INTS ints: [\(values.map { "\($0)" }.joined(separator: ", "))] } "
  }

  package static func float(_ name: String, _ value: Double) -> String {
    "attribute { name: '\(name)' type: FLOAT f: \(value) } "
  }
}
