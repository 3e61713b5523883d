import Dataflow
import MappingModel
import PlatformModel

/// How the time of an inference is spread over its firings: of *n*, firing *k* takes ⌊(k + 1)·t / n⌋ − ⌊k·t / n⌋, so
/// that none of its ticks is lost. Times that a graph gives for its phases are those of every firing.
extension MappingProblem.Use {
  /// The ticks of the first firings of an inference.
  ///
  /// - Parameters:
  ///   - count: How many firings.
  ///   - firings: Those of a whole inference.
  ///   - inputs: Bytes of the inputs that do not stream.
  ///   - outputs: Bytes of the results that do not stream.
  package func ticks(
    _ count: Int, ofFirings firings: Int64, withoutInputs inputs: Int = 0, outputs: Int = 0
  ) -> [Int] {
    if let phaseTicks { return (0..<count).map { Int(phaseTicks[$0 % phaseTicks.count]) } }
    let time = Int128(roofline.time(withoutInputs: inputs, outputs: outputs).ticks)
    let all = Int128(max(1, firings))
    return (0..<Int128(count)).map { Int(($0 + 1) * time / all - $0 * time / all) }
  }

  /// After how many firings the ticks repeat, whatever is copied.
  fileprivate func turn(phases: Int64, firings: Int64) -> Int64 {
    guard phaseTicks == nil, firings > phases else { return phases }
    guard roofline.measured != nil || roofline.ports == nil else { return firings }
    return firings / greatestCommonDivisor(roofline.time().ticks, firings)
  }
}

extension MappingProblem {
  /// After how many firings the rates of a block and its times on all elements repeat.
  package func turn(ofBlock block: Int) -> Int64 {
    let phases = graph.phaseCounts[block]
    return uses[block].reduce(phases) { turn, use in
      guard let own = use?.turn(phases: phases, firings: firings[block]) else { return turn }
      // All divide the firings of an inference, and so does their least common multiple.
      return turn / greatestCommonDivisor(turn, own) * own
    }
  }
}

extension SimulationTables {
  /// For each block the firings after which its rates and its times on all elements repeat.
  ///
  /// - Throws: ``SimulationError/unevenFirings(block:count:)``.
  static func turns(_ problem: MappingProblem) throws(SimulationError) -> [Int] {
    var left = 1 << 26
    return try problem.graph.actors.indices.map { block throws(SimulationError) in
      let turn = problem.turn(ofBlock: block)
      guard turn > problem.graph.phaseCounts[block] else { return Int(turn) }
      let (entries, overflow) = Int(turn).multipliedReportingOverflow(by: problem.uses[block].count)
      left = overflow ? -1 : left.subtractingReportingOverflow(entries).partialValue
      guard turn <= Int64(Int32.max), left >= 0 else {
        throw .unevenFirings(block: problem.graph.actors[block].name, count: turn)
      }
      return Int(turn)
    }
  }
}
