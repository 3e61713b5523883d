import Dataflow
import PlatformModel

/// The ticks of an inference of each block on each element, computed once for many look-ups.
package struct BlockTimes: Sendable {
  private let elementCount: Int
  /// Block after block.
  private let ticks: [Int64]

  /// Computes the times of every block on every element.
  ///
  /// - Complexity: O(blocks · elements); a time that the element before has too is not found again.
  package init(_ problem: MappingProblem) {
    elementCount = problem.platform.elements.count
    var ticks: [Int64] = []
    ticks.reserveCapacity(problem.graph.actors.count * elementCount)
    for block in problem.graph.actors.indices {
      let uses = block < problem.uses.count ? problem.uses[block] : []
      for element in 0..<elementCount {
        let isKnown =
          element > 0 && element < uses.count && uses[element].hasTimes(of: uses[element - 1])
        ticks.append(isKnown ? ticks[ticks.count - 1] : problem.ticks(ofBlock: block, on: element))
      }
    }
    self.ticks = ticks
  }

  /// The ticks of a block on an element; 0 where the element does not support the block.
  package subscript(block: Int, element: Int) -> Int64 { ticks[block * elementCount + element] }
}

extension MappingProblem.Use? {
  /// Whether this takes as long as another one for certain.
  fileprivate func hasTimes(of other: Self) -> Bool {
    self?.roofline == other?.roofline && self?.phaseTicks == other?.phaseTicks
  }
}
