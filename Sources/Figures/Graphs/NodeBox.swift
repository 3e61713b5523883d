/// The texts of a node as they stand in its box, and the size they need.
struct NodeBox {
  let label: String
  let details: [String]
  let width: Double
  let height: Double

  /// - Parameters:
  ///   - limit: The greatest width of a text, in pixels.
  ///   - hasDetails: Whether there is room for more than the label.
  ///   - isNumbered: Whether the number of its class stands in the box.
  init(_ node: GraphDrawing.Node, limit: Double, hasDetails: Bool, isNumbered: Bool = false) {
    label = TextWidth.shortened(node.label, size: FigureStyle.textSize, limit: limit)
    details = (hasDetails ? node.details.prefix(4) : []).map {
      TextWidth.shortened($0, size: FigureStyle.detailSize, limit: limit)
    }
    let widths =
      [TextWidth.of(label, size: FigureStyle.textSize) * 1.1]
      + details.map { TextWidth.of($0, size: FigureStyle.detailSize) }
    width = max(40, ((widths.max() ?? 0) + (isNumbered ? 46 : 22)).rounded(.up))
    height = 26 + Double(details.count) * Self.lineHeight
  }

  /// The text of the box, in place, for a group whose texts are centered.
  func texts(in box: Box) -> [Markup] {
    let center = box.centerX + 2
    return [SVG.text(label, x: center, y: box.y + 17, class: "label")]
      + details.enumerated().map { index, line in
        SVG.text(
          line, x: center, y: box.y + 17 + Double(index + 1) * Self.lineHeight, class: "detail")
      }
  }

  private static let lineHeight = 14.0
}
