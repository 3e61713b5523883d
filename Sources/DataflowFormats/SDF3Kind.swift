import Diagnostics
import Documents

/// Which of the kinds of files of the SDF3 tools a file is.
enum SDF3Kind {
  /// Why a file is not read, nil for one with an application.
  static func refusal(of root: XMLTree) -> String? {
    guard root.name == "sdf3" else { return "expected <sdf3>" }
    let application = root.children(named: "applicationGraph").first
    let parts = root.children.map(\.name) + (application?.children.map(\.name) ?? [])
    let words = [root.attributes["type"] ?? ""] + parts
    if words.contains(where: { $0.lowercased().contains("sadf") || $0.contains("scenario") }) {
      return
        "a scenario-aware dataflow graph (SADF), whose rates and times depend on scenarios, is not "
        + "supported: expected an sdf or csdf graph"
    }
    if application == nil, let part = parts.first(where: { descriptions[$0] != nil }) {
      return "it holds \(descriptions[part] ?? part) (<\(part)>) and no application: expected "
        + "<applicationGraph> inside"
    }
    if application == nil, let type = root.attributes["type"], !["sdf", "csdf"].contains(type) {
      return
        "type \"\(type)\" is no dataflow graph: expected sdf or csdf with an <applicationGraph>"
    }
    return nil
  }

  /// What a file holds beside the application.
  static func unread(in root: XMLTree, file: String) -> [Diagnostic] {
    let parts = root.children.filter { descriptions[$0.name] != nil }
    guard let first = parts.first else { return [] }
    let names = parts.map { "<\($0.name)>" }.joined(separator: ", ")
    return [
      Diagnostic(
        "\(file):\(first.line)",
        "\(names): a platform and a mapping with its time slices (TDMA) are not read; what is said "
          + "holds for the application alone")
    ]
  }

  /// What the parts are that are no application.
  private static let descriptions = [
    "architectureGraph": "a platform, on whose tiles time slices are given out (TDMA)",
    "systemGraph": "a mapping with its time slices (TDMA)",
    "mapping": "a mapping with its time slices (TDMA)",
    "messagesSet": "messages of a network on a chip",
    "settings": "settings of a tool",
  ]
}
