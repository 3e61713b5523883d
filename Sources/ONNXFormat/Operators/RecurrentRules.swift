import ONNXSchema

/// Recurrent layers, each a single operator.
let recurrentRules: [String: OperatorCall.ShapeRule] = {
  var rules: [String: OperatorCall.ShapeRule] = [:]
  for name in ["RNN", "GRU", "LSTM"] { rules[name] = { try $0.recurrence() } }
  return rules
}()

/// The extents of a recurrent layer.
package struct RecurrenceGeometry: Hashable, Sendable {
  /// One, or two for a bidirectional layer.
  package let directions: Int
  /// The length of a sequence.
  package let steps: Int
  /// The number of sequences.
  package let batch: Int
  /// The size of an input of one step.
  package let inputs: Int
  /// The size of the hidden state.
  package let hidden: Int
  /// Matrix products per step: 1 for an RNN, 3 for a GRU, 4 for an LSTM.
  package let gates: Int
  /// Whether the batch comes before the steps.
  package let isBatchFirst: Bool

  /// Multiply-accumulates of all steps: each gate multiplies the input and the last state.
  package var macs: Int128 { activations * Int128(inputs + hidden) }

  /// The elements that the gates of all steps have.
  package var activations: Int128 {
    Int128(directions) * Int128(steps) * Int128(batch) * Int128(gates) * Int128(hidden)
  }

  /// The extents of a node of ONNX's RNN, GRU or LSTM, from the shapes of its input and recurrent
  /// weights.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the shapes do not fit.
  package init(_ node: ONNXNode, input: [Int], recurrence: [Int]) throws {
    guard input.count == 3, recurrence.count == 3 else {
      throw node.error("expected an input and recurrent weights of 3 dimensions")
    }
    isBatchFirst = try node.int("layout", default: 0) == 1
    (steps, batch) = isBatchFirst ? (input[1], input[0]) : (input[0], input[1])
    inputs = input[2]
    hidden = try node.int("hidden_size") ?? recurrence[2]
    guard hidden >= 0, hidden == recurrence[2] else {
      throw node.error("hidden_size \(hidden) does not fit its weights")
    }
    directions = try node.string("direction", default: "forward") == "bidirectional" ? 2 : 1
    gates = node.opType == "LSTM" ? 4 : node.opType == "GRU" ? 3 : 1
  }
}

extension OperatorCall {
  /// The states of all steps, the last state, and for an LSTM the last cell.
  fileprivate func recurrence() throws -> [TensorType] {
    let input = try type(0)
    let geometry = try RecurrenceGeometry(
      node, input: input.shape, recurrence: try type(2).shape)
    let (steps, batch, hidden) = (geometry.steps, geometry.batch, geometry.hidden)
    let directions = geometry.directions
    let isBatchFirst = geometry.isBatchFirst
    let all =
      isBatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden]
    let last = TensorType(
      input.elementType, isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden])
    return [TensorType(input.elementType, all), last] + (node.opType == "LSTM" ? [last] : [])
  }
}
