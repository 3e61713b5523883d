import Diagnostics

/// What reading a platform description gives: the platform and what the user should know about it.
package struct PlatformReading: Hashable, Sendable {
  package let platform: Platform
  /// Gaps in the description and how they were filled.
  package let diagnostics: [Diagnostic]

  package init(platform: Platform, diagnostics: [Diagnostic]) {
    self.platform = platform
    self.diagnostics = diagnostics
  }
}
