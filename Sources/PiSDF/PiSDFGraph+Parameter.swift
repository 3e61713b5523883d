extension PiSDFGraph {
  /// An integer by which rates are expressed.
  package struct Parameter: Hashable, Sendable {
    /// The name, by which expressions of the same graph know it.
    package let name: String
    /// Where the value comes from when the valuation does not give it.
    package let origin: Origin

    /// Makes a parameter.
    package init(name: String, origin: Origin) {
      self.name = name
      self.origin = origin
    }

    /// Makes a parameter that is computed from others of its graph.
    package init(_ name: String, _ value: RateExpression) {
      self.init(name: name, origin: .expression(value))
    }
  }
}

extension PiSDFGraph.Parameter {
  /// Where the value of a parameter comes from.
  package enum Origin: Hashable, Sendable {
    /// It is computed from other parameters of its graph.
    case expression(RateExpression)
    /// A configuration input interface: the graph around gives it, or else it has a default.
    case interface(defaultValue: RateExpression?)
    /// A configuration output port of an actor sets it while the graph executes.
    case actor(PiSDFGraph.End)
  }

  /// What the value is computed from, `nil` when nothing is given.
  var expression: RateExpression? {
    switch origin {
    case .expression(let value): value
    case .interface(let defaultValue): defaultValue
    case .actor: nil
    }
  }
}
