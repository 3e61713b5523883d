package import Dataflow
import MappingModel
import PlatformModel

/// A platform as an architecture of the Sesame environment: elements of types with tables of latencies,
/// memories, and links. Times are ticks.
package struct SesameArchitecture: Hashable, Sendable {
  /// The elements; what takes no time runs on one of its own behind them.
  package var elements: [Element]
  /// The types of the elements.
  package var types: [ElementType]
  /// The memories.
  package var memories: [Memory]
  /// The links between memories.
  package var links: [Link]

  /// A processor or an accelerator.
  package struct Element: Hashable, Sendable {
    /// The identifier.
    package var name: String
    /// The name on the platform, empty for what no platform has.
    package var title: String
    /// The place of its type.
    package var type: Int
    /// The place of the memory that it computes from.
    package var memory: Int?
    /// The places of the links of its ports.
    package var links: [Int]
  }

  /// What elements with the same latencies have in common.
  package struct ElementType: Hashable, Sendable {
    /// The identifier of the type.
    package var name: String
    /// The name of the core type on the platform.
    package var title: String
    /// The ticks of each operation that the type supports.
    package var latencies: [String: Int64]
  }

  /// A memory.
  package struct Memory: Hashable, Sendable {
    /// The identifier of the memory.
    package var name: String
    /// The name of the memory on the platform.
    package var title: String
    /// The size in bytes.
    package var capacity: Int64
    /// The ticks for a byte, nil for no limit.
    package var ticksPerByte: Fraction?
  }

  /// A link between memories.
  package struct Link: Hashable, Sendable {
    /// The identifier of the link.
    package var name: String
    /// The name of the link on the platform.
    package var title: String
    /// The ticks before the first byte.
    package var latency: Int64
    /// The ticks for a byte.
    package var ticksPerByte: Fraction
    /// The places of the memories between which it carries copies.
    package var memories: [Int]
  }
}

extension SesameArchitecture {
  /// An element for each process, all of one type, without memories and links between them.
  init(elementFor processes: [String], operations: SesameOperations) {
    let latencies = zip(operations.names, operations.ticks).compactMap { name, ticks in
      ticks[0].map { (name, $0) }
    }
    types = [
      ElementType(
        name: "own", title: "", latencies: Dictionary(latencies) { first, _ in first })
    ]
    elements = processes.map {
      Element(name: "element_of_\($0)", title: "", type: 0, memory: nil, links: [])
    }
    (memories, links) = ([], [])
  }

  /// The elements, memories and links of a platform.
  ///
  /// - Parameter typeOfElements: For each element the place of its type.
  init(
    _ platform: Platform, resources: [MappingProblem.Resource], typeOfElements: [Int],
    hasEnvironment: Bool, operations: SesameOperations
  ) {
    var names = IdentifierTable(reserved: IdentifierTable.keywords)
    var typeNames = IdentifierTable(reserved: IdentifierTable.keywords + ["environment"])
    let typeCount = (typeOfElements.max() ?? -1) + 1
    types = (0..<typeCount).map { type in
      let title = platform.elements[typeOfElements.firstIndex(of: type) ?? 0].type.name
      return ElementType(
        name: typeNames.take(title), title: title, latencies: operations.latencies(onType: type))
    }
    elements = zip(platform.elements, typeOfElements).map { element, type in
      let ports = [element.ports.activationsIn, element.ports.weightsIn, element.ports.outputOut]
      return Element(
        name: names.take(element.name), title: element.name, type: type,
        memory: element.dataMemory.index, links: Set(ports.compactMap { $0.link?.index }).sorted())
    }
    let limits = Dictionary(
      resources.filter { $0.kind == .memory }.map { ($0.name, Self.ticksPerByte($0)) },
      uniquingKeysWith: { first, _ in first })
    memories = platform.memories.map {
      Memory(
        name: names.take($0.name), title: $0.name, capacity: Int64($0.capacity),
        ticksPerByte: limits[$0.name])
    }
    links = zip(platform.links, resources).map { link, resource in
      Link(
        name: names.take(link.name), title: link.name, latency: resource.latency,
        ticksPerByte: Self.ticksPerByte(resource), memories: link.memories.map(\.index))
    }
    guard hasEnvironment else { return }
    elements.append(
      Element(
        name: names.take("environment"), title: "", type: types.count, memory: nil, links: []))
    types.append(
      ElementType(
        name: "environment", title: "", latencies: operations.latencies(onType: typeCount)))
  }
}

extension SesameArchitecture {
  /// What a byte takes, in parts of 64 bits, as the reader takes them.
  private static func ticksPerByte(_ resource: MappingProblem.Resource) -> Fraction {
    Fraction(nearest: resource.ticksPerByte) ?? Fraction(.max)
  }
}

extension SesameOperations {
  /// The ticks of the operations that a type supports.
  fileprivate func latencies(onType type: Int) -> [String: Int64] {
    var latencies: [String: Int64] = [:]
    for (name, ticks) in zip(names, ticks) { latencies[name] = ticks[type] }
    return latencies
  }
}
