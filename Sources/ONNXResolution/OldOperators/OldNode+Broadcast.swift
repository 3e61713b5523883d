import ONNXFormat

extension OldNode {
  /// Versions 1 and 6: with `broadcast` the second operand lies along the axes of the first from `axis` on,
  /// the last ones by default; without it both have one shape.
  mutating func rewriteBroadcast() throws {
    let isBroadcast = try node.int("broadcast", default: 0) != 0
    let named = try node.int("axis")
    removeAttribute("broadcast")
    removeAttribute("axis")
    let (left, right) = (try call.type(0).shape, try call.type(1).shape)
    guard isBroadcast else {
      guard left == right else {
        throw node.error(
          "\(describe(shape: left)) and \(describe(shape: right)) differ, and before version 7 it needs the "
            + "attribute broadcast for that")
      }
      return
    }
    if call.types[1].count == 1 {
      if right.count > left.count { reshapeOperand(1, to: []) }
      return
    }
    var axis = named ?? left.count - right.count
    if axis < 0, named != nil { axis += left.count }
    guard axis >= 0, axis + right.count <= left.count,
      zip(left[axis...], right).allSatisfy({ $0 == $1 || $1 == 1 })
    else {
      throw node.error(
        "\(describe(shape: right)) does not lie along \(describe(shape: left)) from axis \(axis) on"
      )
    }
    let behind = left.count - axis - right.count
    if behind > 0 { reshapeOperand(1, to: right + [Int](repeating: 1, count: behind)) }
  }

  /// Versions 1 and 6, PRelu: a vector of slopes has one for each channel.
  mutating func rewriteSlope() throws {
    let (input, slope) = (try call.type(0).shape, try call.type(1).shape)
    guard slope.count == 1, slope != [1], input.count > 2 else { return }
    guard slope[0] == input[1] else {
      throw node.error("\(slope[0]) slopes do not fit \(input[1]) channels")
    }
    reshapeOperand(1, to: slope + [Int](repeating: 1, count: input.count - 2))
  }

  /// Versions 1 and 6, Gemm: the summand has the shape of the product unless `broadcast` is set.
  mutating func rewriteSummand() throws {
    let isBroadcast = try node.int("broadcast", default: 0) != 0
    removeAttribute("broadcast")
    guard !isBroadcast, let summand = call.optionalType(2) else { return }
    let product = try OperatorCall(node: node, inputs: call.inputs, opset: oldestOperatorSet)
      .inferredTypes()?.first?.shape
    guard summand.shape == product else {
      throw node.error(
        "its summand \(describe(shape: summand.shape)) has not the shape of the product, and before version "
          + "7 it needs the attribute broadcast for that")
    }
  }
}
