import ONNXSchema

/// What an operator makes of constants: a constant that the file of a network does not hold.
///
/// Networks store weights in narrow types, transposed or factored, and bring them into shape at the
/// start of each inference. Nobody needs the values but who runs the network, so that the operator is
/// kept as it is; its values are computed only where shapes depend on them.
package struct ConstantComputation: Sendable {
  /// The operator with its inputs, all of them constants.
  package let call: OperatorCall
  /// Which of its outputs this is.
  package let output: Int
  /// The type of that output.
  package let type: TensorType
  /// The operators between this and stored constants, at the most.
  let depth: Int

  /// Longer chains are run in each inference: they are walked along by functions that call
  /// themselves.
  private static let largestDepth = 256
}

extension ConstantComputation {
  /// Whether an operator reads constants alone and gives the same each time.
  package static func isPossible(_ call: OperatorCall) -> Bool {
    guard call.isDeterministic, let constants = call.constants ?? (call.isSource ? [] : nil) else {
      return false
    }
    return depth(above: constants) <= largestDepth
  }

  /// The outputs of an operator as constants.
  ///
  /// - Precondition: It reads constants alone.
  /// - Parameter types: The types of the outputs.
  package static func outputs(of call: OperatorCall, types: [TensorType]) -> [Tensor] {
    let constants = call.constants ?? []
    let absence = constants.lazy.compactMap(\.absence).first
    let depth = depth(above: constants)
    let outputs = types.enumerated().map { index, type in
      let computation = ConstantComputation(call: call, output: index, type: type, depth: depth)
      return Tensor(
        name: "", type: type, storage: absence.map { .absent($0) } ?? .computed(computation))
    }
    return call.named(outputs)
  }

  private static func depth(above constants: [Tensor]) -> Int {
    1 + (constants.map(\.computationDepth).max() ?? 0)
  }

  /// The values, computed now.
  ///
  /// - Throws: ``ONNXError/valuesAbsent(name:reason:)`` where no rule here computes them.
  /// - Complexity: O(elements of all constants between this and stored ones), in time and memory.
  func values() throws -> Tensor {
    var evaluation = ConstantEvaluation()
    return try evaluation.outputs(of: self)[output]
  }
}

extension Tensor {
  /// What an operator makes, element by element, of constants of one type.
  package init(named name: String, _ operatorName: String, _ inputs: Tensor...) {
    var node = ONNXNode()
    node.opType = operatorName
    node.name = name
    node.input = inputs.map(\.name)
    node.output = [name]
    let call = OperatorCall(
      node: node, inputs: inputs.map { ValueFacts(type: $0.type, constant: $0) },
      opset: newestOperatorSet)
    self = ConstantComputation.outputs(of: call, types: [inputs[0].type])[0]
  }

  /// The operators between this tensor and stored constants, at the most.
  fileprivate var computationDepth: Int {
    switch storage {
    case .computed(let computation): computation.depth
    case .slice(let base, _, _): base.computationDepth
    case .scaledRows(let base, let factors): max(base.computationDepth, factors.computationDepth)
    case .mapped, .bytes, .splat, .absent: 0
    }
  }
}

/// The computing of a constant and of those that it is made of, each once.
private struct ConstantEvaluation {
  private var known: [String: [Tensor]] = [:]

  mutating func outputs(of computation: ConstantComputation) throws -> [Tensor] {
    let call = computation.call
    let key = call.node.output.first { !$0.isEmpty } ?? ""
    if let found = known[key] { return found }
    let inputs = try call.inputs.map { try $0.map { try evaluated($0) } }
    let ready = OperatorCall(node: call.node, inputs: inputs, opset: call.opset)
    guard let outputs = try ready.foldedConstants(upTo: largestComputedCount) else {
      throw ONNXError.valuesAbsent(
        name: key,
        reason: "only a run of the network computes what \(call.node.opType) makes of its constants"
      )
    }
    known[key] = outputs
    return outputs
  }

  private mutating func evaluated(_ facts: ValueFacts) throws -> ValueFacts {
    guard var tensor = facts.constant, case .computed(let computation) = tensor.storage else {
      return facts
    }
    tensor.storage = try outputs(of: computation)[computation.output].storage
    return ValueFacts(type: facts.type, constant: tensor)
  }
}

/// Values are computed on demand for tensors of at most this many elements.
private let largestComputedCount = 1 << 26

/// Operators whose outputs differ from run to run.
private let randomOperators: Set<String> = [
  "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial",
  "Bernoulli",
]

extension OperatorCall {
  /// Whether the operator gives the same for the same inputs. Of other domains only names are known.
  fileprivate var isDeterministic: Bool {
    if randomOperators.contains(node.opType) { return false }
    guard isStandard else {
      return !["random", "dropout", "sampl"].contains { node.opType.lowercased().contains($0) }
    }
    guard node.opType == "Dropout", has(2) else { return true }
    // A Dropout in training leaves out elements at random.
    return (try? constant(2)?.integerValues()) == [0]
  }

  /// Whether the operator is a constant by itself, without an input.
  fileprivate var isSource: Bool { isStandard && node.opType == "Constant" }
}
