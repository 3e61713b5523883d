package import ONNXFormat
import ONNXSchema

/// What a range of a layer's lines reads of a value operand.
package enum LinesRead: Hashable, Sendable {
  /// All of the operand.
  case all
  /// These lines of the operand.
  case lines(Range<Int>)
}

extension Layer {
  /// Why the layer cannot be computed in parts by ranges of its lines; nil where it can.
  package var lineObstacle: String? {
    guard lineCount != nil, outputs.count == 1 else {
      return "\(node.opType) makes no single output of batch × channels × lines × columns"
    }
    switch kind {
    case .convolution, .pooling: return windowObstacle
    case .channelWindow: return nil
    case .elementwise, .normalization, .combination:
      if looksAtAllLines { return "\(node.opType) looks at all lines before its first output" }
      let readsLines = valueTypes.indices.allSatisfy { linesRead(by: 0..<1, ofValue: $0) != nil }
      return readsLines ? nil : "\(node.opType) reads a value whose lines are not those it makes"
    default: return "\(node.opType) cannot be cut by lines"
    }
  }

  /// What the lines `lines` of the output read of a value operand; nil where that cannot be said.
  package func linesRead(by lines: Range<Int>, ofValue index: Int) -> LinesRead? {
    let shape = valueTypes[index].shape
    switch kind {
    case .convolution, .pooling:
      return window.map { .lines($0.lines(readBy: lines, of: shape[LayerPart.lineAxis])) }
    default:
      // Shapes that are broadcast are lined up at their ends.
      let axis = shape.count - 2
      if axis < 0 || shape[axis] == 1 { return .all }
      return shape.count == 4 && shape[axis] == lineCount ? .lines(lines) : nil
    }
  }

  /// How the window of a convolution or pooling moves over batch × channels × lines × columns; nil for
  /// every other layer.
  package var window: WindowGeometry? {
    guard lineCount != nil, let input = valueTypes.first?.shape, input.count == 4 else {
      return nil
    }
    switch kind {
    case .convolution:
      guard case .constant(let weights) = operands[1] else { return nil }
      return try? WindowGeometry(
        node, kernel: Array(weights.type.shape.dropFirst(2)), input: Array(input[2...]))
    case .pooling where !node.opType.hasPrefix("Global"):
      return try? WindowGeometry(node, input: Array(input[2...]))
    default: return nil
    }
  }

  /// The node of a part of a convolution or pooling: the padding above its first line and below its
  /// last is what its windows see of it.
  package func node(computing lines: Range<Int>) -> ONNXNode {
    guard let window, let input = valueTypes.first?.shape else { return node }
    var node = node
    let height = input[LayerPart.lineAxis]
    let pads = window.linePads(of: lines, height: height)
    let isSame = ((try? node.string("auto_pad", default: "")) ?? "").hasPrefix("SAME")
    // SAME has as many places as strides whether places are rounded up or not.
    let replaced = isSame ? ["auto_pad", "pads", "ceil_mode"] : ["auto_pad", "pads"]
    node.attribute.removeAll { replaced.contains($0.name) }
    node.attribute.append(
      ONNXAttribute(
        name: "pads", ints: [pads.begin, window.padsBegin[1], pads.end, window.padsEnd[1]]))
    return node
  }

  private var windowObstacle: String? {
    guard let window, let input = valueTypes.first?.shape else {
      return "\(node.opType) reads all lines for each that it makes"
    }
    guard window.outputs == Array(outputs[0].shape[2...]) else {
      return "\(node.opType) does not make the lines that its window gives"
    }
    guard window.padsBegin[0] >= 0, window.padsEnd[0] >= 0 else {
      return "its padding cuts lines off"
    }
    let last = (window.outputs[0] - 1) * window.strides[0] - window.padsBegin[0]
    guard window.padsBegin[0] < window.lineExtent, last < input[LayerPart.lineAxis] else {
      return "some of its windows see padding alone"
    }
    return nil
  }

  /// Whether a normalization or scale is not the same for all lines.
  private var looksAtAllLines: Bool {
    switch node.opType {
    case "InstanceNormalization": true
    case "BatchNormalization":
      // Before version 9 of the operator set, statistics may be those of single elements.
      kind == .combination || (try? node.int("training_mode", default: 0)) != 0
        || (try? node.int("spatial", default: 1)) == 0
    case "QuantizeLinear", "DequantizeLinear": kind == .combination
    default: false
    }
  }
}

extension WindowGeometry {
  /// The lines between the first and the last of a window, both included.
  fileprivate var lineExtent: Int { (kernel[0] - 1) * dilations[0] + 1 }

  /// Where the windows of some lines begin and end, in lines of the input; padding lies outside it.
  private func span(of lines: Range<Int>) -> (begin: Int, end: Int) {
    let begin = lines.lowerBound * strides[0] - padsBegin[0]
    return (begin, begin + (lines.count - 1) * strides[0] + lineExtent)
  }

  /// The lines of an input of `height` lines that some lines of the output read.
  ///
  /// What is behind the last window belongs to the last line, so that rounding up stays as it is.
  fileprivate func lines(readBy lines: Range<Int>, of height: Int) -> Range<Int> {
    let span = span(of: lines)
    let end = lines.upperBound == outputs[0] ? height : min(height, span.end)
    return max(0, span.begin)..<end
  }

  /// The padding before and behind the lines that some lines of the output read.
  fileprivate func linePads(of lines: Range<Int>, height: Int) -> (begin: Int, end: Int) {
    let span = span(of: lines)
    let end = lines.upperBound == outputs[0] ? padsEnd[0] : max(0, span.end - height)
    return (max(0, -span.begin), end)
  }
}
