import ONNXFormat

/// What kind of computation a layer is: how much it computes, and what a range of its kernels reads.
package enum LayerKind: Hashable, Sendable {
  /// A convolution with constant weights.
  case convolution(Convolution)
  /// A matrix product with constant weights: every output reads every input.
  case dense(Dense)
  /// A matrix product of two computed values; multiply-accumulates per output element.
  case product(depth: Int)
  /// A pooling; the number of elements in its window.
  case pooling(window: Int)
  /// A normalization over neighboring channels (LRN); the number of channels in its window.
  case channelWindow(size: Int)
  /// An operator on each element alone, or on each element and a constant of its channel.
  case elementwise
  /// A normalization of each channel by constants.
  case normalization
  /// An element-wise operator on two or more computed values.
  case combination
  /// A softmax or another operator that mixes all channels; one operation per element.
  case mixing
  /// A reduction; one operation per input element.
  case reduction
  /// Only moves its input, and costs the bytes it moves.
  case movement
  /// Several values side by side along an axis, or one value in several parts.
  case placement
  /// Another operator, with the work of one inference of the whole layer; none where it is not known.
  case other(Work)

  /// The shape of a convolution.
  package struct Convolution: Hashable, Sendable {
    /// Independent groups of channels.
    package var groups: Int
    /// Multiply-accumulates per output element.
    package var depth: Int
    /// Input channels of one group.
    package var inputsPerGroup: Int

    /// A convolution in groups of channels.
    package init(groups: Int, depth: Int, inputsPerGroup: Int) {
      self.groups = groups
      self.depth = depth
      self.inputsPerGroup = inputsPerGroup
    }
  }

  /// The shape of a matrix product with constant weights.
  package struct Dense: Hashable, Sendable {
    /// Multiply-accumulates per output element.
    package var depth: Int
    /// The index of the operand that holds the weights.
    package var weightOperand: Int
    /// The axis of the weights that runs along the outputs.
    package var kernelAxis: Int

    /// A product with weights.
    package init(depth: Int, weightOperand: Int, kernelAxis: Int) {
      self.depth = depth
      self.weightOperand = weightOperand
      self.kernelAxis = kernelAxis
    }
  }
}
