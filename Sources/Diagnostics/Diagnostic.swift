/// Trouble that does not stop the work: something the user should know about a result.
package struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// What the message is about: a node, a block, a key path.
  package var subject: String
  /// One sentence: what was found and what was done about it.
  package var message: String

  /// A message about a subject, empty for none.
  package init(_ subject: String, _ message: String) {
    self.subject = subject
    self.message = message
  }

  /// The subject and the message in one line.
  package var description: String {
    (subject.isEmpty ? message : "\(subject): \(message)").singleLine
  }
}

/// An error that tells the user what is wrong, where, and what was expected.
package protocol UserFacingError: Error, CustomStringConvertible, Sendable {
  /// The message; names in it may come from hostile files.
  var message: String { get }
  /// Whose fault it is; of a file that was read unless an error says otherwise.
  var fault: Fault { get }
}

extension UserFacingError {
  /// The message in one line.
  package var description: String { message.singleLine }

  /// A fault of the file that was read.
  package var fault: Fault { .input }
}

extension String {
  /// The text with line breaks and other control characters replaced, so that a name from a file can
  /// neither break a line nor steer a terminal.
  package var singleLine: String {
    let isControl = { (scalar: Unicode.Scalar) in
      scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
    }
    guard unicodeScalars.contains(where: isControl) else { return self }
    return unicodeScalars.reduce(into: "") { line, scalar in
      line.unicodeScalars.append(isControl(scalar) ? "\u{FFFD}" : scalar)
    }
  }
}
