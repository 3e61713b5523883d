import Diagnostics
import Documents
import Files
import Foundation

/// Turns the elements of a `.pi` file into a graph.
///
/// Format: the GraphML dialect of the PREESM tool (Pelcat et al. 2014, "PREESM: a dataflow-based
/// rapid prototyping framework for simplifying multicore DSP programming", EDERC, DOI
/// 10.1109/EDERC.2014.6924354), as its example files show it. Of program code only the name of the
/// file is read, of moldable parameters their first value.
struct PiSDFReader {
  let file: String
  /// What a refinement stands for.
  let refinement: (_ text: String, _ line: Int) throws(PiSDFError) -> PiSDFGraph.Node.Refinement?

  private var parameters: [PiSDFGraph.Parameter] = []
  private var nodes: [XMLTree] = []
  private var outputs: [XMLTree] = []
  private var delays: [String: XMLTree] = [:]
  private var kinds: [String: String] = [:]

  init(
    file: String,
    refinement: @escaping (String, Int) throws(PiSDFError) -> PiSDFGraph.Node.Refinement?
  ) {
    self.file = file
    self.refinement = refinement
  }

  /// Reads the contents of a file.
  mutating func graph(_ data: Data) throws(PiSDFError) -> PiSDFGraph {
    let root: XMLTree
    do {
      root = try XMLTree.parse(data, file: file)
    } catch {
      throw .malformedFile(file: error.file, line: error.line, reason: error.reason)
    }
    let graphs = root.children(named: "graph")
    guard root.name == "graphml", let graph = graphs.first, graphs.count == 1 else {
      throw malformed(root, "expected <graphml> with one <graph>")
    }
    let edges = PiSDFEdges(graph.children(named: "edge"), file: file)
    for element in graph.children(named: "node") { try collect(element) }
    let setters = try edges.setters(kinds)
    let bindings = try edges.bindings(kinds)
    let name = graph.children(named: "data").first { $0.attributes["key"] == "name" }?.text ?? ""
    let stem = file.nameOfPath
    var read: [PiSDFGraph.Node] = []
    for element in nodes { read.append(try node(element, bindings)) }
    var interfaces: [PiSDFGraph.ConfigurationOutput] = []
    for element in outputs {
      let name = try text("id", of: element)
      guard let setter = setters[name] else { throw malformed(element, "nothing sets it") }
      interfaces.append(.init(name: name, setter: setter))
    }
    do {
      return try PiSDFGraph(
        name: name.isEmpty ? stem : name,
        parameters: parameters.map { parameter in
          setters[parameter.name].map { .init(name: parameter.name, origin: .actor($0)) }
            ?? parameter
        },
        nodes: read, channels: try edges.channels(delays), configurationOutputs: interfaces)
    } catch {
      throw error.inFile(file)
    }
  }
}

// MARK: - Nodes

extension PiSDFReader {
  private mutating func collect(_ element: XMLTree) throws(PiSDFError) {
    let name = try text("id", of: element)
    let kind = try text("kind", of: element)
    guard kinds.updateValue(kind, forKey: name) == nil else {
      throw malformed(element, "the name is used twice")
    }
    switch kind {
    case "param", "moldable_param":
      parameters.append(.init(name, try expression("expr", of: element)))
    case "cfg_in_iface":
      let defaultValue = element.attributes["defaultValue"] ?? ""
      parameters.append(
        .init(
          name: name,
          origin: .interface(
            defaultValue: defaultValue.isEmpty ? nil : try expression("defaultValue", of: element)))
      )
    case "cfg_out_iface": outputs.append(element)
    case "delay": delays[name] = element
    case "init", "end":
      throw malformed(element, "nodes that fill or empty a delay are not supported")
    default: nodes.append(element)
    }
  }

  private func node(
    _ element: XMLTree, _ bindings: [String: [String: String]]
  ) throws(PiSDFError) -> PiSDFGraph.Node {
    let name = try text("id", of: element)
    let bound = bindings[name] ?? [:]
    var ports: [PiSDFGraph.Node.DataPort] = []
    var inputs: [PiSDFGraph.Node.ConfigurationInput] = []
    var outputs: [String] = []
    for port in element.children(named: "port") {
      let name = try text("name", of: port)
      switch try text("kind", of: port) {
      case "input": ports.append(.input(name, try expression("expr", of: port)))
      case "output": ports.append(.output(name, try expression("expr", of: port)))
      case "cfg_output": outputs.append(name)
      case "cfg_input":
        guard let parameter = bound[name] else { throw malformed(port, "no parameter leads to it") }
        inputs.append(.init(name, parameter: parameter))
      case let kind: throw malformed(port, "there is no kind \"\(kind)\" of ports")
      }
    }
    if let stray = Set(bound.keys).subtracting(inputs.map(\.name)).min() {
      throw malformed(element, "it has no configuration input \"\(stray)\"")
    }
    return PiSDFGraph.Node(
      name, try kind(of: element), ports: ports, configurationInputs: inputs,
      configurationOutputs: outputs)
  }

  private func kind(of element: XMLTree) throws(PiSDFError) -> PiSDFGraph.Node.Kind {
    switch try text("kind", of: element) {
    case "actor":
      let description = element.children(named: "data").first {
        $0.attributes["key"] == "graph_desc"
      }
      guard let description, !description.text.isEmpty else { return .actor(nil) }
      return .actor(try refinement(description.text, description.line))
    case "broadcast": return .broadcast
    case "fork": return .fork
    case "join": return .join
    case "roundbuffer": return .roundBuffer
    case "src": return .input
    case "snk": return .output
    case let kind: throw malformed(element, "there is no kind \"\(kind)\" of nodes")
    }
  }

  private func text(_ key: String, of element: XMLTree) throws(PiSDFError) -> String {
    try element.text(key, file: file)
  }

  private func expression(
    _ key: String, of element: XMLTree
  ) throws(PiSDFError) -> RateExpression {
    try element.expression(key, file: file)
  }

  private func malformed(_ element: XMLTree, _ reason: String) -> PiSDFError {
    element.malformed(reason, file: file)
  }
}
