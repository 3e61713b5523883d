import GraphAlgorithms

/// Checks the rules of a graph and orders its parameters.
struct PiSDFGraphChecker {
  let graph: String
  let parameters: [PiSDFGraph.Parameter]
  let nodes: [PiSDFGraph.Node]
  let channels: [PiSDFGraph.Channel]
  let outputs: [PiSDFGraph.ConfigurationOutput]

  /// - Returns: The positions of the parameters in an order in which they can be computed.
  func check() throws(PiSDFError) -> [Int] {
    var places: [String: Int] = [:]
    for (index, parameter) in parameters.enumerated() { places[parameter.name] = index }
    try checkUnique(parameters.map(\.name) + nodes.map(\.name) + outputs.map(\.name), "")
    for node in nodes { try check(node, parameters: places) }
    try checkChannels(parameters: places)
    try checkSetters()
    return try order(places)
  }

  private func invalid(_ element: String, _ reason: String) -> PiSDFError {
    .invalid(graph: graph, element: element, reason: reason)
  }

  private func isUnknown(
    _ name: String, _ bound: Set<String>, _ parameters: [String: Int]
  ) -> Bool {
    !bound.contains(name) && parameters[name] == nil && !RateExpression.isConstant(name)
  }

  private func checkUnique(_ names: [String], _ owner: String) throws(PiSDFError) {
    var seen: Set<String> = []
    for name in names {
      guard !name.isEmpty else { throw invalid("\(owner)\"\"", "expected a name") }
      guard seen.insert(name).inserted else {
        throw invalid("\(owner)\"\(name)\"", "the name is used twice")
      }
    }
  }
}

// MARK: - Nodes

extension PiSDFGraphChecker {
  private func check(
    _ node: PiSDFGraph.Node, parameters: [String: Int]
  ) throws(PiSDFError) {
    let element = "actor \"\(node.name)\""
    try checkUnique(node.ports.map(\.name), "\(element), port ")
    try checkUnique(
      node.configurationInputs.map(\.name) + node.configurationOutputs,
      "\(element), configuration port ")
    for input in node.configurationInputs where parameters[input.parameter] == nil {
      throw invalid(
        "\(element), configuration port \"\(input.name)\"",
        "there is no parameter \"\(input.parameter)\"")
    }
    let bound = Set(node.configurationInputs.map(\.name))
    for port in node.ports {
      for name in port.rate.names
      where isUnknown(name, bound, parameters) {
        throw .rate(
          actor: node.name, port: port.name, expression: port.rate.text,
          reason: "there is no parameter \"\(name)\"")
      }
    }
    try checkShape(of: node, element)
  }

  private func checkShape(of node: PiSDFGraph.Node, _ element: String) throws(PiSDFError) {
    let inputs = node.ports.count { $0.isInput }
    let outputs = node.ports.count - inputs
    let (isGood, expected) =
      switch node.kind {
      case .actor: (true, "")
      case .broadcast: (inputs == 1 && outputs >= 1, "a broadcast with one input and any outputs")
      case .fork: (inputs == 1 && outputs >= 1, "a fork with one input and any outputs")
      case .join: (inputs >= 1 && outputs == 1, "a join with any inputs and one output")
      case .roundBuffer:
        (inputs == 1 && outputs == 1, "a round buffer with one input and one output")
      case .input, .output:
        (
          inputs == (node.kind == .output ? 1 : 0) && outputs == 1 - inputs
            && node.ports.first?.name == node.name && node.configurationOutputs.isEmpty,
          "an interface with one port of the same name"
        )
      }
    guard isGood else {
      throw invalid(element, "expected \(expected), found \(inputs) inputs, \(outputs) outputs")
    }
  }
}

extension PiSDFGraph.Channel {
  /// All ports that the channel and its delay are joined with, and whether they read.
  fileprivate var ends: [(end: PiSDFGraph.End, isInput: Bool)] {
    let ends = [(source, false), (destination, true)]
    return ends + [setter].compactMap { $0.map { ($0, false) } }
      + [getter].compactMap { $0.map { ($0, true) } }
  }
}

// MARK: - Channels and setters

extension PiSDFGraphChecker {
  private func checkChannels(parameters: [String: Int]) throws(PiSDFError) {
    var open: [PiSDFGraph.End: Bool] = [:]
    for node in nodes {
      for port in node.ports { open[.init(node.name, port.name)] = port.isInput }
    }
    let ports = open
    for channel in channels {
      for (end, isInput) in channel.ends {
        let element = "channel \(channel.description)"
        guard ports[end] == isInput else {
          let direction = isInput ? "input" : "output"
          throw invalid(element, "\"\(end.node)\" has no \(direction) port \"\(end.port)\"")
        }
        guard open.removeValue(forKey: end) != nil else {
          throw invalid(element, "port \"\(end.port)\" of \"\(end.node)\" has two channels")
        }
      }
      for name in channel.delay?.names ?? [] where isUnknown(name, [], parameters) {
        throw channel.delayError("there is no parameter \"\(name)\"")
      }
    }
    for node in nodes {
      for port in node.ports where open[.init(node.name, port.name)] != nil {
        throw invalid("actor \"\(node.name)\"", "port \"\(port.name)\" has no channel")
      }
    }
  }

  private func checkSetters() throws(PiSDFError) {
    let ends = nodes.flatMap { node in
      node.configurationOutputs.map { PiSDFGraph.End(node.name, $0) }
    }
    let known = Set(ends)
    func check(_ setter: PiSDFGraph.End, of element: String) throws(PiSDFError) {
      guard known.contains(setter) else {
        throw invalid(
          element, "\"\(setter.node)\" has no configuration output \"\(setter.port)\"")
      }
    }
    for parameter in parameters {
      guard case .actor(let setter) = parameter.origin else { continue }
      try check(setter, of: "parameter \"\(parameter.name)\"")
    }
    for output in outputs { try check(output.setter, of: "interface \"\(output.name)\"") }
  }

  private func order(_ places: [String: Int]) throws(PiSDFError) -> [Int] {
    var edges: [(source: Int, target: Int)] = []
    for (index, parameter) in parameters.enumerated() {
      for name in parameter.expression?.names ?? [] {
        guard let place = places[name] else {
          if RateExpression.isConstant(name) { continue }
          throw .parameter(
            name: parameter.name, expression: parameter.expression?.text ?? "",
            reason: "there is no parameter \"\(name)\"")
        }
        edges.append((place, index))
      }
    }
    switch DirectedGraph(nodeCount: parameters.count, edges: edges).topologicalOrder() {
    case .order(let order): return order
    case .cyclic(let cycle):
      throw .cyclicParameters(graph: graph, cycle: cycle.map { parameters[$0].name })
    }
  }
}
