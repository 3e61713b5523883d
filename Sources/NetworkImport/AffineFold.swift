import NetworkModel
import ONNXFormat
import ONNXSchema

/// A factor and a summand for each channel: what a BatchNormalization, a bias and a scale have in common.
enum ChannelAffine {
  /// The numbers, for each channel one.
  case known(factors: [Double], summands: [Double])
  /// Operators make the numbers of constants when the network runs: vectors, nil where they change nothing.
  case computed(factors: Tensor?, summands: Tensor?)
  /// The file leaves the numbers out, and why.
  case absent(String)
}

extension ChannelAffine {
  /// Channels beyond this number are left unfolded; no network has as many.
  private static let largestChannelCount = 1 << 24

  /// The affine map that a layer is, if it is one.
  ///
  /// - Parameter freeName: Makes a name that no constant has of one that is asked for.
  init?(_ layer: Layer, freeName: (String) -> String) throws {
    guard layer.channelAxis == 1, layer.channelCount <= Self.largestChannelCount,
      layer.valueTypes.count == 1, layer.outputs[0].elementType == .float
    else { return nil }
    switch layer.node.opType {
    case "BatchNormalization": try self.init(batchNormalization: layer, freeName: freeName)
    case "Add", "Mul":
      guard let vector = Self.channelConstant(layer, freeName) else { return nil }
      try self.init(layer.node.opType, by: vector, count: layer.channelCount)
    default: return nil
    }
  }

  /// ONNX, BatchNormalization: y = (x − mean) / √(variance + ε) · scale + bias.
  private init?(
    batchNormalization layer: Layer, freeName: (String) -> String
  ) throws {
    guard layer.outputs.count == 1, try layer.node.int("training_mode", default: 0) == 0 else {
      return nil
    }
    let count = layer.channelCount
    let operands = (1...4).compactMap { Self.vector(layer, operand: $0, count: count) }
    guard operands.count == 4 else { return nil }
    let epsilon = try layer.node.float("epsilon", default: 1e-5)
    if let absence = operands.lazy.compactMap(Self.foldedAbsence).first {
      self = .absent(absence)
      return
    }
    if operands.contains(where: \.isComputed) {
      self = Self.normalization(operands, epsilon: epsilon) {
        freeName("\(layer.name)_\($0)")
      }
      return
    }
    let values = try operands.map { try $0.floatValues().map { Double($0) } }
    let (scale, offset, mean, variance) = (values[0], values[1], values[2], values[3])
    let factors = (0..<count).map { scale[$0] / (variance[$0] + Double(epsilon)).squareRoot() }
    let summands = (0..<count).map { offset[$0] - mean[$0] * factors[$0] }
    guard (factors + summands).allSatisfy(\.isFinite) else { return nil }
    self = .known(factors: factors, summands: summands)
  }

  /// The factors and summands of a normalization as operators make them of its constants.
  private static func normalization(
    _ operands: [Tensor], epsilon: Float, freeName: (String) -> String
  ) -> ChannelAffine {
    let (scale, offset, mean, variance) = (operands[0], operands[1], operands[2], operands[3])
    let small = Tensor(
      name: freeName("epsilon"), type: variance.type,
      storage: .splat(withUnsafeBytes(of: epsilon) { Array($0) }))
    let shifted = Tensor(named: freeName("shifted"), "Add", variance, small)
    let deviation = Tensor(named: freeName("deviation"), "Sqrt", shifted)
    let factors = Tensor(named: freeName("factors"), "Div", scale, deviation)
    let moved = Tensor(named: freeName("moved"), "Mul", mean, factors)
    let summands = Tensor(named: freeName("summands"), "Sub", offset, moved)
    return .computed(factors: factors, summands: summands)
  }

  /// A vector that is added to the channels, or that they are multiplied with.
  private init(_ operatorName: String, by vector: Tensor, count: Int) throws {
    let isFactor = operatorName == "Mul"
    if let absence = Self.foldedAbsence(vector) {
      self = .absent(absence)
      return
    }
    if vector.isComputed {
      self = .computed(factors: isFactor ? vector : nil, summands: isFactor ? nil : vector)
      return
    }
    var values = try vector.floatValues().map { Double($0) }
    if values.count == 1 { values = [Double](repeating: values[0], count: count) }
    let neutral = [Double](repeating: isFactor ? 0 : 1, count: count)
    self = .known(
      factors: isFactor ? values : neutral, summands: isFactor ? neutral : values)
  }

  /// The one constant of a layer as a vector, where it has one value per channel.
  private static func channelConstant(
    _ layer: Layer, _ freeName: (String) -> String
  ) -> Tensor? {
    let rank = layer.outputs[0].shape.count
    for (index, operand) in layer.operands.enumerated() {
      guard case .constant(let tensor) = operand else { continue }
      let shape =
        [Int](repeating: 1, count: max(0, rank - tensor.type.shape.count))
        + tensor.type.shape
      let isOnePerChannel = shape.enumerated().allSatisfy { $1 == 1 || $0 == 1 }
      guard shape.count == rank, isOnePerChannel,
        var vector = vector(layer, operand: index, count: tensor.type.count)
      else { return nil }
      // A number that is computed would have to be repeated.
      guard !vector.isComputed || vector.type.count == layer.channelCount else { return nil }
      if vector.type.shape.count != 1 { vector.name = freeName("\(vector.name)_vector") }
      return vector.reshaped([vector.type.count])
    }
    return nil
  }

  /// Why the values of what is folded are not there; nil where they are.
  private static func foldedAbsence(_ tensor: Tensor) -> String? {
    tensor.absence.map { "it is folded with \(tensor.name): \($0)" }
  }

  private static func vector(_ layer: Layer, operand: Int, count: Int) -> Tensor? {
    guard layer.operands.indices.contains(operand),
      case .constant(let tensor) = layer.operands[operand], tensor.type.count == count,
      tensor.type.elementType == .float
    else { return nil }
    return tensor
  }
}

extension ChannelAffine {
  /// Why the numbers are not there; nil where they are.
  fileprivate var absence: String? { if case .absent(let reason) = self { reason } else { nil } }

  /// The factors as a vector; nil where they change nothing.
  fileprivate func factorVector(_ freeName: (String) -> String) -> Tensor? {
    switch self {
    case .absent: return nil
    case .computed(let factors, _): return factors
    case .known(let factors, _):
      guard factors.contains(where: { $0 != 1 }) else { return nil }
      return Tensor(
        name: freeName("factors"), shape: [factors.count], float: factors.map { Float($0) })
    }
  }

  /// The summands as a vector.
  fileprivate func summandVector(_ count: Int, _ freeName: (String) -> String) -> Tensor {
    var values = [Float](repeating: 0, count: count)
    switch self {
    case .computed(_, let summands?): return summands
    case .known(_, let summands): values = summands.map { Float($0) }
    case .computed, .absent: break
    }
    return Tensor(name: freeName("summands"), shape: [count], float: values)
  }
}

extension Layer {
  /// This convolution with an affine map behind it folded into its weights and bias, or nil where
  /// it is not a convolution with float weights.
  ///
  /// The scaled weights are a view of the old ones; they are computed when they are written.
  ///
  /// - Parameter freeName: Makes a name that no constant has of one that is asked for.
  func absorbing(_ affine: ChannelAffine, freeName: (String) -> String) -> Layer? {
    guard case .convolution = kind, operands.count >= 2,
      case .constant(let weights) = operands[1], weights.type.elementType == .float
    else { return nil }
    var old: Tensor?
    if operands.count > 2, case .constant(let bias) = operands[2] { old = bias }
    guard old?.type.elementType ?? .float == .float else { return nil }
    func named(_ role: String) -> String { freeName("\(name)_folded_\(role)") }

    var scaled = weights
    var bias: Tensor
    if let absence = affine.absence ?? old?.absence {
      if weights.absence == nil { scaled.storage = .absent(absence) }
      bias = Tensor(
        name: named("bias"), type: TensorType(.float, [channelCount]), storage: .absent(absence))
    } else {
      let factors = affine.factorVector(named)
      if let factors {
        scaled = Tensor(
          name: named("weights"), type: weights.type, storage: .scaledRows(weights, by: factors))
      }
      guard let moved = moved(old, by: affine, factors, named) else { return nil }
      bias = moved
    }
    return Layer(
      name: name, alias: alias, node: node,
      operands: [operands[0], .constant(scaled), .constant(bias)], outputs: outputs,
      kind: kind, channelAxis: channelAxis)
  }

  /// The bias behind an affine map, in numbers where all of them are known.
  private func moved(
    _ old: Tensor?, by affine: ChannelAffine, _ factors: Tensor?, _ named: (String) -> String
  ) -> Tensor? {
    guard case .known(let factors, let summands) = affine, old?.isComputed != true else {
      let summands = affine.summandVector(channelCount, named)
      guard var bias = old else { return summands }
      if let factors { bias = Tensor(named: named("scaled_bias"), "Mul", bias, factors) }
      return Tensor(named: named("bias"), "Add", bias, summands)
    }
    var bias = [Double](repeating: 0, count: channelCount)
    if let old {
      guard let values = try? old.floatValues() else { return nil }
      bias = values.map { Double($0) }
    }
    for channel in bias.indices {
      bias[channel] = bias[channel] * factors[channel] + summands[channel]
    }
    return Tensor(name: named("bias"), shape: [channelCount], float: bias.map { Float($0) })
  }
}
