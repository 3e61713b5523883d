import Diagnostics
package import Documents
import Quantities

/// Outrigger's own platform description, version 1, in YAML or JSON.
///
/// `Schemas/platform.schema.json` is its schema and `docs/platforms.md` explains it. A document says
/// which memories, links, element types and elements there are, and may group them in nested clusters.
/// Quantities are texts with a unit (`0.8 GB/s`) or numbers in base units (op/s, B/s, B, s, W, J/B).
package enum PlatformFormat {
  /// What a document says under `format`.
  package static let identifier = "outrigger-platform-1"

  /// Reads a platform from a document.
  ///
  /// - Throws: ``DocumentError`` with the key path, or ``PlatformError/inconsistent(platform:reason:)``.
  package static func read(_ document: DocumentNode) throws -> PlatformReading {
    var reader = PlatformReader()
    return PlatformReading(platform: try reader.platform(document), diagnostics: [])
  }
}

/// The walk over a document that makes a platform.
struct PlatformReader {
  var memories: [Memory] = []
  var links: [Link] = []
  var types: [String: CoreType] = [:]
  var elements: [Element] = []
  private var memoryIDs: [String: MemoryID] = [:]
  private var linkIDs: [String: LinkID] = [:]
  private var elementIDs: [String: ElementID] = [:]
  var hosts: [(element: Int, host: DocumentNode)] = []
  /// Whether the document assumes all figures that have no source.
  private(set) var assumesRest = false

  mutating func platform(_ document: DocumentNode) throws -> Platform {
    let fields = try document.fields(
      ["format", "name", "about", "peak_performance", "peak_power", "element_types"] + scopeKeys
        + Self.originKeys)
    let format = try fields.required("format")
    guard try format.text() == PlatformFormat.identifier else {
      throw format.invalid("\"\(PlatformFormat.identifier)\"")
    }
    let name = try fields.required("name").name()
    assumesRest = fields["assumed"]?.assumesAll ?? false
    for node in try fields.list("element_types") { try addType(node) }
    try addMemories(fields)
    try addLinks(fields)
    let clusters = try addElements(fields, inherited: nil).clusters
    guard !elements.isEmpty else {
      throw document.invalid("at least one element in elements or a cluster")
    }
    try resolveHosts()
    return try Platform(
      name: name, about: try fields["about"]?.text(), elements: elements, memories: memories,
      links: links, clusters: clusters,
      peakRate: try fields["peak_performance"]?.rate(),
      peakPower: try fields["peak_power"]?.power(), origin: try origin(fields, Figures.platform))
  }

  // MARK: Memories and links, of the whole document before any element

  private mutating func addMemories(_ fields: DocumentFields) throws {
    for node in try fields.list("memories") {
      let memory = try node.fields(["name", "size", "bandwidth"] + Self.originKeys)
      let name = try memory.required("name")
      let id = MemoryID(memories.count)
      guard memoryIDs.updateValue(id, forKey: try name.name()) == nil else {
        throw name.invalid("a name that no other memory has")
      }
      memories.append(
        Memory(
          name: try name.name(), capacity: try memory.required("size").bytes(),
          bandwidth: try memory["bandwidth"]?.bandwidth(),
          origin: try origin(memory, Figures.memory)))
    }
    for cluster in try fields.list("clusters") {
      try addMemories(try cluster.fields(clusterKeys))
    }
  }

  private mutating func addLinks(_ fields: DocumentFields) throws {
    for node in try fields.list("links") {
      let link = try node.fields(
        ["name", "bandwidth", "latency", "energy", "memories"] + Self.originKeys)
      let name = try link.required("name")
      guard linkIDs.updateValue(LinkID(links.count), forKey: try name.name()) == nil else {
        throw name.invalid("a name that no other link has")
      }
      links.append(
        Link(
          name: try name.name(), bandwidth: try link.required("bandwidth").bandwidth(),
          latency: try link["latency"]?.time() ?? .zero,
          energyPerByte: try link["energy"]?.energyPerByte() ?? .zero,
          memories: try link.list("memories").map { try memory($0) },
          origin: try origin(link, Figures.link)))
    }
    for cluster in try fields.list("clusters") { try addLinks(try cluster.fields(clusterKeys)) }
  }

  // MARK: Elements

  /// Adds the elements of a scope and of its clusters.
  ///
  /// - Parameter inherited: The memory that elements compute from where neither they nor the scope say.
  private mutating func addElements(
    _ fields: DocumentFields, inherited: MemoryID?
  ) throws -> Cluster {
    let ownMemories = try fields.list("memories").map { try memory($0.member("name")) }
    let ownLinks = try fields.list("links").map { try link($0.member("name")) }
    let standard = ownMemories.first ?? inherited
    let first = elements.count
    for node in try fields.list("elements") { try addElement(node, standard) }
    let own = (first..<elements.count).map { ElementID($0) }
    let clusters = try fields.list("clusters").map { node in
      let fields = try node.fields(clusterKeys)
      _ = try fields.required("name")
      return try addElements(fields, inherited: standard)
    }
    return Cluster(
      name: try fields["name"]?.name() ?? "", elements: own, memories: ownMemories,
      links: ownLinks, clusters: clusters)
  }

  private mutating func addElement(_ node: DocumentNode, _ standard: MemoryID?) throws {
    let fields = try node.fields(["name", "type", "count", "data_memory", "ports", "host"])
    let name = try fields.required("name")
    let typeName = try fields.required("type")
    guard let type = types[try typeName.name()] else {
      let known = types.keys.sorted().joined(separator: ", ")
      throw typeName.invalid(
        "one of the element types \(known.isEmpty ? "(there is none)" : known)")
    }
    let stated = try fields["data_memory"].map { try memory($0) }
    guard let memory = stated ?? standard else {
      throw node.invalid("a data_memory, as the platform has no memories")
    }
    let ports = try fields["ports"].map { try self.ports($0) } ?? Element.Ports()
    let count = try fields["count"]?.integer(in: 1...largestElementCount)
    guard elements.count + (count ?? 1) <= largestElementCount else {
      throw node.invalid("at most \(largestElementCount) elements in all")
    }
    for number in 0..<(count ?? 1) {
      let fullName = count == nil ? try name.name() : "\(try name.name())\(number)"
      let id = ElementID(elements.count)
      guard elementIDs.updateValue(id, forKey: fullName) == nil else {
        throw name.invalid("a name that no other element has")
      }
      if let host = fields["host"] { hosts.append((elements.count, host)) }
      elements.append(Element(name: fullName, type: type, dataMemory: memory, ports: ports))
    }
  }

  private func ports(_ node: DocumentNode) throws -> Element.Ports {
    let fields = try node.fields(["activations", "weights", "output", "shared"])
    func port(_ key: String) throws -> Element.Port {
      guard let node = fields[key] else { return Element.Port() }
      let id = try link(node)
      return Element.Port(bandwidth: links[id.index].bandwidth, link: id)
    }
    let ports = Element.Ports(
      activationsIn: try port("activations"), weightsIn: try port("weights"),
      outputOut: try port("output"), shared: try fields["shared"]?.boolean() ?? false)
    let used = [ports.activationsIn.link, ports.weightsIn.link, ports.outputOut.link]
    guard !ports.shared || Set(used).count == 1 else {
      throw node.invalid("the same link for activations, weights and output where they are shared")
    }
    return ports
  }

  private mutating func resolveHosts() throws {
    for (index, node) in hosts {
      let name = try node.name()
      guard let host = elementIDs[name] else { throw node.invalid("the name of an element") }
      let element = elements[index]
      elements[index] = Element(
        name: element.name, type: element.type, dataMemory: element.dataMemory,
        ports: element.ports, host: host)
    }
  }

  // MARK: References

  private func memory(_ node: DocumentNode) throws -> MemoryID {
    let name = try node.name()
    guard let id = memoryIDs[name] else {
      throw node.invalid("one of the memories \(memories.map(\.name).joined(separator: ", "))")
    }
    return id
  }

  private func link(_ node: DocumentNode) throws -> LinkID {
    let name = try node.name()
    guard let id = linkIDs[name] else {
      throw node.invalid("one of the links \(links.map(\.name).joined(separator: ", "))")
    }
    return id
  }
}

/// The most elements that a platform may have.
private let largestElementCount = 4096

/// The keys that the whole document and a cluster share.
private let scopeKeys = ["memories", "links", "elements", "clusters"]

private let clusterKeys = ["name"] + scopeKeys

extension DocumentNode {
  /// A member of an object whose other members are read elsewhere.
  fileprivate func member(_ key: String) throws -> DocumentNode {
    guard let found = try members().first(where: { $0.key == key }) else {
      throw DocumentError.missing(file: file, path: path, key: key)
    }
    return found.node
  }
}
