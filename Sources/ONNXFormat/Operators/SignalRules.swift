/// Fourier transforms and what goes with them.
let signalRules: [String: OperatorCall.ShapeRule] = {
  var rules: [String: OperatorCall.ShapeRule] = [
    "DFT": { try $0.fourierTransform() },
    "STFT": { try $0.shortTimeFourierTransform() },
    "MelWeightMatrix": { call in
      let bins = try call.size(0, "num_mel_bins")
      let length = try call.size(1, "dft_length")
      return [
        TensorType(try call.elementType("output_datatype") ?? .float, [length / 2 + 1, bins])
      ]
    },
  ]
  for name in ["HannWindow", "HammingWindow", "BlackmanWindow"] {
    rules[name] = { call in
      let size = try call.size(0, "size")
      return [TensorType(try call.elementType("output_datatype") ?? .float, [size])]
    }
  }
  return rules
}()

extension OperatorCall {
  /// A constant number of elements.
  fileprivate func size(_ index: Int, _ name: String) throws -> Int {
    guard let value = try integers(index)?.first, value >= 0, value <= largestElementCount else {
      throw node.error("\(name) should be a constant number of at least 0")
    }
    return value
  }

  /// ONNX, DFT: the last dimension holds real and imaginary parts; a one-sided transform of n values
  /// has ⌊n / 2⌋ + 1, and its inverse is real.
  fileprivate func fourierTransform() throws -> [TensorType] {
    var type = try type(0)
    let rank = type.shape.count
    guard rank >= 2 else { throw node.error("its input should have two dimensions or more") }
    let usual = opset < 20 ? 1 : -2
    let named = opset < 20 ? try node.int("axis", default: usual) : try integers(2)?.first ?? usual
    let axis = try axis(named, rank: rank)
    let isOneSided = try node.int("onesided", default: 0) != 0
    let isInverse = try node.int("inverse", default: 0) != 0
    let length = has(1) ? try size(1, "dft_length") : nil
    if isInverse, isOneSided {
      type.shape[axis] = length ?? 2 * (type.shape[axis] - 1)
      type.shape[rank - 1] = 1
    } else {
      let count = length ?? type.shape[axis]
      type.shape[axis] = isOneSided ? count / 2 + 1 : count
      type.shape[rank - 1] = 2
    }
    return [type]
  }

  /// ONNX, STFT: a transform for each frame of the signal.
  fileprivate func shortTimeFourierTransform() throws -> [TensorType] {
    let signal = try type(0)
    guard signal.shape.count >= 2 else { throw node.error("its signal should have a batch") }
    let step = try size(1, "frame_step")
    let length = has(3) ? try size(3, "frame_length") : try type(2).count
    guard step > 0, length > 0, length <= signal.shape[1] else {
      throw node.error("a frame of \(length) every \(step) does not fit \(signal.shape[1]) values")
    }
    let frames = (signal.shape[1] - length) / step + 1
    let bins = try node.int("onesided", default: 1) != 0 ? length / 2 + 1 : length
    return [TensorType(signal.elementType, [signal.shape[0], frames, bins, 2])]
  }
}
