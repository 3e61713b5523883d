/// Names that have been given out, so that none is given twice.
struct UniqueNames {
  private var taken: Set<String> = []
  /// For a name asked for again, the first number that may be free behind it.
  private var next: [String: Int] = [:]

  /// Whether a name has been given out.
  func contains(_ name: String) -> Bool { taken.contains(name) }

  /// Takes names out of circulation.
  mutating func reserve(_ names: some Sequence<String>) { taken.formUnion(names) }

  /// Gives a name out: the one asked for, or that with a number behind it.
  mutating func take(_ name: String) -> String {
    if taken.insert(name).inserted { return name }
    var number = next[name] ?? 2
    while !taken.insert("\(name)_\(number)").inserted { number += 1 }
    next[name] = number + 1
    return "\(name)_\(number)"
  }
}
