import ONNXFormat

/// The work of one inference: 1 multiply-accumulate counts as two operations.
package struct Work: Hashable, Sendable {
  /// Multiply-accumulates of convolutions and matrix products.
  package var macs: Int
  /// All operations, two for each multiply-accumulate.
  package var operations: Int

  /// Work from its multiply-accumulates and all of its operations.
  package init(macs: Int = 0, operations: Int = 0) {
    self.macs = macs
    self.operations = operations
  }

  /// The sum of both kinds of work.
  package static func + (left: Work, right: Work) -> Work {
    Work(macs: left.macs + right.macs, operations: left.operations + right.operations)
  }
}

extension Layer {
  /// The most operations a network may have, so that sums of them stay far from overflow.
  package static let largestOperationCount = Int128(1) << 60

  /// The work of a part of the layer.
  ///
  /// Convolutions and matrix products count their multiply-accumulates, poolings the elements of
  /// their windows, LRN the channels of its window for every element; what works element by element
  /// counts one operation each, and what only moves data none.
  ///
  /// - Precondition: The layer's work is below ``largestOperationCount``, which import checks.
  package func work(of part: LayerPart) -> Work {
    let operations = Int(exactOperations(of: part))
    switch kind {
    case .convolution, .dense, .product: return Work(macs: operations / 2, operations: operations)
    case .other(let work): return work
    default: return Work(operations: operations)
    }
  }

  /// The operations of a part of the layer, however many.
  package func exactOperations(of part: LayerPart) -> Int128 {
    let elements = Int128(outputType(of: part).count)
    switch kind {
    case .convolution, .dense: return 2 * elements * Int128(depth(of: part))
    case .product(let depth): return 2 * elements * Int128(depth)
    case .pooling(let window): return elements * Int128(window)
    case .channelWindow(let size): return elements * Int128(size)
    case .elementwise, .normalization, .mixing: return elements
    case .combination: return elements * Int128(max(1, valueTypes.count - 1))
    case .reduction: return valueTypes.reduce(0) { $0 + Int128($1.count) }
    case .other(let work): return Int128(work.operations)
    case .movement, .placement: return 0
    }
  }

  /// The multiply-accumulates per output element of a part of a convolution or dense layer; 0 for
  /// every other layer.
  private func depth(of part: LayerPart) -> Int {
    switch kind {
    case .convolution(let convolution):
      guard let inputs = part.inputs else { return convolution.depth }
      return convolution.depth / convolution.inputsPerGroup * inputs.count
    case .dense(let dense): return part.inputs?.count ?? dense.depth
    default: return 0
    }
  }
}
