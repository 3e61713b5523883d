/// The mark of the points of a series: color and shape, so that no reader depends on color
/// alone.
struct ChartMark {
  private let ink: Ink
  private let shape: String

  /// The mark of the series with an index.
  init(_ index: Int) {
    ink = Ink.series[index % Ink.series.count]
    // A circle, a square, a triangle, a diamond and a triangle on its tip, of about the same area.
    let shapes = [
      "m-4,0a4,4,0,1,1,8,0a4,4,0,1,1,-8,0z", "m-3.5,-3.5h7v7h-7z", "m0,-5l4.8,8.4h-9.6z",
      "m0,-5.2l5.2,5.2l-5.2,5.2l-5.2,-5.2z", "m0,5l4.8,-8.4h-9.6z",
    ]
    shape = shapes[index % shapes.count]
  }

  func drawn(_ x: Double, _ y: Double, tooltip: String? = nil) -> Markup {
    SVG.path("M\(SVG.point(x, y))\(shape)", class: "fill-\(ink.rawValue)", tooltip: tooltip)
  }
}
