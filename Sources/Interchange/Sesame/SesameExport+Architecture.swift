import Dataflow
import Documents
import PlatformModel

extension SesameExport {
  /// The architecture: a node for each element, memory and link, the table of latencies as properties
  /// of the network, `latency:TYPE:OPERATION`, and a link from each element to its memory and to the
  /// links of its ports, and from each link to its memories.
  func architectureText() throws(InterchangeError) -> String {
    var children = [
      XMLElementText(
        "doc", text: "times in ticks; latencies by type of element and operation")
    ]
    for type in architecture.types {
      children.append(Self.property("type:\(type.name)", type.title))
      for operation in application.operations {
        guard let ticks = type.latencies[operation] else { continue }
        children.append(Self.property("latency:\(type.name):\(operation)", ticks))
      }
    }
    children += architecture.elements.map(node)
    children += architecture.memories.indices.map(memoryNode)
    children += architecture.links.map(node)
    children += connections
    return try XMLElementText(
      "network", ["xmlns": Self.namespace, "name": "architecture", "class": "Pearl"], children
    ).exported()
  }

  private func node(_ element: SesameArchitecture.Element) -> XMLElementText {
    let places =
      (element.memory.map { [architecture.memories[$0].name] } ?? [])
      + element.links.map { architecture.links[$0].name }
    return node(
      element.name, title: element.title, kind: "processor",
      [Self.property("type", architecture.types[element.type].name)],
      ports: places.map { ("to_\($0)", "out") })
  }

  private func memoryNode(_ index: Int) -> XMLElementText {
    let memory = architecture.memories[index]
    var properties = [Self.property("capacity", memory.capacity)]
    if let ticks = memory.ticksPerByte {
      properties.append(Self.property("ticks_per_byte", ticks.description))
    }
    let readers = architecture.elements.filter { $0.memory == index }.map(\.name)
    let links = architecture.links.filter { $0.memories.contains(index) }.map(\.name)
    return node(
      memory.name, title: memory.title, kind: "memory", properties,
      ports: (readers + links).map { ("from_\($0)", "in") })
  }

  private func node(_ link: SesameArchitecture.Link) -> XMLElementText {
    let index = architecture.links.firstIndex(of: link) ?? 0
    let users = architecture.elements.filter { $0.links.contains(index) }.map(\.name)
    return node(
      link.name, title: link.title, kind: "bus",
      [
        Self.property("latency", link.latency),
        Self.property("ticks_per_byte", link.ticksPerByte.description),
      ],
      ports: users.map { ("from_\($0)", "in") }
        + link.memories.map { ("to_\(architecture.memories[$0].name)", "out") })
  }

  private func node(
    _ name: String, title: String, kind: String, _ properties: [XMLElementText],
    ports: [(name: String, direction: String)]
  ) -> XMLElementText {
    XMLElementText(
      "node", ["name": name, "class": "pearl_object"],
      [XMLElementText("doc", text: title), Self.property("class", kind)]
        + [Self.property("title", title)] + properties
        + ports.map { XMLElementText("port", ["name": $0.name, "dir": $0.direction]) })
  }

  private var connections: [XMLElementText] {
    func connection(_ source: String, _ target: String) -> XMLElementText {
      XMLElementText(
        "link",
        [
          "innode": source, "inport": "to_\(target)", "outnode": target,
          "outport": "from_\(source)",
        ])
    }
    var connections: [XMLElementText] = []
    for element in architecture.elements {
      if let memory = element.memory {
        connections.append(connection(element.name, architecture.memories[memory].name))
      }
      connections += element.links.map { connection(element.name, architecture.links[$0].name) }
    }
    for link in architecture.links {
      connections += link.memories.map { connection(link.name, architecture.memories[$0].name) }
    }
    return connections
  }
}
