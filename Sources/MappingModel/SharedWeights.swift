/// Weights that several blocks use: they lie once in each memory that a block computes with them from.
package struct SharedWeights: Hashable, Sendable {
  /// For each block what it shares with others.
  package let uses: [[Use]]
  /// For each of the tensors the blocks that use it, ascending.
  package let users: [[Int]]

  /// A tensor that a block uses and that others use too.
  package struct Use: Hashable, Sendable {
    /// The number of the tensor.
    package var tensor: Int
    /// For each element the bytes that the tensor has there, of those of the block's weights.
    package var bytes: [Int]

    /// A shared tensor with its bytes on each element.
    package init(tensor: Int, bytes: [Int]) {
      (self.tensor, self.bytes) = (tensor, bytes)
    }
  }

  /// The shared weights of a problem; by default none.
  ///
  /// - Parameter uses: For each block what it shares with others; empty where no blocks share.
  package init(_ uses: [[Use]] = []) {
    self.uses = uses
    var users = [[Int]](
      repeating: [], count: uses.joined().reduce(0) { max($0, $1.tensor + 1) })
    for (block, list) in uses.enumerated() {
      for use in list { users[use.tensor].append(block) }
    }
    self.users = users
  }
}

extension MappingProblem {
  /// The bytes that the weights of a block add to a memory in which those of the blocks before it lie
  /// already.
  ///
  /// - Parameter isThere: Whether the weights of a block lie in the same memory.
  package func addedWeightBytes(
    of block: Int, on element: Int, isThere: (_ block: Int) -> Bool
  ) -> Int {
    let all = uses[block][element]?.weightBytes ?? 0
    guard block < sharedWeights.uses.count else { return all }
    return sharedWeights.uses[block].reduce(all) { left, use in
      let isKnown = sharedWeights.users[use.tensor].contains { $0 < block && isThere($0) }
      return isKnown ? left - use.bytes[element] : left
    }
  }
}
