import Dataflow

/// The edges of a `.pi` file: queues and dependencies.
struct PiSDFEdges {
  private let queues: [XMLTree]
  private let dependencies: [XMLTree]
  private let others: [XMLTree]
  private let file: String

  init(_ elements: [XMLTree], file: String) {
    queues = elements.filter { $0.attributes["kind"] == "fifo" }
    dependencies = elements.filter { $0.attributes["kind"] == "dependency" }
    others = elements.filter { !["fifo", "dependency"].contains($0.attributes["kind"]) }
    self.file = file
  }

  /// For each parameter and configuration output interface that an actor sets, the port.
  func setters(_ kinds: [String: String]) throws(PiSDFError) -> [String: PiSDFGraph.End] {
    if let other = others.first { throw malformed(other, "expected the kind fifo or dependency") }
    var setters: [String: PiSDFGraph.End] = [:]
    for edge in dependencies {
      let (source, target) = (try text("source", of: edge), try text("target", of: edge))
      guard let kind = kinds[source] else { throw malformed(edge, "there is no \"\(source)\"") }
      if Self.hasValue(kind) { continue }
      guard let targetKind = kinds[target], ["param", "cfg_out_iface"].contains(targetKind) else {
        throw malformed(edge, "expected \"\(target)\" to be a parameter, as an actor sets it")
      }
      let port = PiSDFGraph.End(source, try text("sourceport", of: edge))
      guard setters.updateValue(port, forKey: target) == nil else {
        throw malformed(edge, "\"\(target)\" is set twice")
      }
    }
    return setters
  }

  /// For each node its configuration input ports and their parameters. A dependency without a port
  /// leads to something whose expression says by itself what it depends on.
  func bindings(_ kinds: [String: String]) throws(PiSDFError) -> [String: [String: String]] {
    var bindings: [String: [String: String]] = [:]
    for edge in dependencies {
      let (source, target) = (try text("source", of: edge), try text("target", of: edge))
      guard let port = edge.attributes["targetport"], !port.isEmpty,
        Self.hasValue(kinds[source] ?? "")
      else { continue }
      guard kinds[target] != nil else { throw malformed(edge, "there is no \"\(target)\"") }
      guard bindings[target, default: [:]].updateValue(source, forKey: port) == nil else {
        throw malformed(edge, "port \"\(port)\" of \"\(target)\" has two parameters")
      }
    }
    return bindings
  }

  private static func hasValue(_ kind: String) -> Bool {
    ["param", "moldable_param", "cfg_in_iface"].contains(kind)
  }

  /// The queues with their delays.
  func channels(_ delays: [String: XMLTree]) throws(PiSDFError) -> [PiSDFGraph.Channel] {
    var channels: [PiSDFGraph.Channel] = []
    for edge in queues {
      let source = PiSDFGraph.End(
        try text("source", of: edge), try text("sourceport", of: edge))
      let target = PiSDFGraph.End(
        try text("target", of: edge), try text("targetport", of: edge))
      if let delay = [source.node, target.node].first(where: { delays[$0] != nil }) {
        throw malformed(edge, "delay \"\(delay)\": setters and getters are not supported")
      }
      channels.append(
        .init(
          from: source, to: target, type: edge.attributes["type"] ?? "",
          delay: try delay(of: edge, delays)))
    }
    return channels
  }

  /// The tokens of the delay node that an edge names, or else those that the edge itself gives.
  private func delay(
    of edge: XMLTree, _ delays: [String: XMLTree]
  ) throws(PiSDFError) -> RateExpression? {
    let mark = edge.children(named: "data").first { $0.attributes["key"] == "delay" }
    if let node = delays[mark?.text ?? ""], node.attributes["expr"] != nil {
      return try node.expression("expr", file: file)
    }
    guard mark != nil || edge.attributes["expr"] != nil else { return nil }
    return try edge.expression("expr", file: file)
  }

  private func text(_ key: String, of element: XMLTree) throws(PiSDFError) -> String {
    try element.text(key, file: file)
  }

  private func malformed(_ element: XMLTree, _ reason: String) -> PiSDFError {
    element.malformed(reason, file: file)
  }
}

extension XMLTree {
  /// An attribute that must be there.
  func text(_ key: String, file: String) throws(PiSDFError) -> String {
    guard let value = attributes[key], !value.isEmpty else {
      throw malformed("the attribute \(key) is missing", file: file)
    }
    return value
  }

  /// An attribute that must be an expression.
  func expression(_ key: String, file: String) throws(PiSDFError) -> RateExpression {
    do {
      return try RateExpression(try text(key, file: file))
    } catch {
      if case .malformedFile = error { throw error }
      throw malformed(error.message, file: file)
    }
  }

  /// An error at the line of the element.
  func malformed(_ reason: String, file: String) -> PiSDFError {
    let name = (attributes["id"] ?? attributes["name"]).map { " \"\($0)\"" } ?? ""
    return .malformedFile(file: file, line: line, reason: "<\(self.name)>\(name): \(reason)")
  }
}

extension DataflowError {
  /// The same trouble as an error of this module.
  func asPiSDFError(file: String) -> PiSDFError {
    if case .malformedFile(let file, let line, let reason) = self {
      return .malformedFile(file: file, line: line, reason: reason)
    }
    return .malformedFile(file: file, line: nil, reason: message)
  }
}
