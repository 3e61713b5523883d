import Diagnostics
import ONNXFormat
import ONNXSchema

/// A dimension of a tensor as a file declares it.
private enum DeclaredDimension: Hashable {
  case fixed(Int)
  /// Equal names are equal sizes.
  case named(String)
  case free

  init(_ proto: Onnx_TensorShapeProto.Dimension) {
    switch proto.value {
    case .dimValue(let value)? where value >= 0: self = .fixed(Int(value))
    case .dimParam(let name)? where !name.isEmpty: self = .named(name)
    default: self = .free
    }
  }
}

/// What is known of the sizes that the inputs of a graph leave open.
struct InputDimensions {
  /// The size of each named dimension that is known.
  private(set) var sizes: [String: Int] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// The named dimensions that stand somewhere else than in front.
  private var inner: Set<String> = []
  private var ofInputs: Set<String> = []
  private var known: Set<String> = []
  /// The names that the user gives sizes for and that no input has.
  private var withoutInput: [String] = []

  /// Takes the sizes that the user gives, by name or by the shape of an input.
  ///
  /// - Throws: ``ONNXError/reading(option:reason:)`` for a name that no tensor of the graph has, and for two
  ///   sizes of one name.
  init(_ graph: Onnx_GraphProto, _ reading: NetworkReading) throws {
    for info in graph.input { note(info.declaredDimensions ?? [], isInput: true) }
    for info in graph.valueInfo + graph.output {
      note(info.declaredDimensions ?? [], isInput: false)
    }
    for name in reading.dimensions.keys.sorted() where !known.contains(name) {
      let names = known.sorted()
      throw NetworkReading.Key.dimension.error(
        names.isEmpty
          ? "no dimension has a name, and so none is called \(name)"
          : "there is no dimension \(name); the names are \(names.joined(separator: ", "))"
            + name.similar(in: names).asQuestion)
    }
    withoutInput = reading.dimensions.keys.sorted().filter {
      reading.first.isEmpty && !ofInputs.contains($0)
    }
    diagnostics = withoutInput.map {
      Diagnostic(
        "\(NetworkReading.Key.dimension.reference) \($0)",
        "no input has this dimension; it says only how large values of unknown operators are")
    }
    sizes = reading.dimensions
    try learn(from: graph, reading)
  }

  private mutating func note(_ dimensions: [DeclaredDimension], isInput: Bool) {
    for (axis, dimension) in dimensions.enumerated() {
      guard case .named(let name) = dimension else { continue }
      known.insert(name)
      if isInput { ofInputs.insert(name) }
      if axis > 0, isInput { inner.insert(name) }
    }
  }

  /// A named dimension of an input whose shape is given is known for all.
  private mutating func learn(from graph: Onnx_GraphProto, _ reading: NetworkReading) throws {
    var origins: [String: String] = [:]
    var disputed: Set<String> = []
    for info in graph.input {
      guard let shape = reading.shapes[info.name], let dimensions = info.declaredDimensions,
        dimensions.count == shape.count
      else { continue }
      for case (.named(let name), let size) in zip(dimensions, shape) {
        if let other = reading.dimensions[name], other != size {
          throw NetworkReading.Key.dimension.error(
            "\(name) is \(other), and \(size) by the shape of the input \(info.name)")
        }
        if let other = sizes[name], other != size, disputed.insert(name).inserted {
          diagnostics.append(
            Diagnostic(
              info.name,
              "its dimension \(name) is \(size), and \(other) in \(origins[name] ?? "?"): each as given"
            ))
        }
        sizes[name] = size
        origins[name] = info.name
      }
    }
    for name in disputed { sizes[name] = nil }
  }

  /// The dimensions of an input; nil where one of them is not known.
  ///
  /// A free first dimension is the batch, unless its name also stands elsewhere; one inference at a time is
  /// what is planned for.
  mutating func shape(of info: Onnx_ValueInfoProto) -> [Int]? {
    guard let dimensions = info.declaredDimensions else { return nil }
    var shape: [Int] = []
    for (axis, dimension) in dimensions.enumerated() {
      switch dimension {
      case .fixed(let size): shape.append(size)
      case .named(let name) where sizes[name] != nil: shape.append(sizes[name] ?? 1)
      case .named(let name) where axis == 0 && !inner.contains(name):
        shape.append(batch(info, name))
      case .free where axis == 0: shape.append(batch(info, nil))
      case .named, .free: return nil
      }
    }
    return shape
  }

  private mutating func batch(_ info: Onnx_ValueInfoProto, _ dimension: String?) -> Int {
    let option = dimension.map { "`dim` \($0)=…" } ?? "`input_shape`"
    diagnostics.append(
      Diagnostic(info.name, "its first dimension is free; 1 is taken (\(option) sets it)"))
    return 1
  }
}

// MARK: - Asking for sizes

extension InputDimensions {
  /// The error that asks for the sizes of all inputs at once.
  func unknownShapes(_ inputs: [Onnx_ValueInfoProto]) -> ONNXError {
    let list = inputs.map { info -> String in
      guard let dimensions = info.declaredDimensions else {
        return "\(info.name) (of no known rank)"
      }
      return "\(info.name) (\(dimensions.map(\.text).joined(separator: "×")))"
    }
    let subject = inputs.count == 1 ? "the shape of the input" : "the shapes of the inputs"
    var hints: [String] = []
    let named = namedSizes(inputs)
    if !named.isEmpty { hints.append("`dim` \(named.joined(separator: ","))") }
    if let info = inputs.first(where: { !$0.hasNamesOnly }) ?? (named.isEmpty ? nil : inputs[0]) {
      let shape = example(info).map { "\($0)" }.joined(separator: ",")
      hints.append("`input_shape` \(info.name)=\(shape)")
    }
    let needsBoth = !named.isEmpty && inputs.contains { !$0.hasNamesOnly }
    return .model(
      reason:
        "\(subject) \(list.joined(separator: ", ")) \(inputs.count == 1 ? "is" : "are") not fixed: "
        + "give \(inputs.count == 1 ? "it" : "them"), as in "
        + hints.joined(separator: needsBoth ? " " : " or ")
        + (withoutInput.isEmpty
          ? ""
          : "; no input has the dimension \(withoutInput.joined(separator: ", ")) that is given"))
  }

  /// A possible size for each named dimension of the inputs that is not known, as `batch=1`.
  private func namedSizes(_ inputs: [Onnx_ValueInfoProto]) -> [String] {
    var seen: Set<String> = []
    return inputs.flatMap { info -> [String] in
      guard let dimensions = info.declaredDimensions else { return [] }
      return zip(dimensions, example(info)).compactMap { dimension, size in
        guard case .named(let name) = dimension, sizes[name] == nil, seen.insert(name).inserted
        else { return nil }
        return "\(name)=\(size)"
      }
    }
  }

  /// A shape that an input may have: images have 3 channels of 224×224 pixels, sequences 128 members.
  private func example(_ info: Onnx_ValueInfoProto) -> [Int] {
    guard let dimensions = info.declaredDimensions else { return [1, 3, 224, 224] }
    let isImage = dimensions.count == 4
    let hasBatch = dimensions.contains { $0.isBatch }
    return dimensions.enumerated().map { axis, dimension in
      switch dimension {
      case .fixed(let size): size
      case .named(let name) where sizes[name] != nil: sizes[name] ?? 1
      case _ where hasBatch ? dimension.isBatch : axis == 0: 1
      case .named, .free: isImage ? (axis == 1 ? 3 : 224) : 128
      }
    }
  }
}

extension DeclaredDimension {
  /// Whether its name says that it is the batch.
  fileprivate var isBatch: Bool {
    if case .named(let name) = self { name.lowercased().contains("batch") } else { false }
  }

  /// The dimension as readers see it.
  fileprivate var text: String {
    switch self {
    case .fixed(let size): "\(size)"
    case .named(let name): name
    case .free: "?"
    }
  }
}

extension Onnx_ValueInfoProto {
  /// The dimensions that the file declares; nil where it does not even say how many.
  fileprivate var declaredDimensions: [DeclaredDimension]? {
    guard case .tensorType(let tensor)? = type.value, tensor.hasShape else { return nil }
    return tensor.shape.dim.map { DeclaredDimension($0) }
  }

  /// Whether every dimension is fixed, has a name or is the batch, so that names alone settle it.
  fileprivate var hasNamesOnly: Bool {
    guard let dimensions = declaredDimensions else { return false }
    return dimensions.enumerated().allSatisfy { $1 != .free || $0 == 0 }
  }
}
