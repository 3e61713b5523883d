import Quantities

/// A processing element: a processor or an accelerator.
package struct Element: Hashable, Sendable {
  /// What an element does with an operator that it does not list.
  package enum Kind: String, Hashable, Sendable {
    /// Runs every operator, those it does not list at its slowest listed rate.
    case processor
    /// Runs only what it lists.
    case accelerator
  }

  package let name: String
  package let kind: Kind
  /// What the element lists, in the order of the platform file.
  package let operators: [OperatorSupport]
  /// The power while it computes.
  package let activePower: Watts
  /// The power while it waits or moves data.
  package let idlePower: Watts
  /// The price of using the element, in units that the platform chooses.
  package let cost: Double
  /// The size of its own memory in bytes, or nil where the platform does not say.
  package let localMemory: Int?
  /// The memory that the element computes from.
  package let dataMemory: MemoryID
  package let ports: Ports

  package init(
    name: String, kind: Kind, operators: [OperatorSupport], activePower: Watts,
    idlePower: Watts = .zero, cost: Double = 1, localMemory: Int? = nil, dataMemory: MemoryID,
    ports: Ports = Ports()
  ) {
    self.name = name
    self.kind = kind
    self.operators = operators
    self.activePower = activePower
    self.idlePower = idlePower
    self.cost = cost
    self.localMemory = localMemory
    self.dataMemory = dataMemory
    self.ports = ports
  }
}
