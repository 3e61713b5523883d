import Foundation
import ONNXSchema
import SwiftProtobuf
import TestSupport
import Testing

@testable import ONNXFormat

/// A node with the outputs that the onnx package gives for it, as `operator_cases.py` prints it.
struct OperatorCase: Decodable {
  /// A value: its type, and its content where it is known and small.
  struct Value: Decodable {
    var elementType: Int
    var shape: [Int]
    var tensor: Data?
  }

  var name: String
  var `operator`: String
  var opset: Int
  var node: Data
  var inputs: [Value?]
  var outputs: [Value?]?

  /// The cases that the script prints for some arguments.
  static func all(_ arguments: [String]) throws -> [OperatorCase] {
    let output = try PythonTool("operator_cases.py").succeed(arguments)
    return try JSONDecoder().decode([OperatorCase].self, from: Data(output.utf8))
  }

  /// The answer for the case; an error is an issue that names the case.
  func attempt<Answer>(_ body: () throws -> Answer?) -> Answer? {
    do {
      return try body()
    } catch {
      Issue.record(error, "\(name)")
      return nil
    }
  }

  /// The node with its inputs, constant where the case says their content.
  func call() throws -> OperatorCall {
    OperatorCall(
      node: try ONNXNode(serializedBytes: node), inputs: try inputs.map { try $0?.facts() },
      opset: opset)
  }
}

extension OperatorCase.Value {
  /// The type, or nil for one that ONNX has and the reader does not.
  var type: TensorType? { ElementType(rawValue: elementType).map { TensorType($0, shape) } }

  /// The content.
  func constant() throws -> Tensor? {
    guard let tensor else { return nil }
    return try Tensor(inline: try Onnx_TensorProto(serializedBytes: tensor), named: "value")
  }

  fileprivate func facts() throws -> ValueFacts? {
    try type.map { ValueFacts(type: $0, constant: try constant()) }
  }

  /// Whether a folded constant is this value, up to the rounding of 32-bit floats.
  func isContent(_ folded: Tensor) throws -> Bool {
    guard let type, folded.type == type, let expected = try constant() else { return false }
    if type.elementType.isInteger {
      return try folded.integerValues() == expected.integerValues()
    }
    guard type.elementType == .float else {
      return try folded.contiguousBytes() == expected.contiguousBytes()
    }
    let pairs = zip(try folded.floatValues(), try expected.floatValues())
    return pairs.allSatisfy { found, wanted in
      found == wanted || (found.isNaN && wanted.isNaN)
        || abs(found - wanted) <= 1e-5 * max(1, abs(wanted))
    }
  }
}
