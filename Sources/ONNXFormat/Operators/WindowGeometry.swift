/// How a window moves over the spatial dimensions of its input: convolutions and poolings.
package struct WindowGeometry: Hashable, Sendable {
  /// The size of the window, without dilation.
  package let kernel: [Int]
  /// The steps between windows.
  package let strides: [Int]
  /// The distance between neighboring elements of a window.
  package let dilations: [Int]
  /// The elements added before the first of each dimension.
  package let padsBegin: [Int]
  /// The elements added behind the last of each dimension.
  package let padsEnd: [Int]
  /// The spatial dimensions of the output.
  package let outputs: [Int]
}

extension WindowGeometry {
  /// Works out the geometry of a node.
  ///
  /// After ONNX, Conv and MaxPool: output = ⌊(input + pads − extent) / stride⌋ + 1, where the extent of
  /// a window is dilation · (kernel − 1) + 1; with `ceil_mode` rounded up, but a last window that
  /// would not start inside the input or its front padding is left out.
  ///
  /// - Parameters:
  ///   - kernel: The size of the window, where no attribute gives it.
  ///   - input: The spatial dimensions of the input.
  /// - Throws: ``ONNXError/node(name:operator:reason:)``.
  package init(_ node: ONNXNode, kernel given: [Int]? = nil, input: [Int]) throws {
    let rank = input.count
    guard let kernel = try node.ints("kernel_shape") ?? given else {
      throw node.error("it needs the attribute kernel_shape")
    }
    let strides = try node.ints("strides") ?? [Int](repeating: 1, count: rank)
    let dilations = try node.ints("dilations") ?? [Int](repeating: 1, count: rank)
    let pads = try node.ints("pads") ?? [Int](repeating: 0, count: 2 * rank)
    try Self.check(node, kernel, strides, dilations, pads, rank)
    let mode = try node.string("auto_pad", default: "NOTSET")
    let roundsUp = try node.int("ceil_mode", default: 0) != 0
    var axes: [AxisPlaces] = []
    for axis in 0..<rank {
      let extent = (kernel[axis] - 1) * dilations[axis] + 1
      switch mode {
      case "SAME_UPPER", "SAME_LOWER":
        axes.append(
          AxisPlaces(
            same: input[axis], stride: strides[axis], extent: extent,
            moreInFront: mode == "SAME_LOWER"))
      case "VALID", "NOTSET", "":
        let padding = mode == "VALID" ? (0, 0) : (pads[axis], pads[rank + axis])
        axes.append(
          try AxisPlaces(
            node, input[axis], stride: strides[axis], extent: extent, pads: padding,
            roundsUp: roundsUp))
      default: throw node.error("auto_pad \"\(mode)\" does not exist")
      }
    }
    self.init(
      kernel: kernel, strides: strides, dilations: dilations, padsBegin: axes.map(\.begin),
      padsEnd: axes.map(\.end), outputs: axes.map(\.count))
  }

  /// Sizes beyond this are no windows.
  private static let largestSize = 1 << 32

  private static func check(
    _ node: ONNXNode, _ kernel: [Int], _ strides: [Int], _ dilations: [Int], _ pads: [Int],
    _ rank: Int
  ) throws {
    for (name, values) in [
      ("kernel_shape", kernel), ("strides", strides), ("dilations", dilations),
    ] {
      let fits = values.count == rank && values.allSatisfy { $0 >= 1 && $0 <= largestSize }
      guard fits else {
        throw node.error("\(name) should be \(rank) positive numbers, found \(values)")
      }
    }
    let fits = pads.count == 2 * rank && pads.allSatisfy { $0.magnitude <= UInt(largestSize) }
    guard fits else { throw node.error("pads should be \(2 * rank) numbers, found \(pads)") }
    for (size, dilation) in zip(kernel, dilations) {
      guard size.multipliedReportingOverflow(by: dilation).partialValue <= largestSize,
        !size.multipliedReportingOverflow(by: dilation).overflow
      else { throw node.error("its window is too large") }
    }
  }
}

/// The places that a window takes along one axis.
private struct AxisPlaces {
  var begin: Int
  var end: Int
  var count: Int

  /// Pads so that there is a place for each stride; an odd pad goes behind, or in front.
  init(same input: Int, stride: Int, extent: Int, moreInFront: Bool) {
    count = (input + stride - 1) / stride
    let total = max(0, (count - 1) * stride + extent - input)
    begin = moreInFront ? total - total / 2 : total / 2
    end = total - begin
  }

  init(
    _ node: ONNXNode, _ input: Int, stride: Int, extent: Int, pads: (begin: Int, end: Int),
    roundsUp: Bool
  ) throws {
    (begin, end) = pads
    let padded = input + begin + end
    guard padded >= extent else {
      throw node.error("its window of \(extent) is larger than the padded input of \(padded)")
    }
    let room = padded - extent
    count = room / stride + 1
    guard roundsUp else { return }
    if room % stride != 0 { count += 1 }
    // Once, as onnx does it, whatever the pads.
    if count > 1, (count - 1) * stride >= input + begin { count -= 1 }
  }
}
