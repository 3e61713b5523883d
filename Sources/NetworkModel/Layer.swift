package import ONNXFormat

/// One operator of the network with its constants: what the blocks of a graph compute parts of.
package struct Layer: Sendable {
  /// The name in the network.
  package let name: String
  /// A name by kind and position, as `conv2` for the second convolution.
  package let alias: String
  /// The operator and its attributes, as in the network's file.
  package let node: ONNXNode
  /// The inputs in the order of the operator.
  package let operands: [Operand]
  /// The types of the outputs of the whole layer.
  package let outputs: [TensorType]
  /// What kind of computation it is.
  package let kind: LayerKind
  /// The axis of the first output along which the layer's kernels lie.
  package let channelAxis: Int
  /// Whether a split made the layer, to add up partial sums; it may then be computed only in part.
  package let addsParts: Bool

  /// One input of a layer.
  package enum Operand: Sendable {
    /// The output of another layer or an input of the network, of this type.
    case value(TensorType)
    /// Weights or another constant.
    case constant(Tensor)
    /// An optional input that is left out.
    case omitted
  }

  /// A layer with all its parts.
  package init(
    name: String, alias: String, node: ONNXNode, operands: [Operand], outputs: [TensorType],
    kind: LayerKind, channelAxis: Int, addsParts: Bool = false
  ) {
    self.name = name
    self.alias = alias
    self.node = node
    self.operands = operands
    self.outputs = outputs
    self.kind = kind
    self.channelAxis = channelAxis
    self.addsParts = addsParts
  }
}

extension Layer {
  /// The number of kernels: the size of the first output along the channel axis.
  package var channelCount: Int {
    let shape = outputs[0].shape
    return channelAxis < shape.count ? shape[channelAxis] : 1
  }

  /// All kernels of the layer.
  package var allChannels: Range<Int> { 0..<channelCount }

  /// The types of the operands that are values, in order.
  package var valueTypes: [TensorType] {
    operands.compactMap { if case .value(let type) = $0 { type } else { nil } }
  }

  /// The part of a constant operand that a range of the kernels needs.
  func constant(_ tensor: Tensor, at operand: Int, channels: Range<Int>) -> Tensor {
    guard channels != allChannels, let axis = constantAxis(tensor, at: operand) else {
      return tensor
    }
    return tensor.sliced(axis: axis, channels)
  }

  /// The axis of a constant operand that runs along the layer's kernels, if one does.
  private func constantAxis(_ tensor: Tensor, at operand: Int) -> Int? {
    let shape = tensor.type.shape
    let axis: Int
    switch kind {
    case .convolution, .normalization: axis = 0
    case .dense(let dense) where operand == dense.weightOperand: axis = dense.kernelAxis
    case .dense: axis = shape.count - 1
    case .elementwise: axis = shape.count - (outputs[0].shape.count - channelAxis)
    default: return nil
    }
    guard shape.indices.contains(axis), shape[axis] == channelCount else { return nil }
    return axis
  }
}
