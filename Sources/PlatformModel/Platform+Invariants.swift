extension Platform {
  /// The first way in which this platform contradicts itself, or nil.
  var firstInconsistency: String? {
    if elements.isEmpty { return "it has no elements" }
    if let name = Self.firstRepeated(elements.map(\.name)) {
      return "two elements are named \(name)"
    }
    if let name = Self.firstRepeated(memories.map(\.name)) {
      return "two memories are named \(name)"
    }
    if let name = Self.firstRepeated(links.map(\.name)) { return "two links are named \(name)" }
    if let name = firstAmbiguousType { return "two element types are named \(name)" }
    for link in links where link.memories.contains(where: { !memories.indices.contains($0.index) })
    {
      return "link \(link.name) leads to a memory that does not exist"
    }
    for element in elements {
      if !memories.indices.contains(element.dataMemory.index) {
        return "element \(element.name) computes from a memory that does not exist"
      }
      let ports = [element.ports.activationsIn, element.ports.weightsIn, element.ports.outputOut]
      if ports.contains(where: { $0.link.map { !links.indices.contains($0.index) } ?? false }) {
        return "element \(element.name) has a port on a link that does not exist"
      }
    }
    return nil
  }

  private var firstAmbiguousType: String? {
    var types: [String: CoreType] = [:]
    for element in elements {
      let known = types.updateValue(element.type, forKey: element.type.name)
      if let known, known != element.type { return element.type.name }
    }
    return nil
  }

  private static func firstRepeated(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }
}
