/// Elements of HTML.
enum HTML {
  static func element(
    _ name: String, _ attributes: [(String, String)], _ children: [Markup]
  ) -> Markup {
    .element(name, attributes.map { (name: $0.0, value: $0.1) }, children)
  }

  static func element(_ name: String, _ children: [Markup]) -> Markup {
    .element(name, [], children)
  }

  static func element(
    _ name: String, _ attributes: [(String, String)] = [], text: String
  ) -> Markup {
    element(name, attributes, [Markup.text(text)])
  }

  /// Text in which keys between backticks, as `time_limit`, are set as code.
  static func prose(_ text: String) -> [Markup] {
    var (pieces, rest): ([Markup], Substring) = ([], text[...])
    for key in text.matches(of: /`([a-z][a-z_]*)`/) {
      pieces.append(.text(String(rest[..<key.range.lowerBound])))
      pieces.append(element("code", text: String(key.1)))
      rest = text[key.range.upperBound...]
    }
    return pieces + [.text(String(rest))]
  }

  /// A link to an anchor of the page, `#anchor`, or to a file beside it.
  static func link(to target: String, text: String) -> Markup {
    element("a", [("href", HTMLLink(target).address)], text: text)
  }

  /// A box that scrolls on its own, also with the keyboard.
  static func scrolling(_ children: [Markup], label: String, isTall: Bool = false) -> Markup {
    let attributes = [
      ("class", isTall ? "scroll tall" : "scroll"), ("tabindex", "0"), ("role", "region"),
      ("aria-label", label),
    ]
    return element("div", attributes, children)
  }
}
