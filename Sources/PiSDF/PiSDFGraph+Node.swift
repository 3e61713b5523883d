extension PiSDFGraph {
  /// An actor or a data interface of a graph.
  package struct Node: Hashable, Sendable {
    /// The name.
    package let name: String
    /// What the node is.
    package let kind: Kind
    /// The data ports in the order in which fork and join serve them.
    package let ports: [DataPort]
    /// The configuration input ports.
    package let configurationInputs: [ConfigurationInput]
    /// The names of the configuration output ports, by which an actor sets parameters.
    package let configurationOutputs: [String]

    /// Makes a node; data interfaces are made by ``input(_:rate:)`` and ``output(_:rate:)``.
    package init(
      _ name: String, _ kind: Kind = .actor(nil), ports: [DataPort] = [],
      configurationInputs: [ConfigurationInput] = [], configurationOutputs: [String] = []
    ) {
      self.name = name
      self.kind = kind
      self.ports = ports
      self.configurationInputs = configurationInputs
      self.configurationOutputs = configurationOutputs
    }
  }
}

extension PiSDFGraph.Node {
  /// What a node is.
  package enum Kind: Hashable, Sendable {
    /// An actor, and what it stands for.
    case actor(Refinement?)
    /// Copies what it reads to each output, over and over until the output's rate is reached.
    case broadcast
    /// Deals what it reads out to its outputs, one after the other.
    case fork
    /// Writes what it reads from its inputs, one after the other.
    case join
    /// Keeps the last of the tokens that it reads.
    case roundBuffer
    /// A data input interface: tokens that the graph around gives to each firing.
    case input
    /// A data output interface: tokens that each firing gives to the graph around.
    case output
  }

  /// What an actor stands for.
  package enum Refinement: Hashable, Sendable {
    /// A file of program code, which makes the actor a leaf.
    case code(String)
    /// The graph of this path in its model.
    case graph(String)
  }

  /// A port for tokens.
  package struct DataPort: Hashable, Sendable {
    /// The name, unique among the data ports of a node.
    package let name: String
    /// Whether tokens are read.
    package let isInput: Bool
    /// The tokens of a firing.
    package let rate: RateExpression

    /// A port that reads.
    package static func input(_ name: String, _ rate: RateExpression) -> DataPort {
      DataPort(name: name, isInput: true, rate: rate)
    }

    /// A port that writes.
    package static func output(_ name: String, _ rate: RateExpression) -> DataPort {
      DataPort(name: name, isInput: false, rate: rate)
    }
  }

  /// A port by which a parameter gets into an actor.
  package struct ConfigurationInput: Hashable, Sendable {
    /// The name by which the rates of the actor, and the graph it stands for, know the value.
    package let name: String
    /// The parameter of the graph that the actor is in.
    package let parameter: String

    /// Binds a name to a parameter, by default to the one of that name.
    package init(_ name: String, parameter: String? = nil) {
      self.name = name
      self.parameter = parameter ?? name
    }
  }

  /// A data input interface, from whose port of the same name the graph reads.
  package static func input(_ name: String, rate: RateExpression) -> Self {
    Self(name, .input, ports: [.output(name, rate)])
  }

  /// A data output interface, to whose port of the same name the graph writes.
  package static func output(_ name: String, rate: RateExpression) -> Self {
    Self(name, .output, ports: [.input(name, rate)])
  }
}

extension PiSDFGraph.Node {
  /// Whether the node is where tokens enter or leave the graph.
  var isInterface: Bool { kind == .input || kind == .output }

  /// The path of the graph that the node stands for, `nil` for a leaf.
  var subgraph: String? {
    guard case .actor(.graph(let path)?) = kind else { return nil }
    return path
  }

  /// Binds each name in a rate that is no configuration input yet to the parameter of that name.
  func withImpliedInputs(from parameters: Set<String>) -> Self {
    if isInterface { return self }
    var inputs = configurationInputs
    var bound = Set(inputs.map(\.name))
    for name in ports.flatMap(\.rate.names)
    where parameters.contains(name) && bound.insert(name).inserted {
      inputs.append(ConfigurationInput(name))
    }
    return Self(
      name, kind, ports: ports, configurationInputs: inputs,
      configurationOutputs: configurationOutputs)
  }
}
