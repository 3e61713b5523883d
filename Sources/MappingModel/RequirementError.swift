package import Diagnostics

/// Why a text is no requirement.
package struct RequirementError: UserFacingError, Hashable {
  /// The requirement as it was written.
  package let text: String
  /// The form that was expected.
  package let expected: String

  /// The fault of whoever wrote the requirement.
  package var fault: Fault { .usage }

  /// The requirement as it was written, and what was expected.
  package var message: String { "requirement \"\(text)\": expected \(expected)" }
}
