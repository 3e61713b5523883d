import Quantities

/// A processing element: a processor or an accelerator.
package struct Element: Hashable, Sendable {
  /// The name of the element.
  package let name: String
  /// The type, which other elements may share.
  package let type: CoreType
  /// The memory that the element computes from.
  package let dataMemory: MemoryID
  /// Where it reads and writes.
  package let ports: Ports
  /// The processor that starts the element's work, where the description names one; for reports only.
  package let host: ElementID?

  /// An element with the memory that it computes from.
  package init(
    name: String, type: CoreType, dataMemory: MemoryID, ports: Ports = Ports(),
    host: ElementID? = nil
  ) {
    self.name = name
    self.type = type
    self.dataMemory = dataMemory
    self.ports = ports
    self.host = host
  }
}
