/// The rules that give the elements of figures their look.
///
/// A page defines the colors once as CSS variables. A file of its own spells them out twice, for
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
  /// The size of what a figure says about itself below its drawing, in pixels.
  static let noteSize = 11.0

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
      " .remark": "fill:\(color(.muted));font-size:\(SVG.number(noteSize))px",
      " .ground": "fill:\(color(.rule))",
      " .shade": "fill:\(color(.surface))",
      " .limit": "stroke:\(color(.emphasis));stroke-width:1.5;fill:none;stroke-dasharray:6 4",
      " .limit-text": "fill:\(color(.emphasis))",
      " .dots": "fill:none;stroke-width:4.5;stroke-linecap:round;stroke-opacity:.6",
      " .work path": "fill:none;stroke-opacity:.55",
      " .bar-mixed path": "stroke:\(color(.muted))",
      " .work text":
        "font-size:\(SVG.number(detailSize))px;text-anchor:middle;pointer-events:none",
      " .dashed": "stroke-dasharray:5 3;stroke-width:1.6",
      " .dotted": "stroke-dasharray:1.5 2.5;stroke-width:1.8;stroke-linecap:round",
      " a": "cursor:pointer",
      " a:hover path,.drawing a:focus path,.drawing a.lit path":
        "stroke:\(color(.ink));stroke-width:2",
      " .badge-text": "fill:\(color(.onEmphasis));font-weight:700;font-size:11px",
    ]
    let series = Ink.all.flatMap { ink -> [(key: String, value: String)] in
      [
        (
          " .line-\(ink.rawValue)",
          "stroke:\(color(ink));stroke-width:2;fill:none;"
            + "stroke-linejoin:round;stroke-linecap:round"
        ),
        (" .fill-\(ink.rawValue)", "fill:\(color(ink))"),
        (" .tint-\(ink.rawValue)", "fill:\(color(ink));fill-opacity:.16;stroke:\(color(ink))"),
        (" .bar-\(ink.rawValue) path", "stroke:\(color(ink))"),
        (" .dots-\(ink.rawValue)", "stroke:\(color(ink))"),
      ]
    }
    return (common.map { $0 } + series)
      .map { ".drawing\($0.key){\($0.value)}" }.joined()
  }
}
