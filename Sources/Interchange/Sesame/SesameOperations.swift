/// The operations of an application: what takes equally long everywhere under one label is one.
///
/// A label is what a firing computes; firings of one label that take different times, as phases that
/// share the time of a tensor unevenly, are operations of their own, so that a table of latencies by
/// operation and type of element says the times exactly.
struct SesameOperations {
  private(set) var names: [String] = []
  /// For each operation its ticks on each type of element, nil where that does not support it.
  private(set) var ticks: [[Int64?]] = []
  /// For each actor the operation of each phase; a list shorter than the phases is repeated.
  private(set) var ofPhases: [[Int]] = []

  private struct Key: Hashable {
    let label: String
    let ticks: [Int64?]
  }

  /// - Parameters:
  ///   - labels: For each actor what it computes.
  ///   - ticks: For each actor and each type of element the ticks of its phases, nil where that does
  ///     not support it; the lists of an actor have one length.
  init(labels: [String], ticks: [[[Int64]?]]) {
    var numbers: [Key: Int] = [:]
    var taken: Set<String> = []
    for (label, lists) in zip(labels.map(SesameNames.operation), ticks) {
      let count = lists.lazy.compactMap { $0?.count }.first ?? 1
      var phases: [Int] = []
      phases.reserveCapacity(count)
      for phase in 0..<count {
        let key = Key(label: label, ticks: lists.map { $0.map { $0[phase] } })
        if let number = numbers[key] {
          phases.append(number)
          continue
        }
        numbers[key] = names.count
        phases.append(names.count)
        names.append(Self.unique(label, &taken))
        self.ticks.append(key.ticks)
      }
      ofPhases.append(Set(phases).count == 1 ? [phases[0]] : phases)
    }
  }

  private static func unique(_ label: String, _ taken: inout Set<String>) -> String {
    var (name, number) = (label, 2)
    while !taken.insert(name).inserted {
      name = "\(label)_\(number)"
      number += 1
    }
    return name
  }
}
