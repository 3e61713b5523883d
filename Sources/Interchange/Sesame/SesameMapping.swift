/// Which element of an architecture runs each process, and in which memory what it writes and reads
/// lies.
package struct SesameMapping: Hashable, Sendable {
  /// The processes, in the order in which traces are numbered.
  package var processes: [Entry]

  /// The place of a process.
  package struct Entry: Hashable, Sendable {
    /// The process.
    package var process: String
    /// The element.
    package var element: String
    /// The memory, or the element itself, by port.
    package var ports: [Port]
    /// The operations that the process executes, which the element has under the same names.
    package var operations: [String]
  }

  /// Where the tokens of a port lie.
  package struct Port: Hashable, Sendable {
    /// The name of the port, as `IP0`.
    package var name: String
    /// The name of the memory or the element.
    package var place: String
  }
}
