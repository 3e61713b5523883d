package import ONNXFormat
import ONNXSchema

extension Layer {
  /// The number of weights and other constants that a range of the kernels uses.
  package func parameters(channels: Range<Int>) -> Int {
    constants(of: LayerPart(channels: channels)).reduce(0) { $0 + $1.type.count }
  }

  /// The constants that a part of the layer uses: weights, and tables of which values are taken.
  ///
  /// What says how to compute or to move (axes, indices, sizes, bounds) is none of them.
  package func constants(of part: LayerPart) -> [Tensor] {
    dataOperands.compactMap { constant($0.tensor, at: $0.index, of: part) }
  }

  /// The types of the constants that an inference reads for a part of the layer: all of a weight, of
  /// a table at most as many elements as are looked up in it.
  package func constantReads(of part: LayerPart) -> [TensorType] {
    dataOperands.compactMap { index, tensor in
      guard let needed = constant(tensor, at: index, of: part)?.type else { return nil }
      guard lookUps[node.opType]?.contains(index) == true else { return needed }
      let count = min(needed.count, outputType(of: part).count)
      return TensorType(needed.elementType, [count])
    }
  }

  /// Whether the layer takes no time on any element: it places values side by side, all of them
  /// computed, so that they are written there in the first place.
  package var isFree: Bool { kind == .placement && dataOperands.isEmpty }

  /// The operands that are constants and data, with their places among the operands.
  private var dataOperands: [(index: Int, tensor: Tensor)] {
    operands.enumerated().compactMap { index, operand in
      guard case .constant(let tensor) = operand, isData(tensor, at: index) else { return nil }
      return (index, tensor)
    }
  }

  private func isData(_ tensor: Tensor, at operand: Int) -> Bool {
    switch kind {
    case .pooling, .reduction: return false
    case .movement, .placement:
      return node.opType == "Concat" || movedOperands[node.opType, default: [0]].contains(operand)
    default:
      guard !tensor.type.shape.isEmpty else { return false }
      return hints[node.opType]?.contains(operand) != true
    }
  }
}

/// Of operators that move values, the operands that hold what is moved; of all others the first. A
/// `Concat` moves all.
private let movedOperands: [String: Set<Int>] = [
  "ScatterND": [0, 2], "ScatterElements": [0, 2], "Scatter": [0, 2], "TensorScatter": [0, 1],
  "OneHot": [], "EyeLike": [],
]

/// Of operators that compute, the operands that say how: sizes, factors of sizes, positions.
private let hints: [String: Set<Int>] = [
  "Resize": [1, 2, 3], "Upsample": [1], "AffineGrid": [1], "Col2Im": [1, 2], "CumSum": [1],
  "CumProd": [1], "RotaryEmbedding": [3], "LSTM": [4], "GRU": [4], "RNN": [4], "Clip": [1, 2],
  "RoiAlign": [2],
]

/// The operands of which an inference reads only the elements that others point at.
private let lookUps: [String: Set<Int>] = [
  "Gather": [0], "GatherElements": [0], "GatherND": [0], "RotaryEmbedding": [1, 2],
]
