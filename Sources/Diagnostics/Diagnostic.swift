/// Trouble that does not stop the work: something the user should know about a result.
package struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// What the message is about: a node, a block, a key path.
  package var subject: String
  /// One sentence: what was found and what was done about it.
  package var message: String

  package init(_ subject: String, _ message: String) {
    self.subject = subject
    self.message = message
  }

  package var description: String { subject.isEmpty ? message : "\(subject): \(message)" }
}

/// An error whose description is one line for the user: what is wrong, where, and what was expected.
package protocol UserFacingError: Error, CustomStringConvertible, Sendable {}
