/// Operators that reduce axes to one element.
let reductionRules: [String: OperatorCall.ShapeRule] = {
  let names = [
    "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2",
    "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare",
  ]
  var rules: [String: OperatorCall.ShapeRule] = [
    "ArgMax": { try $0.argument() },
    "ArgMin": { try $0.argument() },
    "Det": { [TensorType(try $0.type(0).elementType, try $0.type(0).shape.dropLast(2))] },
    "TopK": { try $0.largest() },
  ]
  for name in names { rules[name] = { try $0.reduction() } }
  return rules
}()

extension OperatorCall {
  fileprivate func reduction() throws -> [TensorType] {
    let input = try type(0)
    let named = try integers(attribute: "axes", orInput: 1) ?? []
    if named.isEmpty, try node.int("noop_with_empty_axes", default: 0) != 0 { return [input] }
    let reduced =
      named.isEmpty
      ? Array(input.shape.indices) : try axes(named, rank: input.shape.count)
    return [reducing(input, reduced, keeps: try node.int("keepdims", default: 1) != 0)]
  }

  fileprivate func argument() throws -> [TensorType] {
    let input = try type(0)
    let axis = try axis(try node.int("axis", default: 0), rank: input.shape.count)
    let keeps = try node.int("keepdims", default: 1) != 0
    return [TensorType(.int64, reducing(input, [axis], keeps: keeps).shape)]
  }

  private func reducing(_ input: TensorType, _ list: [Int], keeps: Bool) -> TensorType {
    let axes = Set(list)
    let shape = input.shape.enumerated().compactMap { axis, size in
      axes.contains(axis) ? (keeps ? 1 : nil) : size
    }
    return TensorType(input.elementType, shape)
  }

  fileprivate func largest() throws -> [TensorType] {
    var type = try type(0)
    let axis = try axis(try node.int("axis", default: -1), rank: type.shape.count)
    let count = try node.int("k") ?? integers(1)?.first
    guard let count, count >= 0, count <= type.shape[axis] else {
      throw node.error("k should be a constant from 0 to \(type.shape[axis])")
    }
    type.shape[axis] = count
    return [type, TensorType(.int64, type.shape)]
  }
}
