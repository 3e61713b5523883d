import Diagnostics

/// An option has an impossible value, or has no meaning here.
struct OptionError: UserFacingError, Hashable {
  /// The option as it was written.
  let name: String
  let reason: String

  init(_ name: String, _ reason: String) { (self.name, self.reason) = (name, reason) }

  var message: String { "\(name): \(reason)" }

  var fault: Fault { .usage }
}
