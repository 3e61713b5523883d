import ONNXSchema

extension OperatorCall {
  /// How an output sees what lies in memory: of an operator that only orders its input, sees it in another
  /// way or takes a range of it, as that; and the same weights in another type whether they are ordered
  /// before or behind.
  ///
  /// - Parameter index: The number of the output.
  func view(of output: Tensor, _ index: Int) -> TensorView {
    let seen = constant(0).flatMap { try? view(of: $0, as: output, index) }
    return seen ?? TensorView(output.identity, shape: output.type.shape)
  }

  private func view(of input: Tensor, as output: Tensor, _ index: Int) throws -> TensorView? {
    guard isStandard, output.type.count > 0 else { return nil }
    let shape = input.type.shape
    switch node.opType {
    case _ where isView: return input.view.reshaped(from: shape, to: output.type.shape)
    case "Transpose": return input.view.transposed(try permutation(rank: shape.count))
    case "Cast" where input.type == output.type: return input.view
    case "Cast": return input.view.converted(to: output.type.elementType)
    case "Slice": return try slicedView(of: input)
    case "Split":
      let axis = try axis(try node.int("axis", default: 0), rank: shape.count)
      let sizes = try splitSizes(shape[axis])
      let start = sizes[..<index].reduce(0, +)
      return input.view.sliced(axis: axis, start..<(start + sizes[index]))
    case "Gather": return try pickedView(of: input, as: output)
    default: return nil
    }
  }

  private func slicedView(of input: Tensor) throws -> TensorView? {
    try sliceRanges(input.type.shape).reduce(input.view) { view, range in
      guard range.step == 1 || range.count == 1 else { return nil }
      return view?.sliced(axis: range.axis, range.start..<(range.start + range.count))
    }
  }

  /// What a Gather of one index takes.
  private func pickedView(of input: Tensor, as output: Tensor) throws -> TensorView? {
    var shape = input.type.shape
    let axis = try axis(try node.int("axis", default: 0), rank: shape.count)
    guard let indices = constant(1), indices.type.count == 1 else { return nil }
    let index = Int(try indices.integerValues()[0])
    let place = index < 0 ? index + shape[axis] : index
    guard place >= 0, place < shape[axis] else { return nil }
    shape[axis] = 1
    return input.view.sliced(axis: axis, place..<(place + 1))?
      .reshaped(from: shape, to: output.type.shape)
  }
}
