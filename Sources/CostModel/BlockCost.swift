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
    /// The block takes no time.
    case nothing
  }
}

/// Time and energy of blocks on the elements of a platform, by the roofline:
/// time = max(operations / peak, input bytes / bandwidth, weight bytes / bandwidth,
/// output bytes / bandwidth).
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

  package init(
    platform: Platform, precision: Precision = .model, strictOperators: Bool = false
  ) {
    self.platform = platform
    self.precision = precision
    self.strictOperators = strictOperators
  }
}

extension CostModel {
  /// The cost of a block on an element, or nil where the element does not support it.
  package func cost(of id: BlockID, in graph: BlockGraph, on element: ElementID) -> BlockCost? {
    let block = graph[id]
    let layers = block.steps.map { graph[$0.layer] }
    let operators = layers.filter { !$0.onlyRearranges }.map(\.platformOperator)
    guard !operators.isEmpty else {
      return movementCost(of: id, in: graph, on: platform[element])
    }
    let support = platform[element].support(for: operators)
    guard let entry = support.entry else { return nil }
    let traffic = traffic(of: id, in: graph, entry)
    var isFallback = false
    var operations = graph.work(id).operations
    switch support {
    case .listed:
      let first = block.steps[0]
      operations = graph[first.layer].work(channels: first.channels).operations
    case .fallback:
      if strictOperators { return nil }
      isFallback = true
    case .separately, .unsupported: break
    }
    let computing = Seconds(Double(operations) / entry.rate.value)
    return cost(
      computing: computing, traffic, on: platform[element], isFallback: isFallback)
  }

  /// The bytes a block moves through each port of its element.
  private struct Traffic {
    var inputs = 0
    var weights = 0
    var outputs = 0
  }

  private func traffic(
    of id: BlockID, in graph: BlockGraph, _ support: OperatorSupport?
  ) -> Traffic {
    var traffic = Traffic()
    let block = graph[id]
    for port in block.ports { traffic.inputs += precision.bytes(port.type, .activation, support) }
    for tensor in graph.constants(id) {
      traffic.weights += precision.bytes(tensor.type, .weight, support)
    }
    for type in block.outputs { traffic.outputs += precision.bytes(type, .activation, support) }
    return traffic
  }

  /// A block that only moves data costs the bytes it moves; what only places values side by side in
  /// one memory is written there in the first place.
  private func movementCost(
    of id: BlockID, in graph: BlockGraph, on element: Element
  ) -> BlockCost {
    let moves = graph[id].steps.contains { graph[$0.layer].kind == .movement }
    let traffic = moves ? traffic(of: id, in: graph, nil) : Traffic()
    return cost(computing: .zero, traffic, on: element, isFallback: false)
  }

  private func cost(
    computing: Seconds, _ traffic: Traffic, on element: Element, isFallback: Bool
  ) -> BlockCost {
    var seconds = computing
    var bound: BlockCost.Bound = computing > .zero ? .computation : .nothing
    func consider(_ bytes: Int, _ port: Element.Port, _ kind: BlockCost.Bound) {
      guard let bandwidth = port.bandwidth else { return }
      let time = Seconds(Double(bytes) / bandwidth.value)
      if time > seconds { (seconds, bound) = (time, kind) }
    }
    let ports = element.ports
    if ports.shared {
      consider(traffic.inputs + traffic.weights + traffic.outputs, ports.activationsIn, .link)
    } else {
      consider(traffic.inputs, ports.activationsIn, .inputs)
      consider(traffic.weights, ports.weightsIn, .weights)
      consider(traffic.outputs, ports.outputOut, .outputs)
    }
    return BlockCost(
      seconds: seconds, bound: bound, isFallback: isFallback,
      dynamicEnergy: element.activePower * seconds)
  }
}
