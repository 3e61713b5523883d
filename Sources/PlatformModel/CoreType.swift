package import Quantities

/// What processing elements of one type have in common.
package struct CoreType: Hashable, Sendable {
  /// What an element does with an operator that it does not list.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Runs every operator, those it does not list at its slowest listed rate.
    case processor
    /// Runs only what it lists.
    case accelerator
  }

  /// How an element reaches the values it computes with.
  package enum Access: String, Hashable, Sendable, CaseIterable {
    /// Transfers overlap with the computation.
    case streamed
    /// Values are copied to the element before it computes, and results away afterwards.
    case copied
  }

  /// The name of the type.
  package let name: String
  /// What kind of processor it is.
  package let kind: Kind
  /// The peak rate, where the description states one; for reports, and for operators without a rate.
  package let peakRate: OperationsPerSecond?
  /// What elements of the type list, in the order of the platform file.
  package let operators: [OperatorSupport]
  /// The power while an element computes, unless the operator has a power of its own.
  package let activePower: Watts
  /// The power while it waits or moves data.
  package let idlePower: Watts
  /// The price of using one element, in units that the platform chooses.
  package let cost: Double
  /// The size of an element's own memory in bytes, or nil where the platform does not say.
  package let localMemory: Int?
  /// How it gets at what it reads.
  package let access: Access
  /// A fixed time that every block takes on top of its work.
  package let overhead: StatedSeconds
  /// How the hardware rounds up what convolutions compute and store; nil for not at all.
  package let rounding: Rounding?
  /// Where its figures come from.
  package let origin: FigureOrigin

  /// A type; what is left out is zero, or not limited.
  package init(
    name: String, kind: Kind, peakRate: OperationsPerSecond? = nil, operators: [OperatorSupport],
    activePower: Watts, idlePower: Watts = .zero, cost: Double = 1, localMemory: Int? = nil,
    access: Access = .streamed, overhead: StatedSeconds = .zero, rounding: Rounding? = nil,
    origin: FigureOrigin = .unstated
  ) {
    self.name = name
    self.kind = kind
    self.peakRate = peakRate
    self.operators = operators
    self.activePower = activePower
    self.idlePower = idlePower
    self.cost = cost
    self.localMemory = localMemory
    self.access = access
    self.overhead = overhead
    self.rounding = rounding
    self.origin = origin
  }
}
