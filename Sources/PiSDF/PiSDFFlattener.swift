import Dataflow
import Diagnostics

/// Walks down a hierarchy and builds its flat graph.
struct PiSDFFlattener {
  private let model: PiSDFModel
  private let options: PiSDFFlattening.Options
  private var valuation: Valuation
  private var builder = FlatGraphBuilder()
  private var diagnostics: [Diagnostic] = []
  private var work = 0

  /// The deepest hierarchy.
  private static let depthLimit = 64
  /// The most parameters, ports, channels and steps of expressions, of all levels together.
  private static let workLimit = 8_000_000

  /// How often a graph fires in an iteration of the top level.
  private struct Scope {
    let prefix: String
    let repetitions: Int64
    /// How often the graph around it fires, nil at the top level.
    let outer: Int64?
    let depth: Int
  }

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
    let scope = Scope(prefix: "", repetitions: 1, outer: nil, depth: 0)
    try add(top, scope, passed: [:], gates: nil)
    guard valuation.unused.isEmpty else {
      throw .unknownParameters(names: valuation.unused.sorted())
    }
    let flat = try builder.graph()
    let names = Set(flat.actors.map(\.name))
    if let name = Set(options.executionTimes.keys).subtracting(names).min() {
      throw .unknownActor(name: name)
    }
    var unrolling = FlatGraphUnrolling(flat)
    let unrolled = try unrolling.unrolled()
    let graph = try unrolled.graph(name: top.name)
    let repetitions = zip(unrolled.actors, graph.phaseCounts).map { actor, phases in
      let firings = Int128(actor.repetitions) * Int128(actor.times.count)
      return Int64(clamping: firings / Int128(phases))
    }
    return PiSDFFlattening(
      graph: graph, repetitions: repetitions, diagnostics: diagnostics)
  }

  /// Adds a graph once; at the top level there are no gates.
  private mutating func add(
    _ graph: PiSDFGraph, _ scope: Scope, passed: [String: Int64], gates: [String: Gate]?
  ) throws(PiSDFError) {
    work += graph.weight
    guard work <= Self.workLimit else {
      throw .tooLarge(quantity: "parameters, ports and operators", limit: Self.workLimit)
    }
    guard scope.depth < Self.depthLimit else {
      throw .tooLarge(quantity: "levels", limit: Self.depthLimit)
    }
    let prefix = scope.prefix
    let level = try GraphLevel(graph, prefix: prefix, passed: passed, valuation: &valuation)
    note(level.diagnostics)
    let counts = try LevelRepetitions(level)
    var ends: [PiSDFGraph.End: FlatGraphBuilder.End] = [:]
    for (index, node) in graph.nodes.enumerated() {
      let (count, overflow) = scope.repetitions.multipliedReportingOverflow(
        by: counts.firings[index])
      if overflow {
        throw .rates(place: "actor \"\(prefix)\(node.name)\"", reason: "too many firings")
      }
      if node.isInterface {
        try addInterface(node, level, counts, gates, count, &ends)
      } else if let path = node.subgraph, let inner = model.graphs[path] {
        let gates = self.gates(of: node, rates: level.rates[index], &ends)
        let scope = Scope(
          prefix: "\(prefix)\(node.name)/", repetitions: count, outer: scope.repetitions,
          depth: scope.depth + 1)
        try add(inner, scope, passed: level.passed(by: node), gates: gates)
      } else {
        try addLeaf(node, level.rates[index], prefix, count, &ends)
      }
    }
    let ports = Ports(level: level, counts: counts, scope: scope, ends: ends)
    for (channel, delay) in zip(graph.channels, level.delays) where level.rate(channel.source) > 0 {
      try connect(channel, tokens: delay, ports)
    }
  }

  /// Keeps what was rounded, not more than a screen of it.
  private mutating func note(_ found: [Diagnostic]) {
    diagnostics += found.prefix(max(0, 20 - diagnostics.count))
  }
}

// MARK: - Channels

extension PiSDFFlattener {
  /// What stands for the ports of a graph.
  private struct Ports {
    let level: GraphLevel
    let counts: LevelRepetitions
    let scope: Scope
    let ends: [PiSDFGraph.End: FlatGraphBuilder.End]
  }

  private mutating func connect(
    _ channel: PiSDFGraph.Channel, tokens: Int64, _ ports: Ports
  ) throws(PiSDFError) {
    guard let windows = try windows(of: channel, in: ports.scope), tokens > 0 else {
      guard let source = ports.ends[channel.source],
        let destination = ports.ends[channel.destination]
      else { return }
      return try builder.connect(source, destination, tokens: tokens)
    }
    // The queue of a window: first what the setter or nobody writes, then what the source writes;
    // first the destination reads, then the getter or nobody.
    let rate = ports.level.rate(channel.destination)
    let node = ports.level.place(of: channel.destination).node
    let perFiring = rate.multipliedReportingOverflow(by: ports.counts.firings[node])
    let inWindow = perFiring.partialValue.multipliedReportingOverflow(
      by: ports.scope.repetitions / windows)
    guard !perFiring.overflow, !inWindow.overflow else {
      throw .rates(
        place: "channel \(ports.scope.prefix)\(channel.description)",
        reason: "the tokens do not fit 64 bits")
    }
    let read = inWindow.partialValue
    let writers = [(channel.setter, Int64(0)), (channel.source, tokens)]
    let readers = [(channel.destination, Int64(0)), (channel.getter, read)]
    let sources = try writers.ends { port throws(PiSDFError) in
      try solidEnd(port, isSource: true, ports)
    }
    let targets = try readers.ends { port throws(PiSDFError) in
      try solidEnd(port, isSource: false, ports)
    }
    for (source, firstWritten) in sources {
      for (target, firstRead) in targets {
        try builder.connect(
          source, target,
          within: .init(count: windows, firstWritten: firstWritten, firstRead: firstRead))
      }
    }
  }

  /// The windows in an iteration that the tokens of a channel live within, nil where they live on.
  private func windows(
    of channel: PiSDFGraph.Channel, in scope: Scope
  ) throws(PiSDFError) -> Int64? {
    if channel.setter != nil || channel.getter != nil {
      let isTop = scope.outer == nil
      guard channel.persistence == .none || isTop && channel.setter != nil else {
        throw channel.delayError(
          "level \"\(channel.persistence.rawValue)\": expected none, as it has a setter or a getter",
          prefix: scope.prefix)
      }
      return scope.repetitions
    }
    switch channel.persistence {
    case .none: return scope.repetitions
    case .local: return scope.outer
    case .permanent: return nil
    }
  }

  /// An end at an actor; where a port leads out of the graph, an actor without a time that passes
  /// tokens on.
  private mutating func solidEnd(
    _ port: PiSDFGraph.End, isSource: Bool, _ ports: Ports
  ) throws(PiSDFError) -> FlatGraph.End? {
    switch ports.ends[port] {
    case .actor(let end): return end
    case nil: return nil
    case .junction(let junction):
      let place = ports.level.place(of: port).node
      let isInterface = ports.level.graph.nodes[place].isInterface
      let name = ports.scope.prefix + (isInterface ? port.node : "\(port.node).\(port.port)")
      let (count, overflow) = ports.scope.repetitions.multipliedReportingOverflow(
        by: ports.counts.firings[place])
      if overflow { throw .rates(place: "actor \"\(name)\"", reason: "too many firings") }
      let actor = try builder.actor(
        name, times: [options.executionTimes[name] ?? 0], repetitions: count)
      let rates = [ports.level.rate(port)]
      let outer = FlatGraphBuilder.End.actor(.init(actor: actor, port: "outer", rates: rates))
      if isSource {
        try builder.connect(.junction(junction), outer)
      } else {
        try builder.connect(outer, .junction(junction))
      }
      return .init(actor: actor, port: "inner", rates: rates)
    }
  }
}

extension [(PiSDFGraph.End?, Int64)] {
  /// The ends that there are, each with its number.
  fileprivate func ends(
    _ end: (PiSDFGraph.End) throws(PiSDFError) -> FlatGraph.End?
  ) throws(PiSDFError) -> [(FlatGraph.End, Int64)] {
    var ends: [(FlatGraph.End, Int64)] = []
    for (port, number) in self {
      if let port, let end = try end(port) { ends.append((end, number)) }
    }
    return ends
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
        .init(actor: index, port: port.name, rates: lists.rates(ofPort: place)))
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
    ends[own] = .actor(.init(actor: index, port: "inner", rates: [inner]))
    guard let gate else { return }
    let outer = FlatGraphBuilder.End.actor(.init(actor: index, port: "outer", rates: [rate]))
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
    if let tokens = level.exchange(at: own) { return tokens }
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
