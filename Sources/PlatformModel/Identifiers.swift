/// Names an element by its position in ``Platform/elements``.
package struct ElementID: Hashable, Comparable, Sendable {
  /// The place in the list of the platform.
  package let index: Int
  /// The identifier of what has this place.
  package init(_ index: Int) { self.index = index }
  /// Orders elements as the platform lists them.
  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// Names a memory by its position in ``Platform/memories``.
package struct MemoryID: Hashable, Comparable, Sendable {
  /// The place in the list of the platform.
  package let index: Int
  /// The identifier of what has this place.
  package init(_ index: Int) { self.index = index }
  /// Orders memories as the platform lists them.
  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// Names a link by its position in ``Platform/links``.
package struct LinkID: Hashable, Comparable, Sendable {
  /// The place in the list of the platform.
  package let index: Int
  /// The identifier of what has this place.
  package init(_ index: Int) { self.index = index }
  /// Orders links as the platform lists them.
  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}
