/// The rules that give the elements of figures their look.
///
/// A page defines the colours once as CSS variables. A file of its own spells them out twice, for
/// light and for dark surroundings, because many viewers of SVG know no variables.
enum FigureStyle {
  /// The rules for figures inside of a page that declares the variables.
  static let inPage = rules { $0.variable }

  /// The rules for a figure in a file of its own.
  static let inFile =
    rules(\.light) + "@media (prefers-color-scheme:dark){" + rules(\.dark) + "}"

  static let fonts =
    "ui-sans-serif,system-ui,Segoe UI,Roboto,Helvetica Neue,Noto Sans,Arial,sans-serif"

  /// The size of the text of figures, in pixels.
  static let textSize = 12.0
  /// The size of details, in pixels.
  static let detailSize = 10.5

  private static func rules(_ color: (Ink) -> String) -> String {
    let common: KeyValuePairs = [
      "": "font-family:\(fonts)",
      " text": "fill:\(color(.ink));font-size:\(SVG.number(textSize))px",
      " .paper": "fill:\(color(.paper))",
      " .title": "font-size:15px;font-weight:650",
      " .label": "font-weight:600",
      " .muted": "fill:\(color(.muted))",
      " .detail": "fill:\(color(.muted));font-size:\(SVG.number(detailSize))px",
      " .grid": "stroke:\(color(.rule));stroke-width:1;fill:none",
      " .axis": "stroke:\(color(.faint));stroke-width:1;fill:none",
      " .edge": "stroke:\(color(.faint));stroke-width:1.2;fill:none",
      " .head": "fill:\(color(.faint))",
      " .junction": "fill:\(color(.faint))",
      " .halo": "stroke:\(color(.paper));stroke-width:4;stroke-linejoin:round;paint-order:stroke",
      " .box": "fill:\(color(.paper))",
      " .emphasis": "stroke:\(color(.emphasis));stroke-width:3;fill:none",
      " .badge": "fill:\(color(.emphasis))",
      " .badge-text": "fill:\(color(.onEmphasis));font-weight:700;font-size:11px",
    ]
    let series = Ink.series.flatMap { ink -> [(key: String, value: String)] in
      [
        (
          " .line-\(ink.rawValue)",
          "stroke:\(color(ink));stroke-width:2;fill:none;"
            + "stroke-linejoin:round;stroke-linecap:round"
        ),
        (" .fill-\(ink.rawValue)", "fill:\(color(ink))"),
        (" .tint-\(ink.rawValue)", "fill:\(color(ink));fill-opacity:.16;stroke:\(color(ink))"),
      ]
    }
    return (common.map { $0 } + series)
      .map { ".drawing\($0.key){\($0.value)}" }.joined()
  }
}
