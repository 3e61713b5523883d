/// The title of a graph and the meaning of its colors and marks.
struct GraphLegend {
  let content: [Markup]
  let height: Double
  /// The left edge of title and legend.
  let left: Double
  private let classes: GraphClasses

  /// - Parameter width: The width of the drawing; in a wide one title and legend stand in the
  ///   middle, where
  ///   a page begins to show it.
  init(_ drawing: GraphDrawing, width: Double) {
    let room = min(width - 2 * Self.margin, Self.mostRoom)
    left = width > 1.4 * Self.mostRoom ? (width - room) / 2 : Self.margin
    let classes = GraphClasses(drawing)
    self.classes = classes
    let used = Set(drawing.nodes.map(\.colorClass))
    let shown = classes.names.filter(used.contains)
    var entries = shown.prefix(Self.mostEntries).map { name in
      let look = classes.look(of: name)
      let text = (look.number.map { "\($0) " } ?? "") + name
      return ChartLegend.Entry(name: text) { x, y in
        let box = Box(x: x - 9, y: y - 6, width: 18, height: 12)
        return [SVG.rectangle(box, radius: 3, class: look.tint)]
      }
    }
    if shown.count > entries.count {
      entries.append(
        ChartLegend.Entry(name: "and \(shown.count - entries.count) more") { _, _ in [] })
    }
    if drawing.nodes.contains(where: \.isEmphasized) {
      entries.append(ChartLegend.Entry(name: drawing.emphasisName, sample: Self.badge))
    }
    let title = TextWidth.shortened(drawing.title, size: 16, limit: room)
    let legend = ChartLegend(entries, x: left, y: 32, width: room)
    content = [SVG.text(title, x: left, y: 22, class: "title")] + legend.content
    height = 32 + legend.height
  }

  /// The look of a class.
  func look(of name: String) -> GraphClasses.Look { classes.look(of: name) }

  /// The mark of emphasized nodes.
  static func badge(_ x: Double, _ y: Double) -> [Markup] {
    let circle = "M\(SVG.point(x, y))m-8,0a8,8,0,1,1,16,0a8,8,0,1,1,-16,0z"
    return [
      SVG.path(circle, class: "badge"),
      SVG.text("!", x: x, y: y + 4, anchor: .middle, class: "badge-text"),
    ]
  }

  private static let margin = 14.0
  private static let mostRoom = 520.0
  private static let mostEntries = 36
}
