import NetworkModel
import ONNXFormat

/// A factor and a summand for each channel: what a BatchNormalization, a bias and a scale have in common.
struct ChannelAffine {
  var factors: [Double]
  var summands: [Double]
  /// Why the values are not known, where the file leaves them out; the numbers then mean nothing.
  var absence: String?
}

extension ChannelAffine {
  /// Channels beyond this number are left unfolded; no network has as many.
  private static let largestChannelCount = 1 << 24

  /// The affine map that a layer is, if it is one; the values of its constants may be absent.
  init?(_ layer: Layer) throws {
    let count = layer.channelCount
    guard layer.channelAxis == 1, count <= Self.largestChannelCount, layer.valueTypes.count == 1,
      layer.outputs[0].elementType == .float
    else { return nil }
    switch layer.node.opType {
    case "BatchNormalization": try self.init(batchNormalization: layer, count: count)
    case "Add":
      guard let constant = Self.channelConstant(layer) else { return nil }
      self.init(
        factors: [Double](repeating: 1, count: count), summands: constant.values,
        absence: constant.absence)
    case "Mul":
      guard let constant = Self.channelConstant(layer) else { return nil }
      self.init(
        factors: constant.values, summands: [Double](repeating: 0, count: count),
        absence: constant.absence)
    default: return nil
    }
  }

  /// ONNX, BatchNormalization: y = (x − mean) / √(variance + ε) · scale + bias.
  private init?(batchNormalization layer: Layer, count: Int) throws {
    guard layer.outputs.count == 1, try layer.node.int("training_mode", default: 0) == 0 else {
      return nil
    }
    let operands = (1...4).compactMap { Self.values(layer, operand: $0, count: count) }
    guard operands.count == 4 else { return nil }
    if let absence = operands.lazy.compactMap(\.absence).first {
      let ones = [Double](repeating: 1, count: count)
      self.init(factors: ones, summands: ones, absence: absence)
      return
    }
    let (scale, offset) = (operands[0].values, operands[1].values)
    let (mean, variance) = (operands[2].values, operands[3].values)
    let epsilon = Double(try layer.node.float("epsilon", default: 1e-5))
    let factors = (0..<count).map { scale[$0] / (variance[$0] + epsilon).squareRoot() }
    let summands = (0..<count).map { offset[$0] - mean[$0] * factors[$0] }
    guard (factors + summands).allSatisfy(\.isFinite) else { return nil }
    self.init(factors: factors, summands: summands)
  }

  /// The one constant of a layer, where it has one value per channel.
  private static func channelConstant(_ layer: Layer) -> Constant? {
    let rank = layer.outputs[0].shape.count
    for (index, operand) in layer.operands.enumerated() {
      guard case .constant(let tensor) = operand else { continue }
      let shape =
        [Int](repeating: 1, count: max(0, rank - tensor.type.shape.count))
        + tensor.type.shape
      let isOnePerChannel = shape.enumerated().allSatisfy { $1 == 1 || $0 == 1 }
      guard shape.count == rank, isOnePerChannel else { return nil }
      guard var constant = values(layer, operand: index, count: tensor.type.count) else {
        return nil
      }
      if constant.values.count == 1 {
        constant.values = [Double](repeating: constant.values[0], count: layer.channelCount)
      }
      return constant
    }
    return nil
  }

  /// The values of a constant, or why they are not known.
  private struct Constant {
    var values: [Double]
    var absence: String?
  }

  private static func values(_ layer: Layer, operand: Int, count: Int) -> Constant? {
    guard layer.operands.indices.contains(operand),
      case .constant(let tensor) = layer.operands[operand], tensor.type.count == count,
      tensor.type.elementType == .float
    else { return nil }
    if case .absent(let reason) = tensor.storage {
      return Constant(
        values: [Double](repeating: 1, count: count),
        absence: "it is folded with \(tensor.name): \(reason)")
    }
    return (try? tensor.floatValues()).map { Constant(values: $0.map { Double($0) }) }
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
    var absence = affine.absence
    var bias = [Double](repeating: 0, count: channelCount)
    if operands.count > 2, case .constant(let old) = operands[2] {
      if case .absent(let reason) = old.storage {
        absence = reason
      } else {
        guard let values = try? old.floatValues() else { return nil }
        bias = values.map { Double($0) }
      }
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
    var newBias = Tensor(
      name: freeName("bias"), shape: [channelCount], float: bias.map { Float($0) })
    if let absence {
      newBias.storage = .absent(absence)
      if case .absent = weights.storage {} else { scaled.storage = .absent(absence) }
    } else if affine.factors.contains(where: { $0 != 1 }) {
      scaled.name = freeName("weights")
      scaled.storage = .scaledRows(weights, by: affine.factors.map { Float($0) })
    }
    return Layer(
      name: name, alias: alias, node: node,
      operands: [operands[0], .constant(scaled), .constant(newBias)], outputs: outputs,
      kind: kind, channelAxis: channelAxis)
  }
}
