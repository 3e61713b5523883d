import Dataflow
import MappingModel

/// How often blocks run.
extension Simulator.Machine {
  /// In a repetition: as often as the inferences that their parts of the graph end.
  func pace(in window: Range<Int>) -> Pace {
    guard let gains = engine.parts.gains else { return .even }
    return pace(window, isExact: true) { block in
      gains[tables.partNumbers[block]] * tables.firings[block]
    }
  }

  /// In a window that begins after the given firings of each block, and ends now.
  func pace(in window: Range<Int>, since beginning: [Int]) -> Pace {
    pace(window, isExact: false) { block in
      engine.counters[block] - (beginning.isEmpty ? 0 : beginning[block])
    }
  }

  private func pace(_ window: Range<Int>, isExact: Bool, _ firings: (Int) -> Int) -> Pace {
    let once = tables.problem.firings
    // What takes no element asks for nothing.
    let counted = (0..<tables.blockCount).map { block in
      tables.isKept[block] && plan.elements[block] >= 0 ? firings(block) : nil
    }
    return Pace(counted, inferences: window.count, once: once, isExact: isExact)
  }
}

extension ObservedExecution {
  /// How often blocks ran in the window that was looked at; where nobody looked, as often as the execution says.
  func pace(of problem: MappingProblem) -> Pace {
    guard !activity.inferences.isEmpty else { return result.pace }
    let firings = problem.graph.actors.indices.map { block in
      problem.isFree(block) ? nil : activity.firings[block]
    }
    return Pace(
      firings, inferences: activity.inferences.count, once: problem.firings,
      isExact: result.isExact)
  }
}

/// How far blocks were where windows begin that may become those of a mean.
struct WindowBeginnings {
  private let numbers: [Int]
  private var firings: [Int: [Int]] = [:]

  init(_ extent: ExecutionExtent) {
    numbers = extent.beginnings
  }

  /// So many inferences have ended.
  mutating func note(_ inferences: Int, _ engine: borrowing SimulationEngine) {
    if numbers.contains(inferences) { firings[inferences] = engine.endedFirings }
  }

  /// The firings of each block that had ended where a window begins; none where that is the start.
  func firings(at inferences: Int) -> [Int] { firings[inferences] ?? [] }
}

extension SimulationEngine {
  /// The firings of each block that have ended.
  var endedFirings: [Int] { (0..<tables.blockCount).map { counters[$0] } }
}
