/// A drawing that stands in a page or in a file of its own.
package struct Figure: Sendable {
  /// The text for readers who cannot see the drawing.
  package let summary: String
  /// The width of the drawing, in pixels.
  package let width: Double
  /// The height of the drawing, in pixels.
  package let height: Double

  let content: [Markup]
  /// Whether the middle of the drawing matters more than its left edge when there is room for only
  /// one.
  let startsInMiddle: Bool
  /// Whether the drawing holds links, which a mere image could not.
  let hasLinks: Bool

  init(
    summary: String, width: Double, height: Double, content: [Markup], startsInMiddle: Bool = false,
    hasLinks: Bool = false
  ) {
    self.summary = summary
    self.width = width
    self.height = height
    self.content = content
    self.startsInMiddle = startsInMiddle
    self.hasLinks = hasLinks
  }
}

extension Figure {
  /// The figure as an SVG file that needs nothing else and follows light and dark surroundings.
  package func svgFile() -> String {
    let paper = SVG.rectangle(
      Box(x: 0, y: 0, width: width, height: height), class: "paper")
    let head: [Markup] = [
      .element("title", [], [.text(summary)]), .element("style", [], [.text(FigureStyle.inFile)]),
    ]
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + root(sized: true, head + [paper] + content).serialized()
  }

  /// The figure as part of a page, whose style gives it colors.
  ///
  /// A wide drawing shrinks with its window as long as one can read it, then it scrolls.
  func inline() -> Markup {
    let least = SVG.number((width * Self.leastScale).rounded())
    let most = SVG.number(width.rounded(.up))
    let middle = startsInMiddle ? [HTML.element("span", [("class", "middle")], [])] : []
    return HTML.element(
      "div", [("class", "sheet"), ("style", "min-width:\(least)px;max-width:\(most)px")],
      [root(sized: false, content)] + middle)
  }

  private func root(sized: Bool, _ children: [Markup]) -> Markup {
    let (width, height) = (SVG.number(width.rounded(.up)), SVG.number(height.rounded(.up)))
    var attributes = [
      (name: "xmlns", value: "http://www.w3.org/2000/svg"), ("class", "drawing"),
      ("viewBox", "0 0 \(width) \(height)"), ("role", hasLinks ? "group" : "img"),
      ("aria-label", summary),
    ]
    if sized {
      attributes += [("width", width), ("height", height)]
    }
    return .element("svg", attributes, children)
  }

  private static let leastScale = 0.7
}
