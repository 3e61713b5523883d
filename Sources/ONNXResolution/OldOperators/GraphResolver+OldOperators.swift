import ONNXFormat
import ONNXSchema
import SwiftProtobuf

extension GraphResolver {
  /// The nodes of version 7 of the operator set, or of the model's where that is newer, that compute what a
  /// node computes by the version in which it is written.
  ///
  /// After the operators' documents in ONNX, versions 1 to 7. Operators that only versions before 7 have are
  /// as unknown as any other.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` for what version 7 cannot say.
  mutating func nodesInSupportedOpset(of call: OperatorCall) throws -> [ONNXNode] {
    guard call.isStandard else { return [call.node] }
    let opset = model.opset(of: "")
    if opset < 8 { try refuseUnequalOperands(call) }
    guard opset < oldestOperatorSet else {
      try refuseOldBroadcast(call)
      return [call.node]
    }
    var old = OldNode(call, opset: opset)
    try old.rewrite()
    let added = old.constants.map(\.name) + old.before.flatMap(\.output)
    var renaming = ValueRenaming()
    for name in added { renaming.names[name] = names.take(name) }
    for var tensor in old.constants {
      tensor = tensor.renamed(renaming.names[tensor.name] ?? tensor.name)
      constants[tensor.name] = tensor
      types[tensor.name] = tensor.type
    }
    return (old.before + [old.node]).map { renaming.renamed($0) }
  }

  /// Versions 1 and 6: operators of any number of operands have all of them in one shape.
  private func refuseUnequalOperands(_ call: OperatorCall) throws {
    guard ["Sum", "Mean", "Max", "Min"].contains(call.node.opType),
      let first = call.types.first?.shape,
      let other = call.types.map(\.shape).first(where: { $0 != first })
    else { return }
    throw call.node.error(
      "\(describe(shape: first)) and \(describe(shape: other)) differ, which it cannot say before version 8"
    )
  }

  /// Newer versions have no `broadcast`; what it meant is not what is computed without it.
  private func refuseOldBroadcast(_ call: OperatorCall) throws {
    guard OldNode.broadcasting.contains(call.node.opType),
      try call.node.int("broadcast", default: 0) != 0
    else { return }
    throw call.node.error(
      "broadcast is an attribute of version 6 and older, and the file says that it is written in version "
        + "\(call.opset)")
  }
}

extension ONNXModel {
  /// The model with the version of the operator set in which its nodes are after resolving.
  func inSupportedOpset() -> ONNXModel {
    guard opset(of: "") < oldestOperatorSet else { return self }
    var model = self
    model.proto.opsetImport.removeAll { $0.domain.isEmpty || $0.domain == "ai.onnx" }
    model.proto.opsetImport.insert(
      Onnx_OperatorSetIdProto.with { $0.version = Int64(oldestOperatorSet) }, at: 0)
    return model
  }
}
