/// One operator or a fused sequence of operators, as a platform lists it: `conv`, `conv+pool+relu`.
package struct OperatorPattern: Hashable, Sendable {
  /// The operator names in the order of execution, lower case; never empty.
  package let operators: [String]

  /// Reads a name whose operators are joined by `+` or `_`, whatever its case.
  ///
  /// Returns nil when an operator name is empty, as in `conv+`.
  package init?(_ text: String) {
    let names = text.lowercased().split(omittingEmptySubsequences: false) { $0 == "+" || $0 == "_" }
      .map { name in String(name.drop(while: \.isWhitespace).trimmingTrailingWhitespace) }
    guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
    operators = names
  }
}

extension OperatorPattern {
  /// The pattern `*`, which covers every single operator.
  package static let any = OperatorPattern(operators: ["*"])

  private init(operators: [String]) { self.operators = operators }

  /// Whether hardware that computes this pattern also computes `block` in one go.
  ///
  /// It does when `block` starts with the pattern's first operator and its other operators are
  /// among the pattern's others in the pattern's order, where neighboring ReLU and max-pool may
  /// change places: the maximum commutes with a function that never decreases, not so the average.
  /// `pool` in a pattern stands for every pooling; `pool` in a block is a max-pool; `gemm`, `matmul`
  /// and `dense` in a pattern stand for `fc`, and `*` for any operator.
  ///
  /// - Complexity: O(operators of the pattern · operators of the block).
  package func covers(_ block: OperatorPattern) -> Bool {
    guard Self.covers(operators[0], block.operators[0]) else { return false }
    var offered = operators.dropFirst()
    var wanted = block.operators.dropFirst()
    while !wanted.isEmpty {
      // A run of operators that commute is taken in any order, the earliest on offer.
      let length = max(1, wanted.prefix(while: Self.commutes).count)
      var run = Array(wanted.prefix(length))
      wanted = wanted.dropFirst(length)
      while !run.isEmpty {
        guard let next = offered.popFirst() else { return false }
        if let index = run.firstIndex(where: { Self.covers(next, $0) }) { run.remove(at: index) }
      }
    }
    return true
  }

  private static func covers(_ listed: String, _ name: String) -> Bool {
    switch listed {
    case name, "*": true
    case "gemm", "matmul", "dense": name == "fc"
    case "pool": name == "maxpool" || unorderedPools.contains(name)
    case "maxpool": name == "pool"
    default: false
    }
  }

  /// Whether an operator of a block may change places with such a neighbor.
  private static func commutes(_ name: String) -> Bool {
    name == "relu" || name == "pool" || name == "maxpool"
  }

  /// Poolings that a listed `pool` computes but that keep their place.
  private static let unorderedPools: Set<String> = [
    "averagepool", "globalaveragepool", "globalmaxpool",
  ]
}

extension OperatorPattern: CustomStringConvertible {
  /// The operators joined by `+`, as in `conv+relu`.
  package var description: String { operators.joined(separator: "+") }
}

extension Substring {
  fileprivate var trimmingTrailingWhitespace: Substring {
    self[..<(lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex)]
  }
}
