import Dataflow
import Diagnostics
import Documents
import Files
package import Foundation

/// Reads what ``SesameExport`` writes, and says where a file is not so.
package enum SesameReader {
  /// Reads the file of an application.
  ///
  /// - Throws: ``InterchangeError`` naming the file, the line and the element at fault.
  package static func application(path: String) throws(InterchangeError) -> SesameApplication {
    try application(try data(path), file: path)
  }

  static func data(_ path: String) throws(InterchangeError) -> Data {
    guard isRegularFile(path), let data = FileManager.default.contents(atPath: path) else {
      throw .file(path: path, reason: "the file cannot be read")
    }
    return data
  }

  /// Reads an application.
  ///
  /// - Throws: ``InterchangeError`` naming the file, the line and the element at fault.
  package static func application(
    _ data: Data, file: String
  ) throws(InterchangeError) -> SesameApplication {
    var reader = try SesameApplicationReader(data, file: file)
    return try reader.application()
  }
}

/// Turns the elements of an application file into a graph and its processes.
struct SesameApplicationReader {
  private var yml: YMLReader
  private var actors: [CSDFGraph.Actor] = []
  private var nodes: [Node] = []
  private var places: [String: Int] = [:]

  private struct Node {
    let element: XMLTree
    var ports: [PortElement] = []
    var operations: [Int] = []
    var firings: Int64?
  }

  private struct PortElement {
    let name: String
    let isInput: Bool
    let type: String
    let rates: [Int64]
    let properties: YMLReader.Properties
    var channel: Int?
  }

  init(_ data: Data, file: String) throws(InterchangeError) {
    yml = try YMLReader(data, file: file, root: "network")
  }

  mutating func application() throws(InterchangeError) -> SesameApplication {
    let root = yml.root
    try yml.expect("class", "KPN", of: root)
    let properties = try yml.properties(of: root)
    let operations = try self.operations(properties)
    for element in root.children(named: "node") {
      try addNode(element, operationCount: operations.count)
    }
    var channels: [CSDFGraph.Channel] = []
    for element in root.children(named: "link") {
      channels.append(try channel(element, number: channels.count))
    }
    for node in nodes {
      for port in node.ports where port.channel == nil {
        throw yml.malformed(node.element, "port \"\(port.name)\": expected one link, found none")
      }
    }
    let graph: CSDFGraph
    do {
      graph = try CSDFGraph(
        name: properties["graph"] ?? root.attributes["name"] ?? "application", actors: actors,
        channels: channels)
    } catch {
      throw yml.malformed(root, error.message)
    }
    return try application(graph, operations)
  }

  private func application(
    _ graph: CSDFGraph, _ operations: [String]
  ) throws(InterchangeError) -> SesameApplication {
    let firings: [Int64]
    do {
      firings = try SesameApplication.firings(of: graph)
    } catch {
      throw yml.malformed(yml.root, error.message)
    }
    var processes: [SesameApplication.Process] = []
    for (actor, node) in nodes.enumerated() {
      if let stated = node.firings, stated != firings[actor] {
        throw yml.malformed(
          node.element, "firings \(stated): its rates make it \(firings[actor]) in an iteration")
      }
      processes.append(
        SesameApplication.Process(
          name: node.element.attributes["name"] ?? "",
          ports: node.ports.map { port in
            let channel = port.channel ?? 0
            return SesameApplication.Port(
              name: port.name, isInput: port.isInput,
              isSelfEdge: graph.channels[channel].isSelfEdge, channel: channel)
          }, operations: node.operations, firings: firings[actor]))
    }
    let file = yml.file.nameOfPath
    let stem = file.hasSuffix("_app.yml") ? String(file.dropLast(8)) : file
    return SesameApplication(
      name: IdentifierTable.legal(stem), graph: graph, processes: processes, operations: operations)
  }
}

// MARK: - Elements

extension SesameApplicationReader {
  /// The operations by their numbers, which must be 1, 2 and so on.
  private func operations(
    _ properties: YMLReader.Properties
  ) throws(InterchangeError) -> [String] {
    let prefix = "operation:"
    var names: [Int: String] = [:]
    let given = properties.order.filter { $0.name.hasPrefix(prefix) }
    for (name, value, element) in given {
      guard let number = Int(value), (1...given.count).contains(number) else {
        throw yml.malformed(
          element,
          "number \"\(value.prefix(40))\": expected 1 to \(given.count), as many as there "
            + "are operations")
      }
      guard names.updateValue(String(name.dropFirst(prefix.count)), forKey: number) == nil else {
        throw yml.malformed(element, "the number \(number) is given twice")
      }
    }
    return (0..<given.count).map { names[$0 + 1] ?? "" }
  }

  private mutating func addNode(
    _ element: XMLTree, operationCount: Int
  ) throws(InterchangeError) {
    let name = try yml.attribute("name", of: element)
    try yml.expect("class", "CPP_Process", of: element)
    guard IdentifierTable.isIdentifier(name) else {
      throw yml.malformed(element, "expected a name that is an identifier of C++")
    }
    guard places.updateValue(nodes.count, forKey: name) == nil else {
      throw yml.malformed(element, "two nodes have this name")
    }
    let properties = try yml.properties(of: element)
    for key in ["class", "header", "source"] { _ = try properties.required(key) }
    let times =
      properties["execution_times"] == nil ? [0] : try yml.list("execution_times", of: properties)
    var node = Node(element: element)
    for number in try yml.list("operations", of: properties) {
      guard (1...Int64(max(1, operationCount))).contains(number), operationCount > 0 else {
        throw yml.malformed(element, "there is no operation with the number \(number)")
      }
      node.operations.append(Int(number) - 1)
    }
    node.firings = try properties.integer("firings")
    for port in element.children(named: "port") {
      let read = try self.port(port)
      guard !node.ports.contains(where: { $0.name == read.name }) else {
        throw yml.malformed(port, "two ports of the node have this name")
      }
      node.ports.append(read)
    }
    actors.append(
      CSDFGraph.Actor(
        name: properties["actor"] ?? name, function: properties["function"], executionTimes: times))
    nodes.append(node)
  }

  private mutating func port(_ element: XMLTree) throws(InterchangeError) -> PortElement {
    let name = try yml.attribute("name", of: element)
    guard IdentifierTable.isIdentifier(name) else {
      throw yml.malformed(element, "expected a name that is an identifier of C++")
    }
    let direction = try yml.attribute("dir", of: element)
    guard direction == "in" || direction == "out" else {
      throw yml.malformed(element, "dir \"\(direction.prefix(40))\": expected in or out")
    }
    let properties = try yml.properties(of: element)
    return PortElement(
      name: name, isInput: direction == "in", type: try properties.required("type"),
      rates: try yml.list("rates", of: properties), properties: properties)
  }

  private mutating func channel(
    _ element: XMLTree, number: Int
  ) throws(InterchangeError) -> CSDFGraph.Channel {
    let source = try end(element, "innode", "inport", isInput: false, number)
    let target = try end(element, "outnode", "outport", isInput: true, number)
    let (output, input) = (
      nodes[source.node].ports[source.port], nodes[target.node].ports[target.port]
    )
    guard output.type == input.type else {
      throw yml.malformed(
        element,
        "it joins a port of type \(output.type.prefix(40)) with one of \(input.type.prefix(40))")
    }
    return CSDFGraph.Channel(
      name: output.properties["channel"] ?? "link \(number)", source: .init(source.node),
      destination: .init(target.node), production: output.rates, consumption: input.rates,
      initialTokens: try output.properties.integer("initial_tokens") ?? 0,
      tokenSize: try output.properties.integer("token_size") ?? 1)
  }

  private mutating func end(
    _ element: XMLTree, _ nodeKey: String, _ portKey: String, isInput: Bool, _ channel: Int
  ) throws(InterchangeError) -> (node: Int, port: Int) {
    let nodeName = try yml.attribute(nodeKey, of: element)
    let portName = try yml.attribute(portKey, of: element)
    guard let node = places[nodeName] else {
      throw yml.malformed(element, "\(nodeKey) \"\(nodeName.prefix(40))\": there is no such node")
    }
    guard let port = nodes[node].ports.firstIndex(where: { $0.name == portName }) else {
      throw yml.malformed(
        element, "\(portKey) \"\(portName.prefix(40))\": node \"\(nodeName)\" has no such port")
    }
    guard nodes[node].ports[port].isInput == isInput else {
      throw yml.malformed(
        element, "\(portKey) \"\(portName)\": expected a port with dir \(isInput ? "in" : "out")")
    }
    guard nodes[node].ports[port].channel == nil else {
      throw yml.malformed(element, "port \"\(portName)\" of \"\(nodeName)\" has two links")
    }
    nodes[node].ports[port].channel = channel
    return (node, port)
  }
}
