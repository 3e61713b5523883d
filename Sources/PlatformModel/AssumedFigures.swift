/// The assumed figures of one part of a platform.
package struct AssumedFigures: Hashable, Sendable {
  /// The name of the part, as an element type or a link.
  package let part: String
  /// What is assumed of it, in the keys of the description, as `power.idle` or `conv performance`.
  package let keys: [String]

  /// What is assumed of a part.
  package init(part: String, keys: [String]) { (self.part, self.keys) = (part, keys) }
}

extension AssumedFigures {
  /// Each figure on its own, as `A7: cost`.
  package var names: [String] { keys.map { "\(part): \($0)" } }
}

extension [AssumedFigures] {
  /// The figures in words, each part with its keys.
  package var text: String {
    map { "\($0.part) \($0.keys.joined(separator: ", "))" }.joined(separator: "; ")
  }

  /// The figures in a line of about 100 columns, which says how many it leaves out.
  package var line: String {
    var shown = self
    while shown.count > 1, shown.text.count > 80 { shown.removeLast() }
    let left = dropFirst(shown.count).reduce(0) { $0 + $1.keys.count }
    return shown.text + (left > 0 ? "; and \(left) more" : "")
  }
}

extension Platform {
  /// What is assumed of the platform as a whole and of all its parts.
  package var assumedFigures: [AssumedFigures] {
    let own = AssumedFigures(part: name, keys: origin.assumed)
    return (own.keys.isEmpty ? [] : [own]) + assumedFigures(of: elementIDs)
  }

  /// What is assumed of elements, and of the links and memories that they reach.
  ///
  /// - Complexity: O(elements · links).
  package func assumedFigures(of used: [ElementID]) -> [AssumedFigures] {
    var types: [CoreType] = []
    for type in used.map({ self[$0].type }) where !types.contains(where: { $0.name == type.name }) {
      types.append(type)
    }
    let memories = Set(used.map { self[$0].dataMemory })
    let ports = Set(used.flatMap { self[$0].ports.all.compactMap(\.link) })
    let parts: [AssumedFigures] =
      types.map(\.assumedFigures)
      + memoryIDs.filter(memories.contains).map {
        AssumedFigures(part: self[$0].name, keys: self[$0].origin.assumed)
      }
      + linkIDs.filter { ports.contains($0) || !memories.isDisjoint(with: self[$0].memories) }.map {
        AssumedFigures(part: self[$0].name, keys: self[$0].origin.assumed)
      }
    return parts.filter { !$0.keys.isEmpty }
  }
}

extension CoreType {
  fileprivate var assumedFigures: AssumedFigures {
    var keys = origin.assumed
    for key in operators.flatMap({ entry in entry.origin.assumed.map { "\(entry.pattern) \($0)" } })
    where !keys.contains(key) { keys.append(key) }
    return AssumedFigures(part: name, keys: keys)
  }
}

extension Element.Ports {
  fileprivate var all: [Element.Port] { [activationsIn, weightsIn, outputOut] }
}
