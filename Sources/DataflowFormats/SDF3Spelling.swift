import Documents

/// Elements and attributes of an SDF3 file that differ in upper and lower case, or in one letter of a long word,
/// from those that are read, and so would be overlooked.
enum SDF3Spelling {
  /// For each element those within it that are read, and its own attributes.
  private static let words: [String: (elements: [String], attributes: [String])] = [
    "sdf3": (["applicationGraph"], ["type"]),
    "applicationGraph": (["sdf", "csdf", "sdfProperties", "csdfProperties"], ["name"]),
    "sdf": (["actor", "channel"], ["name"]),
    "csdf": (["actor", "channel"], ["name"]),
    "actor": (["port"], ["name", "type"]),
    "port": ([], ["name", "type", "rate"]),
    "channel": (
      [],
      ["name", "srcActor", "srcPort", "dstActor", "dstPort", "initialTokens", "size"]
    ),
    "sdfProperties": (["actorProperties", "channelProperties"], []),
    "csdfProperties": (["actorProperties", "channelProperties"], []),
    "actorProperties": (["processor"], ["actor"]),
    "processor": (["executionTime"], ["default"]),
    "executionTime": ([], ["time"]),
    "channelProperties": (["bufferSize", "tokenSize"], ["channel"]),
    "bufferSize": ([], ["sz"]),
    "tokenSize": ([], ["sz"]),
  ]

  /// The first such element, and what was expected.
  static func mistake(in element: XMLTree) -> (element: XMLTree, reason: String)? {
    guard let (elements, attributes) = words[element.name] else { return nil }
    for name in element.attributes.keys.sorted() {
      if let meant = meant(by: name, among: attributes) {
        return (element, "the attribute \(name) means nothing, expected \(meant)")
      }
    }
    for child in element.children {
      if let meant = meant(by: child.name, among: elements) {
        return (child, "<\(child.name)> means nothing, expected <\(meant)>")
      }
      if let mistake = mistake(in: child) { return mistake }
    }
    return nil
  }

  private static func meant(by name: String, among words: [String]) -> String? {
    if words.contains(name) { return nil }
    return words.first { $0.lowercased() == name.lowercased() || $0.isNearly(name) }
  }
}

extension String {
  /// Whether a long word is this one with a letter more, less or other, or two neighbours swapped.
  fileprivate func isNearly(_ word: String) -> Bool {
    guard count >= 8, abs(count - word.count) <= 1 else { return false }
    let start = zip(self, word).prefix { $0 == $1 }.count
    let end = zip(reversed(), word.reversed()).prefix { $0 == $1 }.count
    if start + end >= max(count, word.count) - 1 { return true }
    let (own, other) = (Array(self), Array(word))
    return count == word.count && start + end == count - 2 && own[start] == other[start + 1]
      && own[start + 1] == other[start]
  }
}
