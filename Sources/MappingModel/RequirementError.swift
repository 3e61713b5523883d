package import Diagnostics

/// Why a text is no requirement.
package struct RequirementError: UserFacingError, Hashable {
  package let text: String
  package let expected: String

  package var fault: Fault { .usage }

  package var message: String { "requirement \"\(text)\": expected \(expected)" }
}
