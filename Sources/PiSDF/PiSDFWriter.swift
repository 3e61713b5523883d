import Documents
import Escaping

/// Writes a graph as the contents of a `.pi` file.
struct PiSDFWriter {
  let graph: PiSDFGraph

  func text() throws(PiSDFError) -> String {
    try checkNames()
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#,
      #"  <key attr.name="parameters" for="graph" id="parameters"/>"#,
      #"  <key attr.name="variables" for="graph" id="variables"/>"#,
      #"  <key attr.name="arguments" for="node" id="arguments"/>"#,
      #"  <key attr.name="name" attr.type="string" for="graph"/>"#,
      #"  <key attr.name="graph_desc" attr.type="string" for="node"/>"#,
      #"  <key attr.name="delay" attr.type="string" for="edge"/>"#,
      #"  <graph edgedefault="directed">"#,
      #"    <data key="name">\#(graph.name.xmlEscaped)</data>"#,
    ]
    let delays = delayNames()
    lines += graph.parameters.map(line)
    lines += graph.configurationOutputs.map { element("node", ["id": $0.name], "cfg_out_iface") }
    lines += graph.nodes.flatMap(nodeLines)
    lines += zip(graph.channels, delays).flatMap(delayLines)
    lines += zip(graph.channels, delays).flatMap(queueLines)
    lines += dependencies(delays).map { element("edge", $0, "dependency") }
    return (lines + ["  </graph>", "</graphml>", ""]).joined(separator: "\n")
  }

  /// An element of a kind without children, its attributes sorted by name.
  private func element(
    _ name: String, _ attributes: KeyValuePairs<String, String>, _ kind: String,
    indent: String = "    ", isOpen: Bool = false
  ) -> String {
    let all = (Array(attributes) + [("kind", kind)]).sorted { $0.0 < $1.0 }
    let text = all.map { " \($0.0)=\"\($0.1.xmlEscaped)\"" }.joined()
    return "\(indent)<\(name)\(text)\(isOpen ? ">" : "/>")"
  }

  /// The name of the delay of each channel that has one.
  private func delayNames() -> [String?] {
    var names = Set(
      graph.nodes.map(\.name) + graph.parameters.map(\.name)
        + graph.configurationOutputs.map(\.name))
    return graph.channels.enumerated().map { index, channel in
      guard channel.delay != nil else { return nil }
      var name = "delay_\(index)"
      while !names.insert(name).inserted { name += "_" }
      return name
    }
  }
}

// MARK: - Nodes

extension PiSDFWriter {
  private func line(_ parameter: PiSDFGraph.Parameter) -> String {
    switch parameter.origin {
    case .expression(let value):
      element("node", ["expr": value.text, "id": parameter.name], "param")
    case .interface(let value?):
      element("node", ["defaultValue": value.text, "id": parameter.name], "cfg_in_iface")
    case .interface(nil): element("node", ["id": parameter.name], "cfg_in_iface")
    case .actor: element("node", ["expr": "0", "id": parameter.name], "param")
    }
  }

  private func nodeLines(_ node: PiSDFGraph.Node) -> [String] {
    var lines = [element("node", ["id": node.name], node.kind.name, isOpen: true)]
    switch node.kind {
    case .actor(.code(let path)?), .actor(.graph(let path)?):
      lines.append(#"      <data key="graph_desc">\#(path.xmlEscaped)</data>"#)
    default: break
    }
    func port(_ kind: String, _ attributes: KeyValuePairs<String, String>) -> String {
      element("port", attributes, kind, indent: "      ")
    }
    lines += node.configurationInputs.map { port("cfg_input", ["name": $0.name]) }
    lines += node.configurationOutputs.map { port("cfg_output", ["name": $0]) }
    lines += node.ports.map {
      port(
        $0.isInput ? "input" : "output",
        ["annotation": "NONE", "expr": $0.rate.text, "name": $0.name])
    }
    return lines + ["    </node>"]
  }

  private func delayLines(_ channel: PiSDFGraph.Channel, _ name: String?) -> [String] {
    guard let name, let delay = channel.delay else { return [] }
    let attributes: KeyValuePairs = [
      "expr": delay.text, "getter": channel.getter?.node ?? "", "id": name,
      "level": channel.persistence.rawValue, "setter": channel.setter?.node ?? "",
    ]
    let ports = [
      channel.setter.map { _ in delayPort("input", Self.setterPort, delay) },
      channel.getter.map { _ in delayPort("output", Self.getterPort, delay) },
    ].compactMap(\.self)
    if ports.isEmpty { return [element("node", attributes, "delay")] }
    return [element("node", attributes, "delay", isOpen: true)] + ports + ["    </node>"]
  }

  private static let (setterPort, getterPort) = ("set", "get")

  private func delayPort(_ kind: String, _ name: String, _ tokens: RateExpression) -> String {
    element(
      "port", ["annotation": "NONE", "expr": tokens.text, "name": name], kind, indent: "      ")
  }
}

// MARK: - Edges

extension PiSDFWriter {
  private func queueLines(_ channel: PiSDFGraph.Channel, _ delay: String?) -> [String] {
    let line = queue(channel.source, channel.destination, channel.type, isOpen: delay != nil)
    guard let delay else { return [line] }
    var lines = [line, #"      <data key="delay">\#(delay)</data>"#, "    </edge>"]
    if let setter = channel.setter {
      lines.append(queue(setter, .init(delay, Self.setterPort), channel.type))
    }
    if let getter = channel.getter {
      lines.append(queue(.init(delay, Self.getterPort), getter, channel.type))
    }
    return lines
  }

  private func queue(
    _ source: PiSDFGraph.End, _ target: PiSDFGraph.End, _ type: String, isOpen: Bool = false
  ) -> String {
    element(
      "edge",
      [
        "source": source.node, "sourceport": source.port, "target": target.node,
        "targetport": target.port, "type": type,
      ], "fifo", isOpen: isOpen)
  }

  /// The dependencies: parameters to ports, to what is computed from them, and setters.
  private func dependencies(_ delays: [String?]) -> [KeyValuePairs<String, String>] {
    var edges: [KeyValuePairs<String, String>] = []
    func use(_ expression: RateExpression?, by target: String) {
      edges += (expression?.names ?? []).map { ["source": $0, "target": target] }
    }
    func set(_ setter: PiSDFGraph.End, _ target: String) {
      edges.append(["source": setter.node, "sourceport": setter.port, "target": target])
    }
    for parameter in graph.parameters {
      use(parameter.expression, by: parameter.name)
      if case .actor(let setter) = parameter.origin { set(setter, parameter.name) }
    }
    for output in graph.configurationOutputs { set(output.setter, output.name) }
    for node in graph.nodes {
      edges += node.configurationInputs.map {
        ["source": $0.parameter, "target": node.name, "targetport": $0.name]
      }
      for port in node.ports where node.isInterface { use(port.rate, by: node.name) }
    }
    for (channel, delay) in zip(graph.channels, delays) { use(channel.delay, by: delay ?? "") }
    return edges
  }

  private func checkNames() throws(PiSDFError) {
    let texts =
      [graph.name]
      + graph.nodes.flatMap { node in
        var texts = [node.name] + node.ports.flatMap { [$0.name, $0.rate.text] }
        texts += node.configurationInputs.flatMap { [$0.name, $0.parameter] }
        if case .actor(.code(let path)?) = node.kind { texts.append(path) }
        if case .actor(.graph(let path)?) = node.kind { texts.append(path) }
        return texts + node.configurationOutputs
      }
      + graph.parameters.flatMap { [$0.name, $0.expression?.text ?? ""] }
      + graph.channels.flatMap { [$0.type, $0.delay?.text ?? ""] }
      + graph.configurationOutputs.map(\.name)
    if let text = texts.first(where: { !$0.isWritableInXML }) {
      throw .invalid(
        graph: graph.name, element: "\"\(text)\"",
        reason: "expected a text without control characters, which XML cannot hold")
    }
  }
}

extension PiSDFGraph.Node.Kind {
  /// The word of the file format.
  fileprivate var name: String {
    switch self {
    case .actor: "actor"
    case .broadcast: "broadcast"
    case .fork: "fork"
    case .join: "join"
    case .roundBuffer: "roundbuffer"
    case .input: "src"
    case .output: "snk"
    }
  }
}
