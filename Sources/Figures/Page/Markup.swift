import Escaping

/// A piece of an XML tree: the one way in which this module writes SVG and HTML.
///
/// Names and attribute names come from the code; attribute values and text may come from
/// anywhere and are escaped when they are written, so that no name from a file can become markup.
indirect enum Markup: Sendable {
  /// An element with its attributes in the order in which they are written.
  case element(String, [(name: String, value: String)], [Markup])
  /// Character data.
  case text(String)
  /// A script of the page; being static, it can hold nothing that comes from a file.
  case script(StaticString)
}

extension Markup {
  /// The markup as text that reads the same as XML and as HTML.
  ///
  /// - Complexity: O(*n*) in the length of the result.
  func serialized() -> String {
    var output = ""
    write(to: &output)
    return output
  }

  private func write(to output: inout String) {
    switch self {
    case .text(let text):
      XMLText.append(text, for: .person, to: &output)
    case .script(let code):
      // XML wants a CDATA section around what HTML takes as it is.
      output += "<script>//<![CDATA[\n\(code)\n//]]></script>\n"
    case .element(let name, let attributes, let children):
      output += "<\(name)"
      for attribute in attributes {
        output += " \(attribute.name)=\""
        XMLText.append(attribute.value, for: .person, to: &output)
        output += "\""
      }
      if children.isEmpty && Self.selfClosing.contains(name) {
        output += "/>"
        return
      }
      output += ">"
      for child in children { child.write(to: &output) }
      output += "</\(name)>"
      if Self.blocks.contains(name) { output += "\n" }
    }
  }

  /// Elements without content; every other needs its end tag in HTML.
  private static let selfClosing: Set<String> = ["br", "circle", "line", "meta", "path", "rect"]
  /// Elements after which a line may end without changing what is shown.
  private static let blocks: Set<String> = [
    "dd", "dl", "figcaption", "figure", "g", "h1", "h2", "head", "header", "li", "main", "nav",
    "ol",
    "p", "pre", "section", "style", "svg", "table", "tbody", "thead", "title", "tr",
  ]
}
