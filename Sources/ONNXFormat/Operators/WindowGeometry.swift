/// How a window moves over the spatial dimensions of its input: convolutions and poolings.
package struct WindowGeometry: Hashable, Sendable {
  /// The size of the window, without dilation.
  package let kernel: [Int]
  /// The steps between windows.
  package let strides: [Int]
  /// The distance between neighbouring elements of a window.
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
  /// a window is dilation · (kernel − 1) + 1; with `ceil_mode` rounded up, but the last window must
  /// start inside the input or its front padding.
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
    let extents = zip(kernel, dilations).map { ($0 - 1) * $1 + 1 }
    var begin = Array(pads[..<rank])
    var end = Array(pads[rank...])
    var outputs: [Int] = []
    let mode = try node.string("auto_pad", default: "NOTSET")
    let roundsUp = try node.int("ceil_mode", default: 0) != 0
    for axis in 0..<rank {
      switch mode {
      case "SAME_UPPER", "SAME_LOWER":
        let count = (input[axis] + strides[axis] - 1) / strides[axis]
        let total = max(0, (count - 1) * strides[axis] + extents[axis] - input[axis])
        begin[axis] = mode == "SAME_UPPER" ? total / 2 : total - total / 2
        end[axis] = total - begin[axis]
        outputs.append(count)
        continue
      case "VALID": (begin[axis], end[axis]) = (0, 0)
      case "NOTSET", "": break
      default: throw node.error("auto_pad \"\(mode)\" does not exist")
      }
      let padded = input[axis] + begin[axis] + end[axis]
      guard padded >= extents[axis] else {
        throw node.error(
          "its window of \(extents[axis]) is larger than the padded input of \(padded)")
      }
      let room = padded - extents[axis]
      var count = room / strides[axis] + 1
      if roundsUp, room % strides[axis] != 0, count * strides[axis] < input[axis] + begin[axis] {
        count += 1
      }
      outputs.append(count)
    }
    self.init(
      kernel: kernel, strides: strides, dilations: dilations, padsBegin: begin, padsEnd: end,
      outputs: outputs)
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
