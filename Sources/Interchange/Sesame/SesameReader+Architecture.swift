import Dataflow
import Documents
package import Foundation

extension SesameReader {
  /// Reads an architecture.
  ///
  /// - Throws: ``InterchangeError`` naming the file, the line and the element at fault.
  package static func architecture(
    _ data: Data, file: String
  ) throws(InterchangeError) -> SesameArchitecture {
    var reader = SesameArchitectureReader(yml: try YMLReader(data, file: file, root: "network"))
    return try reader.read()
  }
}

/// Turns the elements of an architecture file into elements, memories and links.
private struct SesameArchitectureReader {
  let yml: YMLReader
  private var result = SesameArchitecture(elements: [], types: [], memories: [], links: [])
  private var types: [String: Int] = [:]
  private var nodes: [String: Node] = [:]

  private enum Node {
    case element(Int)
    case memory(Int)
    case link(Int)
  }

  init(yml: YMLReader) { self.yml = yml }

  mutating func read() throws(InterchangeError) -> SesameArchitecture {
    try yml.expect("class", "Pearl", of: yml.root)
    for (name, value, element) in try yml.properties(of: yml.root).order {
      try addProperty(name, value, element)
    }
    for element in yml.root.children(named: "node") { try addNode(element) }
    for element in yml.root.children(named: "link") { try addLink(element) }
    return result
  }

  private mutating func addProperty(
    _ name: String, _ value: String, _ element: XMLTree
  ) throws(InterchangeError) {
    let parts = name.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      .map(String.init)
    if parts.count == 2, parts[0] == "type" {
      types[parts[1]] = result.types.count
      result.types.append(.init(name: parts[1], title: value, latencies: [:]))
    } else if parts.count == 3, parts[0] == "latency" {
      guard let type = types[parts[1]] else {
        throw yml.malformed(element, "there is no type \"\(parts[1].prefix(40))\" above")
      }
      guard let ticks = Int64(value), ticks >= 0 else {
        throw yml.malformed(element, "\"\(value.prefix(40))\": expected ticks, an integer from 0")
      }
      result.types[type].latencies[parts[2]] = ticks
    }
  }

  private mutating func addNode(_ element: XMLTree) throws(InterchangeError) {
    let name = try yml.attribute("name", of: element)
    let properties = try yml.properties(of: element)
    let title = properties["title"] ?? ""
    let node: Node
    switch try properties.required("class") {
    case "processor":
      let type = try properties.required("type")
      guard let place = types[type] else {
        throw yml.malformed(element, "there is no type \"\(type.prefix(40))\"")
      }
      node = .element(result.elements.count)
      result.elements.append(
        .init(name: name, title: title, type: place, memory: nil, links: []))
    case "memory":
      node = .memory(result.memories.count)
      let limit = properties["ticks_per_byte"]
      var ticks: Fraction?
      if let limit { ticks = try yml.fraction(limit, of: element) }
      result.memories.append(
        .init(
          name: name, title: title, capacity: try properties.integer("capacity") ?? 0,
          ticksPerByte: ticks))
    case "bus":
      node = .link(result.links.count)
      result.links.append(
        .init(
          name: name, title: title, latency: try properties.integer("latency") ?? 0,
          ticksPerByte: try yml.fraction(try properties.required("ticks_per_byte"), of: element),
          memories: []))
    case let other:
      throw yml.malformed(
        element, "class \"\(other.prefix(40))\": expected processor, memory or bus")
    }
    guard nodes.updateValue(node, forKey: name) == nil else {
      throw yml.malformed(element, "two nodes have this name")
    }
  }

  private mutating func addLink(_ element: XMLTree) throws(InterchangeError) {
    var ends: [Node] = []
    for key in ["innode", "outnode"] {
      let name = try yml.attribute(key, of: element)
      guard let node = nodes[name] else {
        throw yml.malformed(element, "\(key) \"\(name.prefix(40))\": there is no such node")
      }
      ends.append(node)
    }
    switch (ends[0], ends[1]) {
    case (.element(let index), .memory(let memory)): result.elements[index].memory = memory
    case (.element(let index), .link(let link)): result.elements[index].links.append(link)
    case (.link(let index), .memory(let memory)): result.links[index].memories.append(memory)
    default:
      throw yml.malformed(
        element, "expected a link from a processor to a memory or a bus, or from a bus to a memory")
    }
  }
}
