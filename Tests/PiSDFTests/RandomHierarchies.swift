import PiSDF
import RandomNumbers

/// Random hierarchies that are consistent by construction, with what their flattening must be.
///
/// Each graph has a parameter `scale` that all its rates are multiples of. A graph passes 12 times
/// its own to its sub-graphs, so that the tokens of their ports divide by the firings 1...4 of any
/// actor beside them.
struct RandomHierarchy {
  private(set) var graphs: [String: PiSDFGraph] = [:]
  /// How often each leaf actor fires, by its path.
  private(set) var firings: [String: Int64] = [:]
  /// The initial tokens of all channels, each as often as its graph is an actor.
  private(set) var tokens: Int64 = 0
  private var generator: SplitMix64

  /// A graph, with what its surroundings must know.
  private struct Level {
    var path: String
    /// For each interface its rate as a multiple of the scale.
    var inputs: [(name: String, rate: Int64)] = []
    var outputs: [(name: String, rate: Int64)] = []
    /// The firings of the actors below for a firing of the graph, by their paths from the graph.
    var firings: [String: Int64] = [:]
    /// The initial tokens for one use of the graph.
    var tokens: Int64 = 0
  }

  init(seed: UInt64) throws {
    generator = SplitMix64(seed: seed)
    let depth = Int.random(in: 1...3, using: &generator)
    let top = try level("top.pi", depth: depth, isTop: true)
    (firings, tokens) = (top.firings, top.tokens)
  }

  private mutating func random(_ range: ClosedRange<Int64>) -> Int64 {
    Int64.random(in: range, using: &generator)
  }

  /// A graph under construction.
  private struct Draft {
    var nodes: [PiSDFGraph.Node] = []
    var ports: [[PiSDFGraph.Node.DataPort]] = []
    var channels: [PiSDFGraph.Channel] = []
    var counts: [Int64] = []

    /// Adds a port to an actor and names it.
    mutating func port(_ node: Int, _ rate: String, isInput: Bool) throws -> PiSDFGraph.End {
      let name = "p\(ports[node].count)"
      let rate = try RateExpression(rate)
      ports[node].append(isInput ? .input(name, rate) : .output(name, rate))
      return .init(nodes[node].name, name)
    }
  }

  private mutating func level(_ path: String, depth: Int, isTop: Bool = false) throws -> Level {
    var result = Level(path: path)
    var draft = Draft()
    // A repetition of 1 makes the whole vector the least one.
    let leaves = Int(random(2...4))
    for index in 0..<leaves {
      draft.nodes.append(.init("a\(index)"))
      draft.ports.append([])
      draft.counts.append(index == 0 ? 1 : random(1...4))
    }
    for index in 1..<leaves { try join(Int(random(0...Int64(index - 1))), index, &draft, &result) }
    let factor = isTop ? 1 : random(1...3)
    for index in 0..<leaves { result.firings["a\(index)"] = factor * draft.counts[index] }
    if depth > 1 {
      for index in 0..<Int(random(1...2)) {
        try nest("h\(index)", depth: depth - 1, factor, &draft, &result)
      }
    }
    if !isTop { try addInterfaces(factor, leaves, &draft, &result) }
    let nodes = draft.nodes.indices.map { index in
      let node = draft.nodes[index]
      return draft.ports[index].isEmpty
        ? node
        : PiSDFGraph.Node(
          node.name, node.kind, ports: node.ports + draft.ports[index],
          configurationInputs: node.configurationInputs)
    }
    graphs[path] = try PiSDFGraph(
      name: path,
      parameters: [
        isTop
          ? .init("scale", 1) : .init(name: "scale", origin: .interface(defaultValue: nil)),
        .init("inner", try RateExpression("scale * 12")),
      ], nodes: nodes, channels: draft.channels)
    return result
  }

  /// Joins two leaf actors.
  private mutating func join(
    _ a: Int, _ b: Int, _ draft: inout Draft, _ result: inout Level
  ) throws {
    let total = 12 * random(1...3)
    let delay = random(0...3)
    result.tokens += delay
    let source = try draft.port(a, "scale * \(total / draft.counts[a])", isInput: false)
    let target = try draft.port(b, "\(total / draft.counts[b]) * scale", isInput: true)
    draft.channels.append(
      .init(from: source, to: target, delay: delay == 0 ? nil : RateExpression(delay)))
  }

  /// Adds an actor that stands for a graph and joins its ports with leaf actors.
  private mutating func nest(
    _ node: String, depth: Int, _ factor: Int64, _ draft: inout Draft, _ result: inout Level
  ) throws {
    let leaves = draft.nodes.count { $0.kind == .actor(nil) }
    let path = "\(depth)/\(result.path.dropLast(3).split(separator: "/").last ?? "")_\(node).pi"
    let inner = try level(path, depth: depth)
    let count = random(1...4)
    var ports: [PiSDFGraph.Node.DataPort] = []
    for (name, rate) in inner.inputs + inner.outputs {
      let isInput = name.hasPrefix("i")
      let leaf = Int(random(0...Int64(leaves - 1)))
      let own = try RateExpression("\(rate) * inner")
      ports.append(isInput ? .input(name, own) : .output(name, own))
      // The graph passes 12 times the scale, which the leaf's firings divide.
      let other = try draft.port(
        leaf, "\(rate * count) * inner / \(draft.counts[leaf])", isInput: !isInput)
      draft.channels.append(
        isInput
          ? .init(from: other, to: .init(node, name)) : .init(from: .init(node, name), to: other))
    }
    draft.nodes.append(
      .init(
        node, .actor(.graph(path)), ports: ports,
        configurationInputs: [.init("scale", parameter: "inner")]))
    draft.ports.append([])
    draft.counts.append(count)
    for (leaf, firings) in inner.firings {
      result.firings["\(node)/\(leaf)"] = firings * count * factor
    }
    result.tokens += inner.tokens
  }

  /// Adds interfaces; the first makes the graph iterate, the others repeat tokens or keep the last.
  private mutating func addInterfaces(
    _ factor: Int64, _ leaves: Int, _ draft: inout Draft, _ result: inout Level
  ) throws {
    for index in 0..<Int(random(1...3)) {
      let isInput = random(0...1) == 0
      let name = isInput ? "i\(index)" : "o\(index)"
      let leaf = Int(random(0...Int64(leaves - 1)))
      let rate = random(1...4)
      let total = factor * draft.counts[leaf] * rate
      let own = index == 0 ? total : random(1...total)
      let end = try draft.port(leaf, "\(rate) * scale", isInput: isInput)
      let text = try RateExpression("\(own) * scale")
      draft.nodes.append(isInput ? .input(name, rate: text) : .output(name, rate: text))
      draft.ports.append([])
      draft.counts.append(1)
      let interface = PiSDFGraph.End(name, name)
      draft.channels.append(
        isInput ? .init(from: interface, to: end) : .init(from: end, to: interface))
      if isInput {
        result.inputs.append((name, own))
      } else {
        result.outputs.append((name, own))
      }
    }
  }
}
