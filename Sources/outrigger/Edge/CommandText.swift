import Documents
import Toolflow

/// The command line that asks for a job.
enum CommandText {
  /// The command for a document, as a shell reads it.
  static func text(_ document: JobDocument) -> String {
    ShellText.command(["outrigger"] + words(document))
  }

  private static func words(_ document: JobDocument) -> [String] {
    var (arguments, options): ([String], [String]) = ([], [])
    for member in document.values {
      let values = texts(member.value)
      let option = "--" + member.key.replacing("_", with: "-")
      switch KeyTable.row(member.key, of: document.kind)?.kind {
      case nil: arguments += values.map(path)
      case .flag: options.append(option)
      case .value: options += [option, path(values.joined(separator: ","))]
      case .list: for value in values { options += [option, value] }
      }
    }
    return [document.kind.rawValue] + arguments + options
  }

  /// A text that is not taken for an option: what begins as one can only be a path.
  private static func path(_ text: String) -> String { text.hasPrefix("-") ? "./\(text)" : text }

  /// The texts that a command line has in place of a value.
  private static func texts(_ value: DocumentValue) -> [String] {
    switch value {
    case .null: []
    case .boolean(let value): ["\(value)"]
    case .integer(let value): ["\(value)"]
    case .number(let value): ["\(value)"]
    case .text(let text): [text]
    case .list(let items): items.flatMap(texts)
    case .object(let members):
      members.map { "\($0.key)=\(texts($0.value).joined(separator: ","))" }
    }
  }
}
