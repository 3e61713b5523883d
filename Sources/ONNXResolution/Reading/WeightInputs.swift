import Diagnostics
import ONNXFormat
import ONNXSchema

/// Which inputs of a graph are the weights of a network that was written without their values.
///
/// An input of a file that stores weights is an input. In a file that stores none, those are weights that
/// are only read as such, if something says that they are: a bias among them, what a batch normalization
/// has learnt, kernels of convolutions one behind the other, or names like `conv1.weight`; and if an input
/// remains.
struct WeightInputs {
  /// The inputs that are weights.
  private(set) var weights: Set<String>
  /// What was decided where it was not plain, in a line.
  private(set) var decision: Diagnostic?

  /// Decides about all inputs of a model that it stores no values for.
  init(_ model: ONNXModel, _ reading: NetworkReading) {
    let graph = model.proto.graph
    let stored = Set(model.initializers.map(\.name)).union(
      graph.sparseInitializer.map(\.values.name)
    )
    .subtracting(reading.inputs)
    let places = ParameterPlaces(graph, stored: stored)
    weights = reading.weights
    let free = graph.input.filter { !stored.contains($0.name) }
    var candidates: [String] = []
    var kernels: Set<String> = []
    var isPlain = false
    for info in free {
      guard let uses = places.places(of: info.name, rank: info.rank) else { continue }
      candidates.append(info.name)
      kernels.formUnion(uses.filter(\.isKernel).map { $0.node.output.first ?? "" })
      isPlain =
        isPlain || info.rank == 1 && uses.contains(where: places.isBias)
        || uses.contains { $0.isUnmistakable(rank: info.rank) } || info.name.isNameOfWeights
    }
    let open = candidates.filter(reading.leavesOpen)
    guard !open.isEmpty, candidates.count < free.count else { return }
    let storesWeights = model.storesWeights(places)
    let areWeights = !storesWeights && (isPlain || places.formChain(kernels))
    if areWeights { weights.formUnion(open) }
    decision = Self.decision(open, areWeights: areWeights, storesWeights: storesWeights)
  }

  private static func decision(
    _ names: [String], areWeights: Bool, storesWeights: Bool
  ) -> Diagnostic {
    let shown = names.prefix(4).joined(separator: ", ")
    let list = names.count > 4 ? "\(shown) and \(names.count - 4) more" : shown
    let isOne = names.count == 1
    let role = areWeights ? (isOne ? "a weight" : "weights") : (isOne ? "an input" : "inputs")
    let reason =
      storesWeights
      ? "the file stores its weights"
      : areWeights ? "the file stores none" : "nothing says that weights are meant"
    return Diagnostic(
      "weights",
      "\(list) \(isOne ? "is" : "are") read like weights and taken as \(role), as \(reason) "
        + "(\(areWeights ? "`no_weights`" : "`weights`") \(names[0]) says otherwise)")
  }
}

extension NetworkReading {
  /// Whether the user has left it to the file what an input is. Who gives its shape or begins the network
  /// with it calls it an input.
  fileprivate func leavesOpen(_ name: String) -> Bool {
    !weights.contains(name) && !inputs.contains(name) && shapes[name] == nil
      && values[name] == nil && !first.contains(name)
  }
}

extension ONNXModel {
  /// Whether the file stores any weights: values in the place of parameters, or a matrix of numbers.
  fileprivate func storesWeights(_ places: ParameterPlaces) -> Bool {
    func isWeight(_ name: String, _ header: Onnx_TensorProto) -> Bool {
      let isNumber = ElementType(rawValue: Int(header.dataType)).map { !$0.isIndex } ?? false
      guard isNumber, header.dims.contains(where: { $0 > 1 }) else { return false }
      return header.isMatrix || places.places(of: name, rank: header.dims.count) != nil
    }
    return !proto.graph.sparseInitializer.isEmpty
      || initializers.contains { isWeight($0.name, $0.header) }
      || proto.graph.node.contains { node in
        if node.graphs.contains(where: { $0.initializer.contains(where: \.isMatrix) }) {
          return true
        }
        guard node.opType == "Constant", let name = node.output.first,
          let value = node.attributeIfPresent("value")
        else { return false }
        return isWeight(name, value.t)
      }
  }
}

extension Onnx_TensorProto {
  /// Whether two dimensions or more are larger than 1.
  fileprivate var isMatrix: Bool { dims.count { $0 > 1 } >= 2 }
}

extension ElementType {
  /// Whether tensors of this type say where and how much rather than what.
  fileprivate var isIndex: Bool {
    switch self {
    case .int64, .uint64, .bool, .string: true
    default: false
    }
  }
}

extension Onnx_ValueInfoProto {
  /// The number of dimensions; nil where the file does not say it.
  fileprivate var rank: Int? {
    type.tensorType.hasShape ? type.tensorType.shape.dim.count : nil
  }
}

extension String {
  /// Whether it is called as exporters call weights: `conv1.weight`, `dense/kernel:0`, or `fc2_W` behind the
  /// name of a layer. A name like `sample_weight` or `W` says nothing.
  fileprivate var isNameOfWeights: Bool {
    let path = prefix { $0 != ":" }
    guard let separator = path.lastIndex(where: { !$0.isLetter }), separator != startIndex,
      namesOfWeights.contains(path[path.index(after: separator)...].lowercased())
    else { return false }
    if path[separator] != "_" { return true }
    guard let owner = path[..<separator].split(whereSeparator: { "_./".contains($0) }).last else {
      return false
    }
    return owner.last?.isNumber == true
      || namesOfLayers.contains(owner.lowercased().filter(\.isLetter))
  }
}

private let namesOfWeights: Set<String> = [
  "w", "weight", "weights", "kernel", "kernels", "bias", "biases",
]

private let namesOfLayers: Set<String> = [
  "conv", "convolution", "deconv", "fc", "dense", "linear", "gemm", "matmul", "proj", "projection",
  "embed", "embedding", "embeddings", "bn", "batchnorm", "norm", "layernorm", "lstm", "gru", "rnn",
  "layer", "block", "classifier",
]
