import Escaping

/// An element of an XML file that is about to be written.
package struct XMLElementText {
  /// The name of the element.
  package let name: String
  /// Its attributes, in the order in which they are written.
  package var attributes: KeyValuePairs<String, String> = [:]
  /// The elements within it.
  package var children: [XMLElementText] = []
  /// The text within it, in place of elements; nil where there is none.
  package var text: String?

  /// An element with what it holds.
  package init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    _ children: [XMLElementText] = [], text: String? = nil
  ) {
    self.name = name
    self.attributes = attributes
    self.children = children
    self.text = text
  }

  /// The element as the root of a file.
  ///
  /// - Throws: ``UnwritableText`` for a character that XML does not have.
  package func file() throws(UnwritableText) -> String {
    if let text = firstUnwritable { throw UnwritableText(text: text) }
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
    append(to: &lines, indent: "")
    return lines.joined(separator: "\n") + "\n"
  }

  private var firstUnwritable: String? {
    for (_, value) in attributes where !value.isWritableInXML { return value }
    if let text, !text.isWritableInXML { return text }
    for child in children { if let found = child.firstUnwritable { return found } }
    return nil
  }

  private func append(to lines: inout [String], indent: String) {
    let attributes = attributes.map { " \($0.key)=\"\($0.value.xmlEscaped)\"" }.joined()
    let start = "\(indent)<\(name)\(attributes)"
    if let text {
      lines.append("\(start)>\(text.xmlEscaped)</\(name)>")
    } else if children.isEmpty {
      lines.append("\(start)/>")
    } else {
      lines.append("\(start)>")
      for child in children { child.append(to: &lines, indent: indent + "  ") }
      lines.append("\(indent)</\(name)>")
    }
  }
}

extension XMLElementText {
  /// A text with a character that XML does not have.
  package struct UnwritableText: Error {
    /// The attribute or text that has the character.
    package let text: String
  }
}
