/// A key of a request has an impossible value, or needs another key.
///
/// In the reason other keys stand between backticks, so that each edge can write them as its users do: an option of
/// the command line, a key of a job file.
package struct RequestError: UserFacingError, Hashable {
  /// The key, as `time_limit`.
  package let key: String
  /// What was expected and what was found.
  package let reason: String

  /// An error in what a key of a request says.
  package init(_ key: String, _ reason: String) { (self.key, self.reason) = (key, reason) }

  /// The key between backticks, and the reason.
  package var message: String { "`\(key)`: \(reason)" }

  /// The fault of whoever wrote the request.
  package var fault: Fault { .usage }
}
