import Diagnostics

/// A word of the command line stands where it has no meaning.
struct CommandError: UserFacingError, Hashable {
  let word: String
  let reason: String

  init(_ word: String, _ reason: String) { (self.word, self.reason) = (word, reason) }

  var message: String { "\(word): \(reason)" }

  var fault: Fault { .usage }
}
