import Documents
import Quantities

extension PlatformReader {
  /// Adds an entry of `element_types`.
  mutating func addType(_ node: DocumentNode) throws {
    let fields = try node.fields(
      [
        "name", "kind", "performance", "operators", "power", "cost", "local_memory", "access",
        "overhead", "rounding",
      ] + Self.originKeys)
    let name = try fields.required("name")
    guard types[try name.name()] == nil else {
      throw name.invalid("a name that no other element type has")
    }
    let peak = try fields["performance"]?.rate()
    let power = try fields["power"]?.fields(["active", "idle"])
    let type = CoreType(
      name: try name.name(), kind: try fields.required("kind").word(CoreType.Kind.self),
      peakRate: peak, operators: try operators(fields, peak, node),
      activePower: try power?["active"]?.power() ?? .zero,
      idlePower: try power?["idle"]?.power() ?? .zero,
      cost: try fields["cost"]?.number(atLeast: 0) ?? 1,
      localMemory: try fields["local_memory"]?.bytes(),
      access: try fields["access"]?.word(CoreType.Access.self) ?? .streamed,
      overhead: try fields["overhead"]?.time() ?? .zero,
      rounding: try fields["rounding"].map { try Self.rounding($0) },
      origin: try origin(fields, Figures.type))
    types[type.name] = type
  }

  /// The operators of a type; a peak alone stands for every operator.
  private func operators(
    _ fields: DocumentFields, _ peak: OperationsPerSecond?, _ node: DocumentNode
  ) throws -> [OperatorSupport] {
    guard let list = fields["operators"] else {
      guard let peak else {
        throw DocumentError.missing(file: node.file, path: node.path, key: "performance")
      }
      return [OperatorSupport(pattern: .any, rate: peak)]
    }
    let entries = try list.list()
    guard !entries.isEmpty else { throw list.invalid("at least one operator") }
    return try entries.map { try support($0, peak) }
  }

  private func support(
    _ node: DocumentNode, _ peak: OperationsPerSecond?
  ) throws -> OperatorSupport {
    if case .text = node.value {
      guard let peak else { throw node.invalid("an object with a performance") }
      return OperatorSupport(pattern: try Self.pattern(node), rate: peak)
    }
    let fields = try node.fields(
      ["pattern", "performance", "bits", "activation_bits", "weight_bits", "power"]
        + Self.originKeys)
    guard let rate = try fields["performance"]?.rate() ?? peak else {
      throw DocumentError.missing(file: node.file, path: node.path, key: "performance")
    }
    let bits = try fields["bits"]?.integer(in: 1...64)
    return OperatorSupport(
      pattern: try Self.pattern(try fields.required("pattern")), rate: rate,
      activationBits: try fields["activation_bits"]?.integer(in: 1...64) ?? bits,
      weightBits: try fields["weight_bits"]?.integer(in: 1...64) ?? bits,
      power: try fields["power"]?.power(),
      origin: try origin(fields, Figures.support, takesRest: false))
  }

  private static func pattern(_ node: DocumentNode) throws -> OperatorPattern {
    guard let pattern = OperatorPattern(try node.text()) else {
      throw node.invalid("operator names joined by +, as conv+relu, or *")
    }
    return pattern
  }

  private static func rounding(_ node: DocumentNode) throws -> Rounding {
    let multiples = 1...65_536
    let fields = try node.fields(["operations", "weights"])
    let operations = try fields["operations"].map { node in
      let fields = try node.fields(["input_channels", "output_channels", "skipped_outputs"])
      return Rounding.Operations(
        inputMultiple: try fields["input_channels"]?.integer(in: multiples) ?? 1,
        outputMultiple: try fields["output_channels"]?.integer(in: multiples) ?? 1,
        computesSkippedOutputs: try fields["skipped_outputs"]?.boolean() ?? false)
    }
    let weights = try fields["weights"].map { node in
      let fields = try node.fields([
        "input_channels", "output_channels", "group_channels", "group_words",
      ])
      return Rounding.Weights(
        inputMultiple: try fields["input_channels"]?.integer(in: multiples) ?? 1,
        outputMultiple: try fields["output_channels"]?.integer(in: multiples) ?? 1,
        groupChannels: try fields["group_channels"]?.integer(in: multiples) ?? 1,
        groupWords: try fields["group_words"]?.integer(in: multiples) ?? 1)
    }
    return Rounding(operations: operations, weights: weights)
  }
}
