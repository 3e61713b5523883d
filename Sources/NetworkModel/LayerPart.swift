package import ONNXFormat

/// What of a layer is computed: ranges of its kernels, of its lines, and of the inputs that are summed.
package struct LayerPart: Hashable, Sendable {
  /// The range of the kernels.
  package var channels: Range<Int>
  /// The lines of the output; nil for all.
  package var lines: Range<Int>?
  /// Which inputs the sums run over, for a convolution channels of its group, for a dense layer
  /// elements: a partial sum, which holds the bias where it begins with the first; nil for all.
  package var inputs: Range<Int>?

  /// A part of some channels; without lines or inputs, of all of them.
  package init(channels: Range<Int>, lines: Range<Int>? = nil, inputs: Range<Int>? = nil) {
    self.channels = channels
    self.lines = lines
    self.inputs = inputs
  }

  /// The axis of the lines in batch × channels × lines × columns.
  package static let lineAxis = 2
}

extension Layer {
  /// All of the layer.
  package var whole: LayerPart { LayerPart(channels: allChannels) }

  /// The type of the first output for a part of the layer.
  package func outputType(of part: LayerPart) -> TensorType {
    var type = outputs[0]
    if channelAxis < type.shape.count { type.shape[channelAxis] = part.channels.count }
    if let lines = part.lines { type.shape[LayerPart.lineAxis] = lines.count }
    return type
  }

  /// The number of lines of the whole output; nil where it is not batch × channels × lines × columns.
  package var lineCount: Int? {
    channelAxis == 1 && outputs[0].shape.count == 4 ? outputs[0].shape[LayerPart.lineAxis] : nil
  }

  /// The number of inputs that every sum of a convolution or dense layer runs over; nil for every
  /// other layer.
  package var inputCount: Int? {
    switch kind {
    case .convolution(let convolution): convolution.inputsPerGroup
    case .dense(let dense): dense.depth
    default: nil
    }
  }

  /// What a part of the layer needs of a constant operand; nil where it needs nothing of it, as a
  /// partial sum needs no bias.
  package func constant(_ tensor: Tensor, at operand: Int, of part: LayerPart) -> Tensor? {
    var needed = constant(tensor, at: operand, channels: part.channels)
    if let inputs = part.inputs, let axis = inputAxis(ofOperand: operand) {
      needed = needed.sliced(axis: axis, inputs)
    } else if let inputs = part.inputs, inputs.lowerBound > 0 {
      return nil
    }
    if let lines = part.lines, let axis = lineAxis(of: needed) {
      needed = needed.sliced(axis: axis, lines)
    }
    return needed
  }

  /// The axis of an operand that holds weights along which the inputs lie.
  private func inputAxis(ofOperand operand: Int) -> Int? {
    switch kind {
    case .convolution where operand == 1: 1
    case .dense(let dense) where operand == dense.weightOperand: 1 - dense.kernelAxis
    default: nil
    }
  }

  /// The axis of a constant that runs along the lines, if one does.
  private func lineAxis(of constant: Tensor) -> Int? {
    switch kind {
    case .elementwise, .combination:
      let axis = constant.type.shape.count - 2
      return axis >= 0 && lineCount != 1 && constant.type.shape[axis] == lineCount ? axis : nil
    default: return nil
    }
  }
}
