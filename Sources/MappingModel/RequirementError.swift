import Diagnostics

/// Why a text is no requirement.
package struct RequirementError: UserFacingError, Hashable {
  package let text: String
  package let expected: String

  package var message: String { "requirement \"\(text)\": expected \(expected)" }
}
