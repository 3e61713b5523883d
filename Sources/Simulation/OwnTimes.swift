import MappingModel

/// The ticks of blocks of which some bytes are copied and do not stream, each computed once. A class, because those that
/// ask share what is computed.
final class OwnTimes {
  private let tables: SimulationTables
  private let arena = Arena()
  private var known: [Key: Entry] = [:]

  /// The ticks of each phase, and of an inference.
  struct Entry {
    var phases: UnsafeMutablePointer<Int>
    var sum: Int
  }

  private struct Key: Hashable {
    var block: Int
    var element: Int
    var inputs: Int
    var outputs: Int
  }

  init(_ tables: SimulationTables) {
    self.tables = tables
  }

  func ticks(
    _ block: Int, _ element: Int, withoutInputs inputs: Int, outputs: Int
  ) -> Entry {
    let key = Key(block: block, element: element, inputs: inputs, outputs: outputs)
    if let entry = known[key] { return entry }
    let phases = tables.phases[block]
    guard let use = tables.problem.uses[block][element] else {
      return Entry(phases: tables.executionTicks, sum: 0)
    }
    let ticks = use.ticks(
      phases, ofFirings: Int64(tables.firings[block]), withoutInputs: inputs, outputs: outputs)
    let rounds = max(1, tables.firings[block] / phases)
    let entry = Entry(phases: arena.make(ticks), sum: ticks.reduce(0, +) * rounds)
    known[key] = entry
    return entry
  }
}
