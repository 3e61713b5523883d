import NetworkModel
import ONNXFormat

/// A factor and a summand for each channel: what a BatchNormalization, a bias and a scale have in common.
struct ChannelAffine {
  var factors: [Double]
  var summands: [Double]
}

extension ChannelAffine {
  /// Channels beyond this number are left unfolded; no network has as many.
  private static let largestChannelCount = 1 << 24

  /// The affine map that a layer is, if it is one whose constants have values.
  init?(_ layer: Layer) throws {
    let count = layer.channelCount
    guard layer.channelAxis == 1, count <= Self.largestChannelCount, layer.valueTypes.count == 1,
      layer.outputs[0].elementType == .float
    else { return nil }
    switch layer.node.opType {
    case "BatchNormalization": try self.init(batchNormalization: layer, count: count)
    case "Add":
      guard let values = Self.channelConstant(layer) else { return nil }
      self.init(factors: [Double](repeating: 1, count: count), summands: values)
    case "Mul":
      guard let values = Self.channelConstant(layer) else { return nil }
      self.init(factors: values, summands: [Double](repeating: 0, count: count))
    default: return nil
    }
  }

  /// ONNX, BatchNormalization: y = (x − mean) / √(variance + ε) · scale + bias.
  private init?(batchNormalization layer: Layer, count: Int) throws {
    guard layer.outputs.count == 1, try layer.node.int("training_mode", default: 0) == 0 else {
      return nil
    }
    let constants = (1...4).compactMap { Self.values(layer, operand: $0, count: count) }
    guard constants.count == 4 else { return nil }
    let epsilon = Double(try layer.node.float("epsilon", default: 1e-5))
    factors = (0..<count).map { constants[0][$0] / (constants[3][$0] + epsilon).squareRoot() }
    summands = []
    for channel in 0..<count {
      summands.append(constants[1][channel] - constants[2][channel] * factors[channel])
    }
    guard (factors + summands).allSatisfy(\.isFinite) else { return nil }
  }

  /// The one constant of a layer, where it has one value per channel.
  private static func channelConstant(_ layer: Layer) -> [Double]? {
    let rank = layer.outputs[0].shape.count
    for (index, operand) in layer.operands.enumerated() {
      guard case .constant(let tensor) = operand else { continue }
      let shape =
        [Int](repeating: 1, count: max(0, rank - tensor.type.shape.count))
        + tensor.type.shape
      let isOnePerChannel = shape.enumerated().allSatisfy { $1 == 1 || $0 == 1 }
      guard shape.count == rank, isOnePerChannel else { return nil }
      guard let values = values(layer, operand: index, count: tensor.type.count) else { return nil }
      return values.count == 1
        ? [Double](repeating: values[0], count: layer.channelCount) : values
    }
    return nil
  }

  private static func values(_ layer: Layer, operand: Int, count: Int) -> [Double]? {
    guard layer.operands.indices.contains(operand),
      case .constant(let tensor) = layer.operands[operand], tensor.type.count == count,
      tensor.type.elementType == .float, let values = try? tensor.floatValues()
    else { return nil }
    return values.map { Double($0) }
  }
}

extension Layer {
  /// This convolution with an affine map behind it folded into its weights and bias, or nil where
  /// it is not a convolution with float weights.
  ///
  /// The scaled weights are a view of the old ones; they are computed when they are written.
  ///
  /// - Parameter isTaken: Whether another constant has a name.
  func absorbing(_ affine: ChannelAffine, isTaken: (String) -> Bool) -> Layer? {
    guard case .convolution = kind, operands.count >= 2,
      case .constant(let weights) = operands[1], weights.type.elementType == .float
    else { return nil }
    var bias = [Double](repeating: 0, count: channelCount)
    if operands.count > 2, case .constant(let old) = operands[2] {
      guard let values = try? old.floatValues() else { return nil }
      bias = values.map { Double($0) }
    }
    for channel in bias.indices {
      bias[channel] = bias[channel] * affine.factors[channel] + affine.summands[channel]
    }
    func freeName(_ role: String) -> String {
      var candidate = "\(name)_folded_\(role)"
      while isTaken(candidate) { candidate += "_" }
      return candidate
    }
    var scaled = weights
    if affine.factors.contains(where: { $0 != 1 }) {
      scaled.name = freeName("weights")
      scaled.storage = .scaledRows(weights, by: affine.factors.map { Float($0) })
    }
    let newBias = Tensor(
      name: freeName("bias"), shape: [channelCount], float: bias.map { Float($0) })
    return Layer(
      name: name, alias: alias, node: node,
      operands: [operands[0], .constant(scaled), .constant(newBias)], outputs: outputs,
      kind: kind, channelAxis: channelAxis)
  }
}
