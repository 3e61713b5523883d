import Diagnostics
import Documents
import Toolflow

/// What follows the command on a command line, as it is written.
struct GivenOptions {
  /// The arguments that are no options.
  private(set) var positionals: [String] = []
  /// The keys of the options with their values, in their order; a flag has none.
  private(set) var options: [(key: String, value: String?)] = []

  /// - Parameters:
  ///   - words: What follows the command, which the argument parser has accepted.
  ///   - isFlag: Whether no value follows an option, by its key.
  init(_ words: [String], isFlag: (String) -> Bool) {
    var words = words[...]
    while let word = words.popFirst(), word != "--" {
      guard word.hasPrefix("--") else {
        positionals.append(word)
        continue
      }
      let parts = word.dropFirst(2)
        .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(parts[0].replacing("-", with: "_"))
      if parts.count > 1 {
        options.append((key, String(parts[1])))
      } else {
        options.append((key, isFlag(key) ? nil : words.popFirst()))
      }
    }
    positionals += words
  }

  /// Whether a flag is given.
  func has(_ key: String) -> Bool { options.contains { $0.key == key } }
}

extension GivenOptions {
  /// The flags that are about the command line alone: how the result is printed, and what beside it.
  static let flags: Set<String> = ["json", "quiet", "print_job"]

  init(_ words: [String], of kind: JobKind) {
    self.init(words) {
      Self.flags.contains($0) || KeyTable.row($0, of: kind).map { $0.kind == .flag } ?? true
    }
  }

  /// The document that asks for the same as the options.
  ///
  /// - Throws: `RequestError` for an option with one value that is given twice.
  func document(_ kind: JobKind) throws -> JobDocument {
    var document = JobDocument(kind)
    let names = kind == .export ? ["format", "input"] : ["input"]
    for (name, word) in zip(names, positionals) { document[name] = .text(word) }
    for (key, value) in options where !Self.flags.contains(key) {
      switch KeyTable.row(key, of: kind)?.kind {
      case .list:
        let others = document[key].flatMap(Self.items) ?? []
        document[key] = .list(others + [.text(value ?? "")])
      case .value where document[key] != nil:
        throw RequestError(key, "it is given twice, and takes one value")
      default: document[key] = value.map(DocumentValue.text) ?? .boolean(true)
      }
    }
    return document
  }

  private static func items(_ value: DocumentValue) -> [DocumentValue]? {
    if case .list(let items) = value { items } else { nil }
  }
}
