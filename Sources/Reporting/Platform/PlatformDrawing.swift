import Figures
package import PlatformModel
import Quantities

extension GraphDrawing {
  /// Draws a platform: memories above, the links that lead from them, and the elements below.
  package init(_ platform: Platform) {
    let memoryCount = platform.memories.count
    let firstElement = memoryCount + platform.links.count
    var nodes = platform.memories.map { memory in
      Node(
        memory.name,
        details: [UnitTable.size.text(Double(memory.capacity))]
          + (memory.bandwidth.map { [EngineeringNumber.text($0.value, unit: "B/s")] } ?? []),
        colorClass: "memory")
    }
    nodes += platform.links.map { link in
      Node(
        link.name, details: [EngineeringNumber.text(link.bandwidth.value, unit: "B/s")],
        colorClass: "link")
    }
    nodes += platform.elements.map { element in
      let peak = element.type.peakRate ?? element.type.operators.map(\.rate).max()
      let details = [
        element.type.name == element.name ? "" : element.type.name,
        peak.map { EngineeringNumber.text($0.value, unit: "op/s") } ?? "",
      ]
      return Node(
        element.name, details: details.filter { !$0.isEmpty },
        colorClass: element.type.kind.rawValue)
    }
    var edges: [Edge] = []
    for (index, element) in platform.elements.enumerated() {
      edges += Self.edges(of: element, at: firstElement + index, memoryCount)
    }
    for (index, link) in platform.links.enumerated() {
      edges += link.memories.map { Edge($0.index, memoryCount + index) }
    }
    var seen: Set<Edge> = []
    self.init(
      title: platform.name, nodes: nodes, edges: edges.filter { seen.insert($0).inserted },
      colorClasses: ["processor", "accelerator", "memory", "link"])
  }

  /// From the memory over the links of an element's ports to the element; straight where there is none.
  private static func edges(of element: Element, at node: Int, _ firstLink: Int) -> [Edge] {
    let memory = element.dataMemory.index
    let ports = [
      ("activations", element.ports.activationsIn), ("weights", element.ports.weightsIn),
      ("output", element.ports.outputOut),
    ]
    var roles: [Int: [String]] = [:]
    for (role, port) in ports {
      if let link = port.link { roles[firstLink + link.index, default: []].append(role) }
    }
    guard !roles.isEmpty else { return [Edge(memory, node)] }
    return roles.keys.sorted().flatMap { link in
      [
        Edge(memory, link),
        Edge(link, node, tooltip: roles[link, default: []].joined(separator: ", ")),
      ]
    }
  }
}
