import ONNXFormat
import ONNXSchema

extension Layer {
  /// Which channels of a value operand one kernel reads, more exactly than ``need(channels:)`` where
  /// the layer reads several values: a sum reads of each the channel it makes.
  func reading(ofValue type: TensorType, output: Int) -> NeuronReading {
    switch kind {
    case .convolution(let convolution) where convolution.groups > 1:
      return .groups(
        kernels: channelCount / convolution.groups, channels: convolution.inputsPerGroup)
    case .channelWindow(let size):
      // ONNX, LRN: channel c reads c - floor((size-1)/2) ... c + ceil((size-1)/2).
      return .window(before: (size - 1) / 2, after: size / 2)
    case .pooling, .normalization, .elementwise: return .window(before: 0, after: 0)
    case .combination, .placement, .other:
      return readsOwnChannel(ofValue: type, output) ? .window(before: 0, after: 0) : .all
    case .mixing where mixesBehindChannels(type): return .window(before: 0, after: 0)
    default: return .all
    }
  }

  /// Whether kernel *c* of a layer reads only channel *c* of an operand that has as many.
  private func readsOwnChannel(ofValue type: TensorType, _ output: Int) -> Bool {
    guard let axis = operandAxis(ofValue: type), type.shape[axis] == channelCount else {
      return false
    }
    switch kind {
    case .combination: return true
    case .placement: return type.shape == outputs[output].shape
    default: return node.opType == "Resize" || node.opType == "Upsample"
    }
  }

  /// Whether a layer that mixes elements only does so within each channel: along axes behind it.
  private func mixesBehindChannels(_ type: TensorType) -> Bool {
    let rank = type.shape.count
    let fallback: Int
    switch node.opType {
    case "LayerNormalization", "RMSNormalization", "LpNormalization": fallback = -1
    // Without the attribute the axis depends on the version of the operator.
    case "Softmax", "LogSoftmax", "Hardmax": fallback = 0
    default: return false
    }
    guard type.shape == outputs[0].shape, let axis = try? node.int("axis", default: fallback) else {
      return false
    }
    return (axis < 0 ? axis + rank : axis) > channelAxis
  }

  /// The axis of a value operand that faces the layer's channels, where it has one: shapes that are
  /// broadcast are lined up at their ends.
  func operandAxis(ofValue type: TensorType) -> Int? {
    let axis = channelAxis - outputs[0].shape.count + type.shape.count
    return type.shape.indices.contains(axis) ? axis : nil
  }
}

extension LayerKind {
  /// Whether the layer's channels are feature maps; those of a matrix product are one node.
  var makesMaps: Bool {
    switch self {
    case .dense, .product: false
    default: true
    }
  }
}

extension TensorType {
  /// Whether there is something behind the channels that can be called a map.
  func hasMaps(axis: Int) -> Bool { shape.count >= 3 && axis < shape.count - 1 }
}
