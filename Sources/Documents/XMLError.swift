import Diagnostics

/// Why a file could not be read as XML.
package struct XMLError: UserFacingError, Hashable {
  /// The path of the file.
  package let file: String
  /// The line at fault, from 1; nil where it is the whole file.
  package let line: Int?
  /// What is wrong there, and what was expected.
  package let reason: String

  /// The file, the line where there is one, and the reason.
  package var message: String {
    "\(file)\(line.map { ":\($0)" } ?? ""): \(reason)"
  }
}
