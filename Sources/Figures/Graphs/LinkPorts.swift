/// Where links touch the boxes: side by side in the order of their other ends.
struct LinkPorts {
  /// The horizontal places of both ends of each link.
  private(set) var upper: [Double]
  private(set) var lower: [Double]

  init(_ layout: GraphLayout) {
    let links = layout.graph.links
    var outgoing = Array(repeating: [Int](), count: layout.graph.vertices.count)
    var incoming = outgoing
    for (index, link) in links.enumerated() {
      outgoing[link.upper].append(index)
      incoming[link.lower].append(index)
    }
    upper = Array(repeating: 0, count: links.count)
    lower = upper
    for vertex in outgoing.indices {
      for (link, x) in Self.spread(outgoing[vertex], at: vertex, layout, by: { links[$0].lower }) {
        upper[link] = x
      }
      for (link, x) in Self.spread(incoming[vertex], at: vertex, layout, by: { links[$0].upper }) {
        lower[link] = x
      }
    }
  }

  private static func spread(
    _ links: [Int], at vertex: Int, _ layout: GraphLayout, by other: (Int) -> Int
  ) -> [(Int, Double)] {
    let center = layout.centers[vertex]
    guard layout.graph.vertices[vertex].kind == .node, links.count > 1 else {
      return links.map { ($0, center) }
    }
    let sorted = links.sorted { (layout.centers[other($0)], $0) < (layout.centers[other($1)], $1) }
    let room = layout.graph.vertices[vertex].width - 24
    let step = min(12, room / Double(links.count - 1))
    let first = center - step * Double(links.count - 1) / 2
    return sorted.enumerated().map { ($1, first + Double($0) * step) }
  }
}
