package import Diagnostics
package import ONNXFormat
import ONNXSchema

/// The main graph of a model with everything known that can be known without input data: the type of
/// each value, and the values of all that is constant.
package struct ResolvedGraph: Sendable {
  /// The model that was resolved, with its functions in line, cut where the reading says so, and in
  /// version 7 of the operator set or a newer one.
  package let model: ONNXModel
  /// The inputs that are not constants, with their types.
  package let inputs: [(name: String, type: TensorType)]
  /// The names of the graph's outputs that are not constants.
  package let outputs: [String]
  /// The nodes whose outputs are not all constant, each after the nodes it reads from.
  package let nodes: [ONNXNode]
  /// The type of every value.
  package let types: [String: TensorType]
  /// The tensor of every constant value.
  package let constants: [String: Tensor]
  /// What the user should know about the model.
  package let diagnostics: [Diagnostic]
}

extension ResolvedGraph {
  /// Infers all shapes and folds all constants of a model.
  ///
  /// - Parameter reading: What the user says of its inputs, and which part is wanted.
  /// - Throws: ``ONNXError`` naming the node or value at which the model is wrong.
  /// - Complexity: O(nodes + values), without the folding of constants.
  package init(_ model: ONNXModel, reading: NetworkReading = NetworkReading()) throws {
    var resolver = try GraphResolver(model, reading)
    try resolver.readInitializers()
    try resolver.readInputs()
    try resolver.resolve(resolver.graph.node)
    try resolver.checkOutputs()
    resolver.noteAbsentValues()
    self.model = resolver.model.inSupportedOpset()
    inputs = resolver.inputs
    outputs = resolver.outputs
    nodes = resolver.nodes
    types = resolver.types
    constants = resolver.constants
    diagnostics = resolver.diagnostics
  }
}
