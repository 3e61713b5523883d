import Dataflow
import PlatformModel

/// A mapping by number: which element runs each block, and what else is fixed.
package struct Placement: Hashable, Sendable {
  /// For each block its element; -1 for a block without one.
  package var elements: [Int]
  /// The memories of channels that do not lie in the memory of their producer.
  package var memories: [Int: Int]
  /// The capacities in tokens of channels where they differ from those of the problem.
  package var capacities: [Int: Int64]
  /// For an element, blocks in the order of their priority.
  package var order: [Int: [Int]]
  /// For an element, exactly which block fires when.
  package var sequence: [Int: [Slot]]

  /// One place in the sequence of an element.
  package struct Slot: Hashable, Sendable {
    /// The number of the block.
    package var block: Int
    /// In round *r* the block runs for inference *r* − shift.
    package var shift: Int

    /// A place in the sequence of an element.
    package init(block: Int, shift: Int) { (self.block, self.shift) = (block, shift) }
  }

  /// A placement; what is left out is as the problem says.
  package init(
    elements: [Int], memories: [Int: Int] = [:], capacities: [Int: Int64] = [:],
    order: [Int: [Int]] = [:], sequence: [Int: [Slot]] = [:]
  ) {
    self.elements = elements
    self.memories = memories
    self.capacities = capacities
    self.order = order
    self.sequence = sequence
  }
}

extension MappingProblem {
  /// The memory that a channel lies in.
  ///
  /// That of its producer's element; for a block without one, that of its first input; for one without
  /// inputs, that of the reader, or the first of the platform where the reader has none.
  package func memory(ofChannel index: Int, in placement: Placement) -> Int {
    var channel = index
    for _ in graph.actors {
      if let chosen = placement.memories[channel] { return chosen }
      let source = graph.channels[channel].source.index
      if placement.elements[source] >= 0 {
        return platform.elements[placement.elements[source]].dataMemory.index
      }
      guard let input = firstInputs[source] else { break }
      channel = input
    }
    let reader = placement.elements[graph.channels[channel].destination.index]
    return reader >= 0 ? platform.elements[reader].dataMemory.index : 0
  }

  /// The tokens that a channel can hold.
  package func capacity(ofChannel index: Int, in placement: Placement) -> Int64 {
    placement.capacities[index] ?? capacities[index]
  }
}
