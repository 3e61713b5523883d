package import Quantities

/// The hardware a network is mapped on: processing elements, memories and the links between them.
package struct Platform: Hashable, Sendable {
  /// The name of the platform.
  package let name: String
  /// One sentence about the platform, where its description has one.
  package let about: String?
  /// The processing elements; an ``ElementID`` is a position in this list.
  package let elements: [Element]
  /// The memories that several elements reach; a ``MemoryID`` is a position in this list.
  package let memories: [Memory]
  /// The links; a ``LinkID`` is a position in this list.
  package let links: [Link]
  /// The outermost clusters; elements, memories and links may lie in none.
  package let clusters: [Cluster]
  /// The peak rate of the whole platform where its description states one; for reports only.
  package let peakRate: OperationsPerSecond?
  /// The power that the whole platform may draw where its description states one; what passes it is
  /// told, not refused.
  package let peakPower: Watts?
  /// Where its figures come from.
  package let origin: FigureOrigin

  /// A platform whose names are unique within their kind and whose identifiers all lead somewhere.
  ///
  /// - Throws: ``PlatformError/inconsistent(platform:reason:)`` when there is no element, a name
  ///   occurs twice, or an element refers to a memory or link that is not there.
  package init(
    name: String, about: String? = nil, elements: [Element], memories: [Memory], links: [Link],
    clusters: [Cluster] = [], peakRate: OperationsPerSecond? = nil, peakPower: Watts? = nil,
    origin: FigureOrigin = .unstated
  ) throws(PlatformError) {
    self.name = name
    self.about = about
    self.clusters = clusters
    self.elements = elements
    self.memories = memories
    self.links = links
    self.peakRate = peakRate
    self.peakPower = peakPower
    self.origin = origin
    if let reason = firstInconsistency {
      throw PlatformError.inconsistent(platform: name, reason: reason)
    }
  }
}

extension Platform {
  /// The element with an identifier.
  package subscript(id: ElementID) -> Element { elements[id.index] }
  /// The memory with an identifier.
  package subscript(id: MemoryID) -> Memory { memories[id.index] }
  /// The link with an identifier.
  package subscript(id: LinkID) -> Link { links[id.index] }

  /// The identifiers of all elements in their order.
  package var elementIDs: [ElementID] { elements.indices.map { ElementID($0) } }

  /// The identifiers of all memories in their order.
  package var memoryIDs: [MemoryID] { memories.indices.map { MemoryID($0) } }

  /// The identifiers of all links in their order.
  package var linkIDs: [LinkID] { links.indices.map { LinkID($0) } }

  /// The element of that exact name; nil where there is none.
  ///
  /// - Complexity: O(elements).
  package func element(named name: String) -> ElementID? {
    elements.firstIndex { $0.name == name }.map { ElementID($0) }
  }

  /// The memory of that exact name; nil where there is none.
  ///
  /// - Complexity: O(memories).
  package func memory(named name: String) -> MemoryID? {
    memories.firstIndex { $0.name == name }.map { MemoryID($0) }
  }

  /// The link of that exact name; nil where there is none.
  ///
  /// - Complexity: O(links).
  package func link(named name: String) -> LinkID? {
    links.firstIndex { $0.name == name }.map { LinkID($0) }
  }
}
