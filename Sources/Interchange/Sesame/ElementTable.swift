import MappingModel
import PlatformModel
import Simulation

/// The ticks of all phases of a problem, and the types of its elements: those of one core type on which
/// everything takes equally long.
struct ElementTable {
  /// For each element the place of its type.
  let typeOfElements: [Int]
  /// For each block and each type the ticks of its phases; behind the types the one of blocks that take
  /// no time, if there are any.
  let ticks: [[[Int64]?]]
  /// Whether there are blocks that take no time.
  let hasEnvironment: Bool

  private struct Key: Hashable {
    let coreType: String
    let ticks: [[Int64]?]
  }

  /// - Throws: ``InterchangeError/tooLarge(format:quantity:value:limit:)`` for too many phases.
  init(_ problem: MappingProblem) throws(InterchangeError) {
    var phaseSum: Int64 = 0
    for (block, count) in problem.graph.phaseCounts.enumerated() {
      phaseSum += min(count, Int64(RateList.limit) + 1)
      guard phaseSum <= Int64(RateList.limit) else {
        throw .tooLarge(
          format: "a table of latencies",
          quantity: "phases up to \(problem.graph.actors[block].name)",
          value: phaseSum, limit: Int64(RateList.limit))
      }
    }
    var places: [Key: Int] = [:]
    var lists: [[[Int64]?]] = []
    typeOfElements = problem.platform.elements.indices.map { element in
      let ticks = problem.graph.actors.indices.map { problem.phaseTicks(ofBlock: $0, on: element) }
      let key = Key(coreType: problem.platform.elements[element].type.name, ticks: ticks)
      if let place = places[key] { return place }
      places[key] = lists.count
      lists.append(ticks)
      return lists.count - 1
    }
    let hasEnvironment = problem.graph.actors.indices.contains { problem.isFree($0) }
    self.hasEnvironment = hasEnvironment
    ticks = problem.graph.actors.indices.map { block in
      let isFree = problem.isFree(block)
      return lists.map { $0[block] } + (hasEnvironment ? [isFree ? [0] : nil] : [])
    }
  }
}

extension MappingProblem {
  /// The ticks of each phase of a block on an element, with nothing copied; nil where the element does
  /// not support the block, or the block takes no time.
  func phaseTicks(ofBlock block: Int, on element: Int) -> [Int64]? {
    guard !isFree(block), let use = uses[block][element] else { return nil }
    return use.ticks(phases: Int(graph.phaseCounts[block]), firings: Int(firings[block]))
      .map { Int64($0) }
  }
}
