/// The title of a graph and the meaning of its colours and marks.
struct GraphLegend {
  let content: [Markup]
  let height: Double
  private let classes: [String: Int]

  /// - Parameter width: The width of the drawing; in a wide one title and legend stand in the
  ///   middle, where
  ///   a page begins to show it.
  init(_ drawing: GraphDrawing, width: Double) {
    let room = min(width - 2 * Self.margin, Self.mostRoom)
    let left = width > 1.4 * Self.mostRoom ? (width - room) / 2 : Self.margin
    let used = Set(drawing.nodes.map(\.colorClass)).subtracting([""])
    var names: [String] = []
    var classes: [String: Int] = [:]
    for name in drawing.colorClasses + drawing.nodes.map(\.colorClass)
    where !name.isEmpty && classes[name] == nil {
      classes[name] = names.count
      names.append(name)
    }
    self.classes = classes
    var entries = names.filter(used.contains).map { name in
      ChartLegend.Entry(name: name) { x, y in
        let box = Box(x: x - 9, y: y - 6, width: 18, height: 12)
        return [
          SVG.rectangle(box, radius: 3, class: "tint-\(Self.ink(classes[name]).rawValue)")
        ]
      }
    }
    if drawing.nodes.contains(where: \.isEmphasized) {
      entries.append(ChartLegend.Entry(name: drawing.emphasisName, sample: Self.badge))
    }
    let title = TextWidth.shortened(drawing.title, size: 16, limit: room)
    let legend = ChartLegend(entries, x: left, y: 32, width: room)
    content = [SVG.text(title, x: left, y: 22, class: "title")] + legend.content
    height = 32 + legend.height
  }

  /// The colour of a class.
  func ink(of name: String) -> Ink { Self.ink(classes[name]) }

  /// The mark of emphasised nodes.
  static func badge(_ x: Double, _ y: Double) -> [Markup] {
    let circle = "M\(SVG.point(x, y))m-8,0a8,8,0,1,1,16,0a8,8,0,1,1,-16,0z"
    return [
      SVG.path(circle, class: "badge"),
      SVG.text("!", x: x, y: y + 4, anchor: .middle, class: "badge-text"),
    ]
  }

  private static let margin = 14.0
  private static let mostRoom = 520.0

  /// Classes beyond the palette share its last colour, grey.
  private static func ink(_ index: Int?) -> Ink {
    Ink.classes[min(index ?? Int.max, Ink.classes.count - 1)]
  }
}
