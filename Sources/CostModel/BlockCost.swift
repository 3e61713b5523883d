import NetworkModel
import PlatformModel
import Quantities

/// What one block costs on one element, for one inference.
package struct BlockCost: Hashable, Sendable {
  /// The time of the block.
  package var seconds: Seconds
  /// What the time is spent on.
  package var bound: Bound
  /// Whether the element does not list the operator and runs it at its slowest rate.
  package var isFallback: Bool
  /// Time × active power.
  package var dynamicEnergy: Joules

  /// What bounds the time of a block: the largest term of the roofline.
  package enum Bound: String, Hashable, Sendable, CaseIterable {
    case computation, inputs, weights, outputs
    /// The bytes of all ports together, where they share one link.
    case link
    /// The time was measured, not computed.
    case measurement
    /// The block takes no time.
    case nothing
  }
}

/// Time and energy of blocks on the elements of a platform, by the roofline:
/// time = max(operations / peak, input bytes / bandwidth, weight bytes / bandwidth,
/// output bytes / bandwidth) + overhead. An element whose access is `copied` has the first term only: its
/// transfers are steps of their own.
///
/// Source: Williams, Waterman, Patterson 2009, "Roofline", DOI 10.1145/1498765.1498785, with one
/// bandwidth for each port of an element.
package struct CostModel: Sendable {
  /// The platform.
  package let platform: Platform
  /// How many bytes each value takes.
  package let precision: Precision
  /// Whether an operator that a processor does not list is unsupported, not slow.
  package let strictOperators: Bool
  /// Measured times, which go before computed ones.
  package let times: MeasuredTimes?

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
    let support = support(for: id, in: graph, on: element)
    if let times, let measured = times.entry(for: id, in: graph, on: platform[element]) {
      let power = support?.entry?.power ?? platform[element].type.activePower
      return BlockCost(
        seconds: measured.seconds, bound: .measurement, isFallback: false,
        dynamicEnergy: measured.energy ?? power * measured.seconds)
    }
    switch support {
    case nil: return cost(computing: .zero, of: id, in: graph, on: element, nil, copied)
    case .unsupported?: return nil
    case .fallback? where strictOperators: return nil
    case .listed(let entry)?, .separately(let entry)?, .fallback(let entry)?:
      let operations = operations(of: id, in: graph, on: element, support)
      let computing = Seconds(operations / entry.rate.value)
      return cost(computing: computing, of: id, in: graph, on: element, support, copied)
    }
  }

  /// The operations that a block takes: of a fused pattern those of its first operator.
  private func operations(
    of id: BlockID, in graph: BlockGraph, on element: ElementID, _ support: CoreType.Support?
  ) -> Double {
    let rounding = platform[element].type.rounding?.operations
    let steps = graph[id].steps
    let counted = if case .listed? = support { steps.prefix(1) } else { steps[...] }
    return counted.reduce(0) { $0 + graph[$1.layer].operations(channels: $1.channels, rounding) }
  }

  private func cost(
    computing: Seconds, of id: BlockID, in graph: BlockGraph, on element: ElementID,
    _ support: CoreType.Support?, _ copied: Int
  ) -> BlockCost {
    let type = platform[element].type
    var seconds = computing
    var bound: BlockCost.Bound = computing > .zero ? .computation : .nothing
    func consider(_ bytes: Int, _ port: Element.Port, _ kind: BlockCost.Bound) {
      guard let bandwidth = port.bandwidth else { return }
      let time = Seconds(Double(bytes) / bandwidth.value)
      if time > seconds { (seconds, bound) = (time, kind) }
    }
    if type.access == .streamed {
      var traffic = traffic(of: id, in: graph, on: element)
      traffic.inputs = max(0, traffic.inputs - copied)
      let ports = platform[element].ports
      if ports.shared {
        consider(traffic.total, ports.activationsIn, .link)
      } else {
        consider(traffic.inputs, ports.activationsIn, .inputs)
        consider(traffic.weights, ports.weightsIn, .weights)
        consider(traffic.outputs, ports.outputOut, .outputs)
      }
    }
    if bound != .nothing { seconds = seconds + type.overhead }
    let isFallback = if case .fallback? = support { true } else { false }
    return BlockCost(
      seconds: seconds, bound: bound, isFallback: isFallback,
      dynamicEnergy: (support?.entry?.power ?? type.activePower) * seconds)
  }
}
