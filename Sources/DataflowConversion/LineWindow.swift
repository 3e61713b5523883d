import NetworkModel
import ONNXFormat
import ONNXSchema

/// How a window moves down the lines of its input.
///
/// Source: the arithmetic of Dumoulin, Visin 2016, "A guide to convolution arithmetic for deep learning",
/// arXiv:1603.07285, along one axis.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *k*, dilation included | `extent` |
/// | *s* | `stride` |
/// | *p* | `padding` |
/// | *i* | `inputs` |
/// | *o* | `outputs` |
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

  /// The number of input lines that must be there for the output lines before and at `line`.
  func needed(at line: Int) -> Int {
    switch mode {
    case .exact: min(inputs, max(0, line * stride + extent - padding))
    case .ignored: min(inputs, extent + line * (extent > stride ? stride : extent))
    }
  }

  /// The first input line that an output line and those behind it read.
  func first(at line: Int) -> Int {
    guard line < outputs else { return inputs }
    switch mode {
    case .exact: return min(inputs, max(0, line * stride - padding))
    case .ignored:
      // Each window reads the same number of lines again, also where there are no more.
      return line == 0 ? 0 : max(0, needed(at: line - 1) - max(0, extent - stride))
    }
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
  ///
  /// - Parameter opset: The version of the operators.
  func lineNeed(ofValue index: Int, _ mode: LinePadding, opset: Int) -> LineNeed? {
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
    case .channelWindow, .elementwise, .combination, .normalization:
      return needsStatistics ? nil : sameLine(shape, lines)
    case .mixing: return isSoftmaxOverChannels(opset: opset) ? sameLine(shape, lines) : nil
    case .placement:
      let axis = (try? node.int("axis", default: 0)) ?? 0
      let isJoin = node.opType == "Concat" && (axis == 1 || axis == -3)
      return isJoin || node.opType == "Identity" || node.opType == "Dropout"
        ? sameLine(shape, lines) : nil
    default: return nil
    }
  }

  /// What the lines of a part need of a value, whose lines outside the part's need are not there;
  /// `need` is what those of the whole layer need.
  func lineNeed(_ need: LineNeed, computing lines: Range<Int>, ofValue index: Int) -> LineNeed {
    guard case .window(var window) = need,
      case .lines(let read)? = linesRead(by: lines, ofValue: index)
    else { return need }
    window.padding = max(0, window.padding - lines.lowerBound * window.stride)
    window.inputs = read.count
    window.outputs = lines.count
    return .window(window)
  }

  /// Whether a normalisation looks at the whole input before its first output.
  private var needsStatistics: Bool {
    switch node.opType {
    case "InstanceNormalization": true
    case "BatchNormalization": (try? node.int("training_mode", default: 0)) != 0
    default: false
    }
  }

  /// ONNX, Softmax: over one axis since version 13, before that over the axis and all behind it.
  private func isSoftmaxOverChannels(opset: Int) -> Bool {
    guard ["Softmax", "LogSoftmax"].contains(node.opType), opset >= 13 else { return false }
    let axis = (try? node.int("axis", default: -1)) ?? -1
    return axis == 1 || axis == -3
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
