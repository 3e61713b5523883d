/// Draws the lines of a graph, their arrow heads and their labels.
struct EdgePainter {
  private let layout: GraphLayout
  private let ports: LinkPorts

  init(layout: GraphLayout) {
    self.layout = layout
    ports = LinkPorts(layout)
  }

  func content() -> [Markup] {
    let strokes = layout.graph.strokes
    var content: [Markup] = []
    if strokes.count > Self.mostSeparateLines {
      content.append(SVG.path(strokes.map(line).joined(), class: "edge"))
    } else {
      content += strokes.map { SVG.path(line($0), class: "edge", tooltip: tooltip($0)) }
    }
    content += layout.graph.loops.map(loop)
    let heads = strokes.map(heads).joined()
    if !heads.isEmpty { content.append(SVG.path(heads, class: "head")) }
    content += junctions()
    if strokes.count <= Self.mostLabels { content += labels() }
    return content
  }

  private static let mostSeparateLines = 3_000
  private static let mostLabels = 400
}

extension EdgePainter {
  /// The path of a stroke: upright through the layers, curved between them.
  private func line(_ stroke: LayeredGraph.Stroke) -> String {
    guard let first = stroke.links.first, let last = stroke.links.last else { return "" }
    let upper = layout.graph.links[first].upper
    let start = layout.box(upper).bottom + (stroke.pointsUp ? Self.headLength : 0)
    var data = "M\(SVG.point(ports.upper[first], start))"
    for link in stroke.links { data += curve(link) }
    let lower = layout.graph.links[last].lower
    let end = layout.box(lower).y - (stroke.pointsDown ? Self.headLength : 0)
    return data + "V\(SVG.number(end))"
  }

  private func curve(_ link: Int) -> String {
    let (top, bottom) = span(of: link)
    let (from, to) = (ports.upper[link], ports.lower[link])
    if abs(from - to) < 0.05 { return "V\(SVG.number(bottom))" }
    let middle = (top + bottom) / 2
    return "V\(SVG.number(top))C\(SVG.point(from, middle)),\(SVG.point(to, middle)),"
      + SVG.point(to, bottom)
  }

  /// The room between the layers of a link; its arrow head starts below.
  private func span(of link: Int) -> (top: Double, bottom: Double) {
    let upper = layout.graph.vertices[layout.graph.links[link].upper].layer
    let lower = layout.graph.vertices[layout.graph.links[link].lower].layer
    return (
      layout.tops[upper] + layout.heights[upper] + 2, layout.tops[lower] - Self.headLength
    )
  }

  private func heads(_ stroke: LayeredGraph.Stroke) -> String {
    guard let first = stroke.links.first, let last = stroke.links.last else { return "" }
    var data = ""
    if stroke.pointsDown {
      let tip = layout.box(layout.graph.links[last].lower).y
      data += "M\(SVG.point(ports.lower[last], tip))l-3.5,-7h7z"
    }
    if stroke.pointsUp {
      let tip = layout.box(layout.graph.links[first].upper).bottom
      data += "M\(SVG.point(ports.upper[first], tip))l-3.5,7h7z"
    }
    return data
  }

  private func loop(_ edge: GraphDrawing.Edge) -> Markup {
    let box = layout.box(edge.source)
    let start = "M\(SVG.point(box.right, box.centerY - 7))"
    let tip = "M\(SVG.point(box.right, box.centerY + 7))"
    let words = [edge.label, edge.tooltip].compactMap { $0 }.joined(separator: "\n")
    return SVG.group(
      [
        SVG.path(start + "c14,-5,14,19,6,14", class: "edge"),
        SVG.path(tip + "l7,-3.5v7z", class: "head"),
      ], tooltip: words)
  }

  private func junctions() -> [Markup] {
    layout.graph.vertices.indices.filter { layout.graph.vertices[$0].kind == .junction }.map {
      SVG.rectangle(layout.box($0), radius: 4, class: "junction")
    }
  }

  private func tooltip(_ stroke: LayeredGraph.Stroke) -> String? {
    stroke.tooltip ?? stroke.label
  }

  /// The labels for which there is room, near to that end of a line where fewer others meet it.
  private func labels() -> [Markup] {
    var outgoing = Array(repeating: 0, count: layout.graph.vertices.count)
    var incoming = outgoing
    for link in layout.graph.links {
      outgoing[link.upper] += 1
      incoming[link.lower] += 1
    }
    var placed: [Box] = []
    var content: [Markup] = []
    for stroke in layout.graph.strokes {
      guard let label = stroke.label, let link = stroke.links.first else { continue }
      let ends = layout.graph.links[link]
      let fans = (out: outgoing[ends.upper], in: incoming[ends.lower])
      let place = fans.out > fans.in ? 0.7 : fans.out < fans.in ? 0.3 : 0.5
      let point = point(on: link, at: place)
      let text = TextWidth.shortened(label, size: FigureStyle.detailSize, limit: 120)
      let width = TextWidth.of(text, size: FigureStyle.detailSize)
      let box = Box(x: point.x - width / 2 - 2, y: point.y - 7, width: width + 4, height: 14)
      guard !placed.contains(where: box.overlaps) else { continue }
      placed.append(box)
      content.append(
        SVG.text(text, x: point.x, y: point.y + 4, anchor: .middle, class: "detail halo"))
    }
    return content
  }

  /// A point of the curve of a link, 0 at its upper end and 1 at its lower end.
  private func point(on link: Int, at t: Double) -> (x: Double, y: Double) {
    let (top, bottom) = span(of: link)
    let (from, to) = (ports.upper[link], ports.lower[link])
    let blend = t * t * (3 - 2 * t)
    let middle = (top + bottom) / 2
    let u = 1 - t
    let y = u * u * u * top + 3 * u * t * middle + t * t * t * bottom
    return (from + (to - from) * blend, y)
  }

  private static let headLength = 7.0
}
