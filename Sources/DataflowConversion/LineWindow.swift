import NetworkModel
import ONNXFormat

/// How a window moves down the lines of its input.
struct LineWindow: Hashable {
  /// The lines between the first and the last of a window, both included.
  var extent: Int
  var stride: Int
  /// The lines of padding above the first.
  var padding: Int
  /// The lines of the input.
  var inputs: Int
  /// The lines of the output.
  var outputs: Int
  var mode: LinePadding

  /// The number of input lines that must be there for the output lines before and at `line`; the last
  /// takes the rest.
  func needed(at line: Int) -> Int {
    if line >= outputs - 1 { return inputs }
    switch mode {
    case .exact: return min(inputs, max(0, line * stride + extent - padding))
    case .ignored: return min(inputs, extent + line * (extent > stride ? stride : extent))
    }
  }

  /// The first input line that an output line and those behind it read.
  func first(at line: Int) -> Int {
    min(inputs, max(0, line * stride - (mode == .exact ? padding : 0)))
  }
}

/// What the lines of a layer's output need of one of its values.
enum LineNeed: Hashable {
  case window(LineWindow)
  /// The same line.
  case same
  /// All of it, at the first line.
  case all
}

extension Layer {
  /// What the lines of the output need of a value operand; nil where the layer only works on the
  /// whole tensor.
  func lineNeed(ofValue index: Int, _ mode: LinePadding) -> LineNeed? {
    guard let lines = outputs[0].lines, channelAxis == 1, outputs.count == 1 else { return nil }
    let shape = valueTypes[index].shape
    switch kind {
    case .convolution:
      guard case .constant(let weights) = operands[1] else { return nil }
      return window(kernel: Array(weights.type.shape.dropFirst(2)), shape, lines, mode)
    case .pooling:
      if node.opType.hasPrefix("Global") {
        return .window(
          LineWindow(
            extent: shape[2], stride: 1, padding: 0, inputs: shape[2], outputs: 1, mode: mode))
      }
      return window(kernel: nil, shape, lines, mode)
    case .channelWindow, .elementwise, .combination: return sameLine(shape, lines)
    case .normalization:
      // An InstanceNormalization needs its statistics first.
      return node.opType == "InstanceNormalization" ? nil : sameLine(shape, lines)
    case .mixing:
      let axis = (try? node.int("axis", default: 2)) ?? 2
      let isOverChannels = node.opType.contains("oftmax") && axis == 1
      return isOverChannels ? sameLine(shape, lines) : nil
    case .placement:
      let axis = (try? node.int("axis", default: 0)) ?? 0
      let isJoin = node.opType == "Concat" && (axis == 1 || axis == -3)
      return isJoin || node.opType == "Identity" || node.opType == "Dropout"
        ? sameLine(shape, lines) : nil
    default: return nil
    }
  }

  private func sameLine(_ shape: [Int], _ lines: Int) -> LineNeed {
    shape.count == 4 && shape[2] == lines ? .same : .all
  }

  private func window(
    kernel: [Int]?, _ shape: [Int], _ lines: Int, _ mode: LinePadding
  ) -> LineNeed? {
    guard shape.count == 4,
      let geometry = try? WindowGeometry(node, kernel: kernel, input: Array(shape[2...]))
    else { return nil }
    let extent = (geometry.kernel[0] - 1) * geometry.dilations[0] + 1
    return .window(
      LineWindow(
        extent: extent, stride: geometry.strides[0], padding: geometry.padsBegin[0],
        inputs: shape[2], outputs: lines, mode: mode))
  }
}

extension TensorType {
  /// The number of lines of batch × channels × lines × columns; nil for other tensors, and for so
  /// many lines that nobody means them.
  var lines: Int? {
    shape.count == 4 && shape[2] >= 1 && shape[2] <= 1 << 14 ? shape[2] : nil
  }
}
