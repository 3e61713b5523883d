/// Names that have been given out, so that none is given twice.
struct UniqueNames {
  private var taken: Set<String> = []

  /// Whether a name has been given out.
  func contains(_ name: String) -> Bool { taken.contains(name) }

  /// Takes names out of circulation.
  mutating func reserve(_ names: some Sequence<String>) { taken.formUnion(names) }

  /// Gives a name out: the one asked for, or that with a number behind it.
  mutating func take(_ name: String) -> String {
    var candidate = name
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }
}
