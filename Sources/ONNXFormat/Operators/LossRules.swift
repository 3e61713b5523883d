/// Losses, which networks keep that were exported in training.
let lossRules: [String: OperatorCall.ShapeRule] = [
  "NegativeLogLikelihoodLoss": { [try $0.loss()] },
  "SoftmaxCrossEntropyLoss": { [try $0.loss(), try $0.type(0)] },
]

extension OperatorCall {
  /// One number, or without reduction one for every target.
  fileprivate func loss() throws -> TensorType {
    let isReduced = try node.string("reduction", default: "mean") != "none"
    return TensorType(try type(0).elementType, isReduced ? [] : try type(1).shape)
  }
}
