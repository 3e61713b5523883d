/// A level of a parameterized and interfaced dataflow graph: parameters, nodes with ports whose
/// rates are expressions, and channels between the ports.
///
/// Model: Desnos, Pelcat, Nezan, Bhattacharyya, Aridhi 2013, "PiMM: Parameterized and interfaced
/// dataflow meta-model for MPSoCs runtime reconfiguration", SAMOS XIII, DOI
/// 10.1109/SAMOS.2013.6621104. Every value of this type keeps the rules that its initializer
/// checks; names are unique among the parameters and nodes.
package struct PiSDFGraph: Hashable, Sendable {
  /// The name of the graph.
  package let name: String
  /// The parameters in the order of the file.
  package let parameters: [Parameter]
  /// The actors and data interfaces in the order of the file.
  package let nodes: [Node]
  /// The channels in the order of the file.
  package let channels: [Channel]
  /// The values that actors of this graph set for the graph around it.
  package let configurationOutputs: [ConfigurationOutput]
  /// The positions of the parameters, each behind those that it is computed from.
  let evaluationOrder: [Int]

  /// Makes a graph and checks that it is well formed.
  ///
  /// A parameter of the graph that a rate of an actor names is also among the actor's configuration
  /// inputs: where it is not it is added.
  ///
  /// - Throws: ``PiSDFError/invalid(graph:element:reason:)`` naming what breaks a rule, or
  ///   ``PiSDFError/cyclicParameters(graph:cycle:)``.
  package init(
    name: String, parameters: [Parameter] = [], nodes: [Node], channels: [Channel],
    configurationOutputs: [ConfigurationOutput] = []
  ) throws(PiSDFError) {
    self.name = name
    self.parameters = parameters
    let names = Set(parameters.map(\.name))
    self.nodes = nodes.map { $0.withImpliedInputs(from: names) }
    self.channels = channels
    self.configurationOutputs = configurationOutputs
    let checker = PiSDFGraphChecker(
      graph: name, parameters: parameters, nodes: self.nodes, channels: channels,
      outputs: configurationOutputs)
    evaluationOrder = try checker.check()
  }
}

extension PiSDFGraph {
  /// A port of a node.
  package struct End: Hashable, Sendable {
    /// The name of the node.
    package let node: String
    /// The name of the node's port; that of an interface has the interface's name.
    package let port: String

    /// Joins a node with one of its ports.
    package init(_ node: String, _ port: String) {
      self.node = node
      self.port = port
    }
  }

  /// A first-in first-out queue from an output port to an input port.
  package struct Channel: Hashable, Sendable {
    /// Where tokens come from.
    package let source: End
    /// Where tokens go to.
    package let destination: End
    /// The type of a token in the application's language.
    package let type: String
    /// The number of initial tokens, `nil` for a channel without a delay.
    package let delay: RateExpression?
    /// What the file calls the delay.
    package let delayName: MessageName
    /// How long the tokens of the delay live.
    package let persistence: Persistence
    /// The port that writes the initial tokens, anew for each firing of the graph; nil where the
    /// tokens are there without one.
    package let setter: End?
    /// The port that reads the tokens that are left at the end of each firing of the graph; nil
    /// where none does.
    package let getter: End?

    /// Makes a channel.
    package init(
      from source: End, to destination: End, type: String = "int", delay: RateExpression? = nil,
      delayName: String? = nil, persistence: Persistence = .permanent, setter: End? = nil,
      getter: End? = nil
    ) {
      self.source = source
      self.destination = destination
      self.type = type
      self.delay = delay
      self.delayName = MessageName(delayName)
      self.persistence = persistence
      self.setter = setter
      self.getter = getter
    }

    /// An error about its delay.
    ///
    /// - Parameter prefix: What stands before the names of the graph.
    func delayError(_ reason: String, prefix: String = "") -> PiSDFError {
      .delay(
        channel: prefix + description, name: delayName.text, expression: delay?.text ?? "",
        reason: reason)
    }

    /// The ends in words.
    var description: String {
      "\(source.node).\(source.port) -> \(destination.node).\(destination.port)"
    }
  }

  /// How long the tokens of a delay live; the levels of PREESM.
  package enum Persistence: String, Hashable, Sendable {
    /// They are new in each firing of the graph.
    case none
    /// They go from firing to firing of the graph, and are new in each firing of the graph around it; at
    /// the top level as ``permanent``.
    case local
    /// They go from firing to firing and from iteration to iteration.
    case permanent
  }

  /// A configuration output interface: a value that the graph hands to the graph around it.
  package struct ConfigurationOutput: Hashable, Sendable {
    /// The name of the interface.
    package let name: String
    /// The configuration output port that sets the value.
    package let setter: End

    /// Makes an interface.
    package init(name: String, setter: End) {
      self.name = name
      self.setter = setter
    }
  }
}
