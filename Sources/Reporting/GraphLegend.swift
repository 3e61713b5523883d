/// The title of a graph and the meaning of its colours and marks.
struct GraphLegend {
  let content: [Markup]
  let height: Double
  private let classes: [String: Int]

  init(_ drawing: GraphDrawing, width: Double) {
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
    let title = TextWidth.shortened(drawing.title, size: 16, limit: width)
    let legend = ChartLegend(entries, x: 14, y: 32, width: width)
    content = [SVG.text(title, x: 14, y: 22, class: "title")] + legend.content
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

  /// Classes beyond the palette share its last colour, grey.
  private static func ink(_ index: Int?) -> Ink {
    Ink.classes[min(index ?? Int.max, Ink.classes.count - 1)]
  }
}
