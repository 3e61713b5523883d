/// Where the figures of a part of a platform come from, by the keys of its description.
///
/// A key may stand for those below it: `power` for `power.active` and `power.idle`. What neither has
/// a source nor is assumed is the description's own word, of which nothing is known.
package struct FigureOrigin: Hashable, Sendable {
  /// A published measurement or a data sheet.
  package struct Source: Hashable, Sendable {
    /// The figure, as `power.active`.
    package let key: String
    /// Who published it, with title and year, and how the figure follows from it.
    package let text: String

    /// A source of some figures.
    package init(_ key: String, _ text: String) { (self.key, self.text) = (key, text) }
  }

  /// The figures with a source, in an order of their own: documents in JSON have none.
  package let sources: [Source]
  /// The figures that are assumed, not measured, in the order of the description.
  package let assumed: [String]

  /// Where figures come from, and which are assumed.
  package init(sources: [Source] = [], assumed: [String] = []) {
    (self.sources, self.assumed) = (sources, assumed)
  }

  /// No figure has a source or is assumed.
  package static let unstated = FigureOrigin()
}

extension FigureOrigin {
  /// Whether a figure, or what it is a part of, is assumed.
  package func assumes(_ key: String) -> Bool { assumed.contains { $0.covers(key) } }

  /// Whether a figure has a source or is assumed.
  package func knows(_ key: String) -> Bool {
    assumes(key) || sources.contains { $0.key.covers(key) }
  }
}

extension String {
  /// Whether a key is this one or below it.
  func covers(_ key: String) -> Bool { key == self || key.hasPrefix("\(self).") }
}
