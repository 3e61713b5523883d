import Dataflow

/// Walks down a hierarchy and builds its flat graph.
struct PiSDFFlattener {
  private let model: PiSDFModel
  private let options: PiSDFFlattening.Options
  private var valuation: Valuation
  private var builder = FlatGraphBuilder()
  private var work = 0

  /// The deepest hierarchy.
  private static let depthLimit = 64
  /// The most parameters, ports, channels and steps of expressions, of all levels together.
  private static let workLimit = 8_000_000

  /// Where the surroundings of a graph reach one of its data interfaces.
  private struct Gate {
    let rate: Int64
    let junction: Int
  }

  init(model: PiSDFModel, options: PiSDFFlattening.Options) {
    self.model = model
    self.options = options
    valuation = Valuation(options.valuation)
  }

  mutating func flatten() throws(PiSDFError) -> PiSDFFlattening {
    guard let top = model.graphs[model.top] else {
      throw .recursiveGraphs(cycle: [])
    }
    try add(top, prefix: "", passed: [:], gates: nil, repetitions: 1, depth: 0)
    guard valuation.unused.isEmpty else {
      throw .unknownParameters(names: valuation.unused.sorted())
    }
    let graph = try builder.graph(name: top.name)
    let unknown = Set(options.executionTimes.keys).subtracting(graph.actors.map(\.name))
    if let name = unknown.min() { throw .unknownActor(name: name) }
    return PiSDFFlattening(graph: graph, repetitions: builder.repetitions)
  }

  /// Adds a graph once; at the top level there are no gates.
  private mutating func add(
    _ graph: PiSDFGraph, prefix: String, passed: [String: Int64], gates: [String: Gate]?,
    repetitions: Int64, depth: Int
  ) throws(PiSDFError) {
    work += graph.weight
    guard work <= Self.workLimit else {
      throw .tooLarge(quantity: "parameters, ports and operators", limit: Self.workLimit)
    }
    guard depth < Self.depthLimit else {
      throw .tooLarge(quantity: "levels", limit: Self.depthLimit)
    }
    let level = try GraphLevel(graph, prefix: prefix, passed: passed, valuation: &valuation)
    let counts = try LevelRepetitions(level)
    var ends: [PiSDFGraph.End: FlatGraphBuilder.End] = [:]
    for (index, node) in graph.nodes.enumerated() {
      let (count, overflow) = repetitions.multipliedReportingOverflow(by: counts.firings[index])
      if overflow {
        throw .rates(place: "actor \"\(prefix)\(node.name)\"", reason: "too many firings")
      }
      if node.isInterface {
        try addInterface(node, level, counts, gates, count, &ends)
      } else if let path = node.subgraph, let inner = model.graphs[path] {
        let gates = self.gates(of: node, rates: level.rates[index], &ends)
        try add(
          inner, prefix: "\(prefix)\(node.name)/", passed: level.passed(by: node), gates: gates,
          repetitions: count, depth: depth + 1)
      } else {
        try addLeaf(node, level.rates[index], prefix, count, &ends)
      }
    }
    for (channel, delay) in zip(graph.channels, level.delays) where level.rate(channel.source) > 0 {
      guard let source = ends[channel.source], let destination = ends[channel.destination] else {
        continue
      }
      try builder.connect(source, destination, tokens: delay)
    }
  }
}

// MARK: - Nodes

extension PiSDFFlattener {
  private mutating func actor(
    _ name: String, phases: Int = 1, _ repetitions: Int64
  ) throws(PiSDFError) -> Int {
    let time = options.executionTimes[name] ?? 1
    return try builder.actor(
      name, times: Array(repeating: time, count: phases), repetitions: repetitions)
  }

  private mutating func addLeaf(
    _ node: PiSDFGraph.Node, _ rates: [Int64], _ prefix: String, _ repetitions: Int64,
    _ ends: inout [PiSDFGraph.End: FlatGraphBuilder.End]
  ) throws(PiSDFError) {
    let name = prefix + node.name
    let lists = try PortPhases(node, name: name, rates: rates)
    let index = try actor(name, phases: lists.phaseCount, repetitions)
    for (place, port) in node.ports.enumerated() where rates[place] > 0 {
      ends[.init(node.name, port.name)] = .actor(
        index, port: port.name, rates: lists.rates(ofPort: place))
    }
  }

  private mutating func gates(
    of node: PiSDFGraph.Node, rates: [Int64],
    _ ends: inout [PiSDFGraph.End: FlatGraphBuilder.End]
  ) -> [String: Gate] {
    var gates: [String: Gate] = [:]
    for (port, rate) in zip(node.ports, rates) {
      let gate = Gate(rate: rate, junction: builder.junction())
      gates[port.name] = gate
      ends[.init(node.name, port.name)] = .junction(gate.junction)
    }
    return gates
  }

  private mutating func addInterface(
    _ node: PiSDFGraph.Node, _ level: GraphLevel, _ counts: LevelRepetitions,
    _ gates: [String: Gate]?, _ repetitions: Int64,
    _ ends: inout [PiSDFGraph.End: FlatGraphBuilder.End]
  ) throws(PiSDFError) {
    let own = PiSDFGraph.End(node.name, node.name)
    let (name, rate) = (level.prefix + node.name, level.rate(own))
    let gate = gates?[node.name]
    if let gate, gate.rate != rate {
      throw .rates(
        place: "interface \"\(name)\"",
        reason: "its rate is \(rate), that of the actor's port is \(gate.rate)")
    }
    guard rate > 0 else { return }
    let inner = try innerTokens(of: node, level, counts)
    if let gate, inner == rate {
      ends[own] = .junction(gate.junction)
      return
    }
    let index = try actor(name, repetitions)
    ends[own] = .actor(index, port: "inner", rates: [inner])
    guard let gate else { return }
    let outer = FlatGraphBuilder.End.actor(index, port: "outer", rates: [rate])
    if node.kind == .input {
      try builder.connect(.junction(gate.junction), outer)
    } else {
      try builder.connect(outer, .junction(gate.junction))
    }
  }

  /// The tokens that the graph reads from an input interface or writes to an output interface in a
  /// firing. Of two interfaces joined directly the input does what is needed.
  private func innerTokens(
    of node: PiSDFGraph.Node, _ level: GraphLevel, _ counts: LevelRepetitions
  ) throws(PiSDFError) -> Int64 {
    let own = PiSDFGraph.End(node.name, node.name)
    let other = level.opposite(of: own)
    if node.kind == .output, level.isInterface(other) { return level.rate(own) }
    return try counts.tokens(at: other)
  }
}

extension PiSDFGraph {
  /// How much work it is to add the graph once.
  fileprivate var weight: Int {
    let steps = parameters.map { $0.expression?.steps.count ?? 0 }
    let ports = nodes.map { node in
      node.ports.reduce(node.configurationInputs.count) { $0 + $1.rate.steps.count + 1 }
    }
    let delays = channels.map { $0.delay?.steps.count ?? 0 }
    // What a graph costs that has nothing in it weighs about as much as 16 parts.
    return 16 + parameters.count + nodes.count + channels.count
      + (steps + ports + delays).reduce(0, +)
  }
}
