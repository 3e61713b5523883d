import Dataflow
import MappingModel
import PlatformModel
import Simulation

/// The ticks of all firings of a problem until they repeat, and the types of its elements: those of one core type on which
/// everything takes equally long.
struct ElementTable {
  /// For each element the place of its type.
  let typeOfElements: [Int]
  /// For each block and each type the ticks of its firings until they repeat; behind the types the one of blocks that take
  /// no time, if there are any.
  let ticks: [[[Int64]?]]
  /// Whether there are blocks that take no time.
  let hasEnvironment: Bool

  private struct Key: Hashable {
    let coreType: String
    let ticks: [[Int64]?]
  }

  /// - Throws: ``InterchangeError/tooLarge(format:quantity:value:limit:)`` for too many firings.
  init(_ problem: MappingProblem) throws(InterchangeError) {
    var sum: Int64 = 0
    var turns: [Int] = []
    for block in problem.graph.actors.indices {
      let turn = min(problem.turn(ofBlock: block), Int64(RateList.limit) + 1)
      sum += turn
      turns.append(Int(turn))
      guard sum <= Int64(RateList.limit) else {
        throw .tooLarge(
          format: "a table of latencies",
          quantity: "phases up to \(problem.graph.actors[block].name)",
          value: sum, limit: Int64(RateList.limit))
      }
    }
    var places: [Key: Int] = [:]
    var lists: [[[Int64]?]] = []
    typeOfElements = problem.platform.elements.indices.map { element in
      let ticks = turns.enumerated().map { problem.ticks(ofBlock: $0, on: element, firings: $1) }
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
  /// The ticks of the first firings of a block on an element, with nothing copied; nil where the element
  /// does not support the block, or the block takes no time.
  fileprivate func ticks(ofBlock block: Int, on element: Int, firings count: Int) -> [Int64]? {
    guard !isFree(block), let use = uses[block][element] else { return nil }
    return use.ticks(count, ofFirings: firings[block]).map { Int64($0) }
  }
}
