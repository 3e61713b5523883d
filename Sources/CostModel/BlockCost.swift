package import NetworkModel
package import PlatformModel
package import Quantities

/// What one block costs on one element, for one inference.
package struct BlockCost: Hashable, Sendable {
  /// The time of the block, for reports.
  package var seconds: Seconds
  /// The exact time in ticks, rounded up; the most there are where it does not fit.
  package var ticks: Int64
  /// What the time is spent on.
  package var bound: Bound
  /// Whether the element does not list the operator and runs it at its slowest rate.
  package var isFallback: Bool
  /// Time × active power.
  package var dynamicEnergy: Joules

  /// What limits a time.
  package typealias Bound = Roofline.Bound
}

/// Time and energy of blocks on the elements of a platform, by the ``Roofline``.
package struct CostModel: Sendable {
  /// The platform whose elements compute the blocks.
  package let platform: Platform
  /// How many bytes each value takes.
  package let precision: Precision
  /// Whether an operator that a processor does not list is unsupported, not slow.
  package let strictOperators: Bool
  /// Measured times, which go before computed ones; nil where all are computed.
  package let times: MeasuredTimes?

  /// A cost with all its parts.
  package init(
    platform: Platform, precision: Precision = .model, strictOperators: Bool = false,
    times: MeasuredTimes? = nil
  ) {
    self.times = times
    self.platform = platform
    self.precision = precision
    self.strictOperators = strictOperators
  }
}

extension CostModel {
  /// The cost of a block on an element, or nil where the element does not support it.
  ///
  /// - Parameter copied: Bytes of the inputs that were copied to the element's memory before, and so do
  ///   not stream through its port.
  package func cost(
    of id: BlockID, in graph: BlockGraph, on element: ElementID, withoutInputs copied: Int = 0
  ) -> BlockCost? {
    guard let use = use(of: id, in: graph, on: element) else { return nil }
    let time = use.roofline.time(withoutInputs: copied)
    return BlockCost(
      seconds: time.seconds, ticks: time.ticks, bound: time.bound, isFallback: use.isFallback,
      dynamicEnergy: use.energy ?? use.power * time.seconds)
  }

  /// What a block asks of an element.
  package struct Use: Hashable, Sendable {
    /// The time by its parts.
    package var roofline: Roofline
    /// The power while the element computes the block.
    package var power: Watts
    /// A measured energy, which goes before time × power; nil where there is none.
    package var energy: Joules?
    /// Whether the element does not list the operator and runs it at its slowest rate.
    package var isFallback: Bool
  }

  /// What a block asks of an element, or nil where the element does not support it.
  package func use(of id: BlockID, in graph: BlockGraph, on element: ElementID) -> Use? {
    let support = support(for: id, in: graph, on: element)
    let power = support?.entry?.power ?? platform[element].type.activePower
    if let times, let measured = times.entry(for: id, in: graph, on: platform[element]) {
      return Use(
        roofline: roofline(computing: .zero, of: id, in: graph, on: element, measured.seconds),
        power: power, energy: measured.energy, isFallback: false)
    }
    var computing = ExactRatio.zero
    var isFallback = false
    switch support {
    case nil: break
    case .unsupported?: return nil
    case .fallback? where strictOperators: return nil
    case .listed(let entry)?, .separately(let entry)?, .fallback(let entry)?:
      let operations = operations(of: id, in: graph, on: element, support)
      computing = ExactRatio(operations, over: entry.rate.number)
      if case .fallback? = support { isFallback = true }
    }
    return Use(
      roofline: roofline(computing: computing, of: id, in: graph, on: element, nil),
      power: power, energy: nil, isFallback: isFallback)
  }

  /// The operations that a block takes: of a fused pattern those of its first operator.
  private func operations(
    of id: BlockID, in graph: BlockGraph, on element: ElementID, _ support: CoreType.Support?
  ) -> UInt128 {
    let rounding = platform[element].type.rounding?.operations
    let steps = graph[id].steps
    let counted = if case .listed? = support { steps.prefix(1) } else { steps[...] }
    return counted.reduce(0) { $0 + graph[$1.layer].operations(of: $1.part, rounding) }
  }

  private func roofline(
    computing: ExactRatio, of id: BlockID, in graph: BlockGraph, on element: ElementID,
    _ measured: ExactRatio?
  ) -> Roofline {
    let type = platform[element].type
    var roofline = Roofline(computing: computing, overhead: type.overhead, measured: measured)
    if type.access == .streamed {
      let traffic = traffic(of: id, in: graph, on: element)
      roofline.inputBytes = traffic.inputs
      roofline.weightBytes = traffic.weights
      roofline.outputBytes = traffic.outputs
      roofline.ports = platform[element].ports
    }
    return roofline
  }
}
