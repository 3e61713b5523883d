package import Diagnostics
package import NetworkModel
package import PlatformModel
package import Quantities

/// What a block costs before it is mapped: its cost on the slowest element that supports it.
package struct UnmappedCost: Hashable, Sendable {
  /// The time of an inference in ticks, rounded up.
  package var ticks: Int64
  /// Time × active power of that element.
  package var dynamicEnergy: Joules
  /// The element; nil for inputs, outputs and blocks that take no time.
  package var element: ElementID?
  /// Whether that element does not list the operator and runs it at its slowest rate.
  package var isFallback: Bool
}

extension UnmappedCost {
  /// The cost without a platform: an operation takes a tick.
  package init(operations: Int) {
    self.init(
      ticks: Int64(operations), dynamicEnergy: .zero, element: nil, isFallback: false)
  }
}

/// Why a network has no cost on a platform.
package enum CostError: UserFacingError {
  /// No element supports a block.
  case unsupported(block: String, operators: String, platform: String)
  /// No links lead from one memory to another.
  case noRoute(from: String, to: String)
  /// A time is longer than times may be.
  case overflow(block: String, platform: String)

  /// The block and what the platform lacks for it, or the limit that it exceeds.
  package var message: String {
    switch self {
    case .unsupported(let block, let operators, let platform):
      "block \(block): no element of \(platform) supports \(operators)"
    case .noRoute(let source, let target):
      "no link leads from the memory \(source) to the memory \(target)"
    case .overflow(let block, let platform):
      "platform \(platform): the block \(block) takes more than \(CostModel.mostTicks) ps of an inference, expected "
        + "less"
    }
  }

  /// A block that the platform cannot run is infeasible; a time too long is a fault of the input.
  package var fault: Fault {
    switch self {
    case .unsupported, .noRoute: .infeasible
    case .overflow: .input
    }
  }
}

extension CostModel {
  /// The longest time of a block in an inference, in ticks: those of a thousand blocks fit 64 bits in sum.
  static let mostTicks = Int64.max / 1024

  /// The cost of a block on the slowest element that supports it.
  ///
  /// - Throws: ``CostError``.
  package func unmappedCost(of id: BlockID, in graph: BlockGraph) throws -> UnmappedCost {
    let block = graph[id]
    guard !block.isBoundary, !block.isConcatenation else {
      return UnmappedCost(operations: 0)
    }
    var slowest: (cost: BlockCost, element: ElementID)?
    for element in platform.elementIDs {
      guard let cost = cost(of: id, in: graph, on: element) else { continue }
      if let found = slowest, found.cost.seconds >= cost.seconds { continue }
      slowest = (cost, element)
    }
    guard let slowest else {
      let operators = block.steps.map { graph[$0.layer].platformOperator }.joined(separator: "+")
      throw CostError.unsupported(
        block: block.name, operators: operators, platform: platform.name)
    }
    let ticks = slowest.cost.ticks
    guard ticks <= Self.mostTicks else {
      throw CostError.overflow(block: block.name, platform: platform.name)
    }
    return UnmappedCost(
      ticks: ticks, dynamicEnergy: slowest.cost.dynamicEnergy,
      element: ticks > 0 ? slowest.element : nil, isFallback: slowest.cost.isFallback)
  }
}
