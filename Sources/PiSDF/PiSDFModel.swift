import GraphAlgorithms

/// A hierarchy of graphs: a top-level graph and those that its actors stand for.
package struct PiSDFModel: Hashable, Sendable {
  /// The graphs by their paths, which are relative and lead to files when a model is written.
  package let graphs: [String: PiSDFGraph]
  /// The path of the top-level graph.
  package let top: String

  /// Joins graphs and checks that they fit; graphs that the top level does not reach are left out.
  ///
  /// - Throws: ``PiSDFError`` for a path that is not a relative path to a `.pi` file, a graph that is
  ///   missing, graphs that contain each other, or an actor whose ports are not the interfaces of
  ///   its graph.
  package init(graphs: [String: PiSDFGraph], top: String) throws(PiSDFError) {
    self.top = top
    self.graphs = try Self.reached(from: top, in: graphs)
    try checkRecursion()
    for (_, graph) in self.graphs.sorted(by: { $0.key < $1.key }) {
      for node in graph.nodes { try checkInterfaces(of: node, in: graph) }
    }
  }

  /// A model of one graph without sub-graphs.
  ///
  /// - Throws: ``PiSDFError`` where a node of it stands for another graph.
  package init(_ graph: PiSDFGraph) throws(PiSDFError) {
    try self.init(graphs: ["top.pi": graph], top: "top.pi")
  }
}

extension PiSDFModel {
  private static func reached(
    from top: String, in graphs: [String: PiSDFGraph]
  ) throws(PiSDFError) -> [String: PiSDFGraph] {
    var reached: [String: PiSDFGraph] = [:]
    var rest: [(path: String, graph: String, element: String)] = [(top, top, "top level")]
    while let (path, owner, element) = rest.popLast() {
      if reached[path] != nil { continue }
      guard isSafe(path), let graph = graphs[path] else {
        let reason =
          isSafe(path) ? "there is no graph" : "expected a relative path to a .pi file, found"
        throw .invalid(graph: owner, element: element, reason: "\(reason) \"\(path)\"")
      }
      reached[path] = graph
      for node in graph.nodes {
        guard let path = node.subgraph else { continue }
        rest.append((path, graph.name, "actor \"\(node.name)\""))
      }
    }
    return reached
  }

  /// Whether a path, when it is written to, stays in the folder that it is relative to.
  private static func isSafe(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return path.hasSuffix(".pi") && !path.contains("\0")
      && !parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
  }

  private func checkRecursion() throws(PiSDFError) {
    let paths = graphs.keys.sorted()
    let places = Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, $0) })
    var edges: [(source: Int, target: Int)] = []
    for (index, path) in paths.enumerated() {
      let subgraphs = Set(graphs[path]?.nodes.compactMap(\.subgraph) ?? [])
      edges += subgraphs.sorted().compactMap { places[$0] }.map { (index, $0) }
    }
    let graph = DirectedGraph(nodeCount: paths.count, edges: edges)
    if case .cyclic(let cycle) = graph.topologicalOrder() {
      throw .recursiveGraphs(cycle: cycle.map { paths[$0] })
    }
  }

  /// Checks that the data ports of an actor are the data interfaces of its graph. Configuration
  /// interfaces may be more, as they have defaults, and fewer, as rates too use configuration.
  private func checkInterfaces(
    of node: PiSDFGraph.Node, in graph: PiSDFGraph
  ) throws(PiSDFError) {
    guard let path = node.subgraph, let inner = graphs[path] else { return }
    let ports = Set(node.ports.map { Interface(name: $0.name, isInput: $0.isInput) })
    let interfaces = Set(
      inner.nodes.filter(\.isInterface).map { Interface(name: $0.name, isInput: $0.kind == .input) }
    )
    guard let stray = ports.symmetricDifference(interfaces).min(by: { $0.name < $1.name }) else {
      return
    }
    let isPort = ports.contains(stray)
    let kind = stray.isInput ? "input" : "output"
    throw .invalid(
      graph: graph.name, element: "actor \"\(node.name)\"",
      reason: isPort
        ? "\(path) has no \(kind) interface \"\(stray.name)\""
        : "it has no \(kind) port \"\(stray.name)\" for the interface of \(path)")
  }

  private struct Interface: Hashable {
    let name: String
    let isInput: Bool
  }
}
