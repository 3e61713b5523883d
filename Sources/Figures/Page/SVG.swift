/// Elements of SVG with lengths in pixels.
enum SVG {
  /// Elements that belong together, with a tooltip where there is one.
  static func group(_ children: [Markup], tooltip: String? = nil) -> Markup {
    .element("g", [], title(tooltip) + children)
  }

  /// An axis-parallel rectangle.
  static func rectangle(
    _ box: Box, radius: Double = 0, class cssClass: String, tooltip: String? = nil
  ) -> Markup {
    var attributes = [
      (name: "class", value: cssClass), ("x", number(box.x)), ("y", number(box.y)),
      ("width", number(box.width)), ("height", number(box.height)),
    ]
    if radius > 0 { attributes.append(("rx", number(radius))) }
    return .element("rect", attributes, title(tooltip))
  }

  /// A path in the language of the `d` attribute.
  static func path(_ data: String, class cssClass: String, tooltip: String? = nil) -> Markup {
    .element("path", [(name: "class", value: cssClass), ("d", data)], title(tooltip))
  }

  /// A line of text; `y` is its base line.
  static func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, class cssClass: String? = nil,
    rotated degrees: Double = 0
  ) -> Markup {
    var attributes: [(name: String, value: String)] = []
    if let cssClass { attributes.append(("class", cssClass)) }
    attributes += [("x", number(x)), ("y", number(y))]
    if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
    if degrees != 0 {
      let turn = "rotate(\(number(degrees)) \(number(x)) \(number(y)))"
      attributes.append(("transform", turn))
    }
    return .element("text", attributes, [.text(text)])
  }

  /// The side of a text that its position gives.
  enum Anchor: String { case start, middle, end }

  /// A coordinate in tenths of a pixel.
  static func number(_ value: Double) -> String { DecimalText.fixed(value, digits: 1) }

  /// What a script may tell about the places of a path: a name for all, and for each place, in
  /// their order, a number for each of the keys.
  static func data(name: String, values: [String]) -> [(name: String, value: String)] {
    [("data-name", name), ("data-values", values.joined(separator: ";"))]
  }

  /// The keys of the numbers of a path, or of the paths below a group.
  static func keys(_ keys: [String]) -> (name: String, value: String) {
    ("data-keys", keys.map { $0.replacing("|", with: "¦") }.joined(separator: "|"))
  }

  /// A point as path data.
  static func point(_ x: Double, _ y: Double) -> String { number(x) + "," + number(y) }

  private static func title(_ tooltip: String?) -> [Markup] {
    guard let tooltip, !tooltip.isEmpty else { return [] }
    return [.element("title", [], [.text(tooltip)])]
  }
}

/// An axis-parallel rectangle by its upper left corner and its size, in pixels.
struct Box: Hashable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double
}

extension Box {
  var right: Double { x + width }
  var bottom: Double { y + height }
  var centerX: Double { x + width / 2 }
  var centerY: Double { y + height / 2 }

  /// Whether the two rectangles share an area.
  func overlaps(_ other: Box) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }
}
