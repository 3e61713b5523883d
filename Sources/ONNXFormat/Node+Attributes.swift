import Foundation
package import ONNXSchema

/// A node of an ONNX graph.
package typealias ONNXNode = Onnx_NodeProto
/// An attribute of a node.
package typealias ONNXAttribute = Onnx_AttributeProto

extension ONNXNode {
  /// The attribute called `name`; nil where the node does not have it.
  package func attributeIfPresent(_ name: String) -> ONNXAttribute? {
    attribute.first { $0.name == name }
  }

  /// An integer attribute, or nil where the node does not have it.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the attribute has another type.
  package func int(_ name: String) throws -> Int? {
    guard let found = try typed(name, .int, "an integer") else { return nil }
    return Int(found.i)
  }

  /// An integer attribute with its default.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the attribute has another type.
  package func int(_ name: String, default value: Int) throws -> Int { try int(name) ?? value }

  /// A list of integers, or nil where the node does not have it.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the attribute has another type.
  package func ints(_ name: String) throws -> [Int]? {
    guard let found = try typed(name, .ints, "a list of integers") else { return nil }
    return found.ints.map { Int($0) }
  }

  /// A floating-point attribute with its default.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the attribute has another type.
  package func float(_ name: String, default value: Float) throws -> Float {
    try typed(name, .float, "a number")?.f ?? value
  }

  /// A text attribute with its default.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the attribute has another type.
  package func string(_ name: String, default value: String) throws -> String {
    guard let found = try typed(name, .string, "a text") else { return value }
    return String(decoding: found.s, as: UTF8.self)
  }

  /// An error about this node.
  package func error(_ reason: String) -> ONNXError {
    ONNXError.node(name: label, operator: opType, reason: reason)
  }

  /// What a message calls the node: its name, else its first output.
  package var label: String { name.isEmpty ? (output.first { !$0.isEmpty } ?? "?") : name }

  private func typed(
    _ name: String, _ type: ONNXAttribute.AttributeType, _ noun: String
  ) throws -> ONNXAttribute? {
    guard let found = attributeIfPresent(name) else { return nil }
    // Files of the first IR versions leave the type out.
    guard found.type == type || found.type == .undefined else {
      throw error("the attribute \"\(name)\" should be \(noun)")
    }
    return found
  }
}

extension ONNXAttribute {
  /// An attribute that holds an integer.
  package init(name: String, int value: Int) {
    self.init()
    self.name = name
    type = .int
    i = Int64(value)
  }

  /// An attribute that holds a list of integers.
  package init(name: String, ints values: [Int]) {
    self.init()
    self.name = name
    type = .ints
    ints = values.map { Int64($0) }
  }

  /// An attribute that holds a text.
  package init(name: String, string value: String) {
    self.init()
    self.name = name
    self.type = .string
    s = Data(value.utf8)
  }

  /// An attribute that holds a floating-point number.
  package init(name: String, float value: Float) {
    self.init()
    self.name = name
    type = .float
    f = value
  }
}
