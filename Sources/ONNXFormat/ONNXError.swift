import Diagnostics

/// What can be wrong with an ONNX file; each message names the file or the node and what was expected.
package enum ONNXError: UserFacingError {
  /// The file cannot be opened or written.
  case file(path: String, reason: String)
  /// The bytes are not a protobuf message of the ONNX schema.
  case malformed(path: String, offset: Int, reason: String)
  /// The model as a whole breaks a rule of ONNX.
  case model(reason: String)
  /// What the user says about how to read the model does not fit it.
  case reading(key: String, reason: String)
  /// A node breaks a rule of its operator.
  case node(name: String, operator: String, reason: String)
  /// What a node computes depends on values that are not known before it runs.
  case undecided(name: String, operator: String, reason: String, values: [String])
  /// A tensor's description and its data do not fit.
  case tensor(name: String, reason: String)
  /// The values of a tensor are needed and are not there.
  case valuesAbsent(name: String, reason: String)

  /// The file, node or tensor, and the reason.
  package var message: String {
    switch self {
    case .file(let path, let reason): "\(path): \(reason)"
    case .malformed(let path, let offset, let reason):
      "\(path): not a valid ONNX file: \(reason) (byte \(offset))"
    case .model(let reason): reason
    case .reading(let key, let reason): "`\(key)`: \(reason)"
    case .node(let name, let type, let reason), .undecided(let name, let type, let reason, _):
      "node \(name) (\(type)): \(reason)"
    case .tensor(let name, let reason): "tensor \(name): \(reason)"
    case .valuesAbsent(let name, let reason): "tensor \(name): its values are needed: \(reason)"
    }
  }
}
