import ONNXSchema

extension OperatorCall {
  /// The call of an operator that looks only at the type of an input, so that it says the same without
  /// that input: `CastLike` becomes a `Cast`, and `EyeLike` reads zeros. All others stay.
  ///
  /// - Parameter freeName: Makes a name that no value has of one that is asked for.
  package func lookingAtValuesAlone(freeName: (String) -> String) -> OperatorCall {
    guard isStandard else { return self }
    switch node.opType {
    case "CastLike" where constant(0) != nil && has(1) && constant(1) == nil:
      return castingToType
    case "EyeLike" where has(0) && constant(0) == nil: return readingZeros(freeName)
    default: return self
    }
  }

  private var castingToType: OperatorCall {
    var cast = node
    cast.opType = "Cast"
    cast.input = [node.input[0]]
    let element = inputs[1]?.type.elementType ?? .float
    cast.attribute.append(ONNXAttribute(name: "to", int: element.rawValue))
    return OperatorCall(node: cast, inputs: [inputs[0]], opset: opset)
  }

  private func readingZeros(_ freeName: (String) -> String) -> OperatorCall {
    guard let type = inputs[0]?.type, type.elementType.bits >= 8 else { return self }
    let zero = [UInt8](repeating: 0, count: type.elementType.bits / 8)
    let zeros = Tensor(name: freeName("\(node.label)_zeros"), type: type, storage: .splat(zero))
    return OperatorCall(
      node: node, inputs: [ValueFacts(type: type, constant: zeros)], opset: opset)
  }
}
