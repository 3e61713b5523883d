package import Dataflow
import Diagnostics
package import PiSDF

/// Why something cannot be written for another tool, or not be read back.
package enum InterchangeError: UserFacingError, Hashable {
  /// A graph has no iteration, or breaks another rule.
  case dataflow(DataflowError)
  /// A PiSDF graph cannot be made.
  case hierarchy(PiSDFError)
  /// A number is larger than a format can hold.
  case tooLarge(format: String, quantity: String, value: Int64, limit: Int64)
  /// A name has a character that a format cannot hold.
  case unwritableName(String, format: String)
  /// A graph has something that a format does not know.
  case unsupported(format: String, element: String, reason: String)
  /// A mapping does not fit.
  case placement(block: String, reason: String)
  /// A file cannot be read or written.
  case file(path: String, reason: String)
  /// A file is not what its format asks for.
  case malformedFile(file: String, line: Int?, reason: String)
}

extension InterchangeError {
  /// One line: where, what is wrong, and what was expected.
  package var message: String {
    switch self {
    case .dataflow(let error): error.message
    case .hierarchy(let error): error.message
    case .tooLarge(let format, let quantity, let value, let limit):
      "\(quantity): \(value) does not fit \(format), expected at most \(limit)"
    case .unwritableName(let name, let format):
      "\"\(name)\": expected a name without control characters, which \(format) cannot hold"
    case .unsupported(let format, let element, let reason):
      "\(element): \(reason), which \(format) does not know"
    case .placement(let block, let reason): "block \"\(block)\": \(reason)"
    case .file(let path, let reason): "\(path): \(reason)"
    case .malformedFile(let file, let line, let reason):
      "\(file)\(line.map { ":\($0)" } ?? ""): \(reason)"
    }
  }
}
