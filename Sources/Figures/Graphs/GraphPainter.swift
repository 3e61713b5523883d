/// Turns a layout into a figure.
struct GraphPainter {
  let drawing: GraphDrawing
  let layout: GraphLayout
  private let width: Double
  private let legend: GraphLegend
  /// What is said below the drawing.
  private let note: String

  init(drawing: GraphDrawing, layout: GraphLayout, note: String) {
    self.drawing = drawing
    self.layout = layout
    self.note = note
    width = max(layout.width, 420) + 2 * Self.margin
    legend = GraphLegend(drawing, width: width)
  }

  func figure() -> Figure {
    let origin = (x: (width - layout.width) / 2, y: legend.height + 18)
    let graph = Markup.element(
      "g", [(name: "transform", value: "translate(\(SVG.point(origin.x, origin.y)))")],
      EdgePainter(layout: layout).content()
        + [.element("g", [(name: "text-anchor", value: "middle")], nodes())])
    let bottom = origin.y + layout.height + Self.margin
    let note = ChartNote(note, x: legend.left, y: bottom, width: 520)
    return Figure(
      summary: "\(drawing.title): a graph of \(drawing.nodes.count) nodes and "
        + "\(drawing.edges.count) edges",
      width: width, height: bottom + note.height,
      content: legend.content + [graph] + note.content, startsInMiddle: true)
  }

  /// The boxes; emphasized ones last, so that nothing covers their badges.
  private func nodes() -> [Markup] {
    let indices = drawing.nodes.indices
    let order =
      indices.filter { !drawing.nodes[$0].isEmphasized }
      + indices.filter { drawing.nodes[$0].isEmphasized }
    return [SVG.path(order.map { Self.ground(layout.box($0)) }.joined(), class: "box")]
      + order.map(node)
  }

  /// What hides the lines below a box.
  private static func ground(_ box: Box) -> String {
    "M\(SVG.point(box.x + 1, box.y + 1))h\(SVG.number(box.width - 2))"
      + "v\(SVG.number(box.height - 2))h-\(SVG.number(box.width - 2))z"
  }

  private func node(_ index: Int) -> Markup {
    let node = drawing.nodes[index]
    let box = layout.box(index)
    let look = legend.look(of: node.colorClass)
    var content = [
      SVG.rectangle(box, radius: 5, class: look.tint),
      SVG.path(Self.stripe(box), class: "fill-\(look.ink.rawValue)"),
    ]
    if let number = look.number {
      content.append(
        SVG.text("\(number)", x: box.x + 13, y: box.y + 12, class: "detail"))
    }
    if node.isEmphasized { content.append(SVG.rectangle(box, radius: 5, class: "emphasis")) }
    content += layout.graph.boxes[index].texts(in: box)
    if node.isEmphasized { content += GraphLegend.badge(box.right - 2, box.y + 1) }
    let texts = layout.graph.boxes[index]
    // A box that says everything needs no words beside it.
    let isWhole = texts.label == node.label && texts.details == node.details
    let words = ([node.label] + node.details).joined(separator: "\n")
    return SVG.group(content, tooltip: node.tooltip ?? (isWhole ? nil : words))
  }

  /// The colored left edge of a box.
  private static func stripe(_ box: Box) -> String {
    "M\(SVG.point(box.x + 5, box.y))h-1a4,4,0,0,0,-4,4v\(SVG.number(box.height - 8))"
      + "a4,4,0,0,0,4,4h1z"
  }

  private static let margin = 16.0
}
