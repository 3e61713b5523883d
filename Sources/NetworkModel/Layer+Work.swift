import ONNXFormat

/// The work of one inference: 1 multiply-accumulate counts as two operations.
package struct Work: Hashable, Sendable {
  /// Multiply-accumulates of convolutions and matrix products.
  package var macs: Int
  /// All operations, two for each multiply-accumulate.
  package var operations: Int

  package init(macs: Int = 0, operations: Int = 0) {
    self.macs = macs
    self.operations = operations
  }

  package static func + (left: Work, right: Work) -> Work {
    Work(macs: left.macs + right.macs, operations: left.operations + right.operations)
  }
}

extension Layer {
  /// The work of a range of the kernels.
  ///
  /// Convolutions and matrix products count their multiply-accumulates, poolings the elements of
  /// their windows, LRN the channels of its window for every element; what works element by element
  /// counts one operation each, and what only moves data none.
  package func work(channels: Range<Int>) -> Work {
    let elements = outputType(channels: channels).count
    switch kind {
    case .convolution(let convolution): return multiplying(elements, convolution.depth)
    case .dense(let dense): return multiplying(elements, dense.depth)
    case .product(let depth): return multiplying(elements, depth)
    case .pooling(let window): return Work(operations: elements * window)
    case .channelWindow(let size): return Work(operations: elements * size)
    case .elementwise, .normalization, .mixing: return Work(operations: elements)
    case .combination: return Work(operations: elements * max(1, valueTypes.count - 1))
    case .reduction: return Work(operations: valueTypes.reduce(0) { $0 + $1.count })
    case .other(let work): return work
    case .movement, .placement: return Work()
    }
  }

  /// The number of weights and other constants that a range of the kernels uses.
  package func parameters(channels: Range<Int>) -> Int {
    constants(channels: channels).reduce(0) { $0 + $1.type.count }
  }

  /// The constants that a range of the kernels uses.
  package func constants(channels: Range<Int>) -> [Tensor] {
    operands.enumerated().compactMap { index, operand in
      guard case .constant(let tensor) = operand, !isParameter(tensor) else { return nil }
      return constant(tensor, at: index, channels: channels)
    }
  }

  /// Whether a constant says how to compute (axes, sizes, bounds) rather than being a weight.
  private func isParameter(_ tensor: Tensor) -> Bool {
    switch kind {
    case .movement, .placement, .pooling, .reduction: true
    default: tensor.type.shape.isEmpty && tensor.type.count == 1
    }
  }

  private func multiplying(_ elements: Int, _ depth: Int) -> Work {
    Work(macs: elements * depth, operations: 2 * elements * depth)
  }
}
