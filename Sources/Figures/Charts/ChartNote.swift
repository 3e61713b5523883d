/// What a figure says about itself below its drawing, for instance what it leaves out.
struct ChartNote {
  let content: [Markup]
  let height: Double

  /// Sets the text into lines of at most the given width; no text takes no room.
  init(_ text: String, x: Double, y top: Double, width: Double) {
    let lines = TextWidth.lines(text, size: FigureStyle.noteSize, limit: width)
    content = lines.enumerated().map { index, line in
      SVG.text(line, x: x, y: top + Double(index + 1) * Self.lineHeight, class: "remark")
    }
    height = lines.isEmpty ? 0 : Double(lines.count) * Self.lineHeight + 8
  }

  private static let lineHeight = 15.0
}
