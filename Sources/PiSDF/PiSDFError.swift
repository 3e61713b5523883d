import Diagnostics

/// Why a parameterized graph cannot be made, read, flattened or written.
package enum PiSDFError: UserFacingError, Hashable {
  /// A text is no expression, or the expression has no value.
  case expression(text: String, reason: String)
  /// A part of a graph breaks a rule of the model.
  case invalid(graph: String, element: String, reason: String)
  /// A parameter has no value that is an integer.
  case parameter(name: String, expression: String, reason: String)
  /// A port has no rate that is a non-negative integer.
  case rate(actor: String, port: String, expression: String, reason: String)
  /// A delay has no number of tokens that is a non-negative integer.
  case delay(channel: String, name: String?, expression: String, reason: String)
  /// Parameters of a graph are defined by each other.
  case cyclicParameters(graph: String, cycle: [String])
  /// Sub-graphs contain each other.
  case recursiveGraphs(cycle: [String])
  /// Parameters that only an execution or a surrounding graph sets are not given.
  case missingParameters(names: [String])
  /// The valuation names parameters that there are not.
  case unknownParameters(names: [String])
  /// Execution times are given for an actor that the flattened graph does not have.
  case unknownActor(name: String)
  /// The rates of a flattened channel or interface contradict each other, or are too large.
  case rates(place: String, reason: String)
  /// The flattened graph is larger than the limit.
  case tooLarge(quantity: String, limit: Int)
  /// A file cannot be read or written.
  case file(path: String, reason: String)
  /// A file is not what the format asks for.
  case malformedFile(file: String, line: Int?, reason: String)
}

extension PiSDFError {
  /// One line: where, what is wrong, and what was expected.
  package var message: String {
    switch self {
    case .expression(let text, let reason):
      return "expression \"\(text.shortened)\": \(reason)"
    case .invalid(let graph, let element, let reason):
      return "graph \"\(graph)\": \(element): \(reason)"
    case .parameter(let name, let expression, let reason):
      return "parameter \"\(name)\" = \"\(expression.shortened)\": \(reason)"
    case .rate(let actor, let port, let expression, let reason):
      return "actor \"\(actor)\", port \"\(port)\": rate \"\(expression.shortened)\": \(reason)"
    case .delay(let channel, let name, let expression, let reason):
      let start = name.map { "\"\($0.shortened)\" = " } ?? ""
      return "channel \"\(channel)\": delay \(start)\"\(expression.shortened)\": \(reason)"
    case .cyclicParameters(let graph, let cycle):
      return "graph \"\(graph)\": parameters are defined by each other: \(cycle.asCycle)"
    case .recursiveGraphs(let cycle):
      return "sub-graphs contain each other: \(cycle.asCycle)"
    default: return flatteningMessage
    }
  }

  private var flatteningMessage: String {
    switch self {
    case .missingParameters(let names):
      return "no value is given for " + names.asParameters
        + ", which only the surroundings or an execution set"
    case .unknownParameters(let names): return "there is no " + names.asParameters
    case .unknownActor(let name): return "there is no actor \"\(name)\" in the flattened graph"
    case .rates(let place, let reason): return "\(place): \(reason)"
    case .tooLarge(let quantity, let limit):
      return "the flattened graph has more than \(limit) \(quantity)"
    case .file(let path, let reason): return "\(path): \(reason)"
    case .malformedFile(let file, let line, let reason):
      return "\(file)\(line.map { ":\($0)" } ?? ""): \(reason)"
    default: return ""
    }
  }

  /// The error with the name of the file in front, where it has none.
  package func inFile(_ path: String) -> PiSDFError {
    switch self {
    case .file, .malformedFile: self
    default: .malformedFile(file: path, line: nil, reason: message)
    }
  }
}

extension String {
  /// At most 60 characters, so that a hostile text cannot fill a screen.
  fileprivate var shortened: String { count > 60 ? prefix(57) + "..." : self }
}

extension [String] {
  fileprivate var asCycle: String { (self + prefix(1)).joined(separator: " -> ") }

  fileprivate var asParameters: String {
    let names = prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
    return "parameter \(names)" + (count > 20 ? " and \(count - 20) others" : "")
  }
}
