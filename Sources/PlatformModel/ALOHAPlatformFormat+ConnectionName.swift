extension ALOHAPlatformFormat {
  /// The ports that a connection serves, as its name tells: the only place where a version 1 file
  /// says what a connection connects.
  ///
  /// | name | write port of | read port of |
  /// |---|---|---|
  /// | `XtoYthrough_MEM` | X | Y, for activations and weights |
  /// | `MEMtoX_activations`, `MEMtoX_weights` | | X, for that role |
  /// | `Xtomem_output` | X | |
  struct ConnectionEnds: Hashable {
    /// The position of the core that writes over the connection.
    var writer: Int?
    /// The position of the core that reads its activations over the connection.
    var activationsReader: Int?
    /// The position of the core that reads its weights over the connection.
    var weightsReader: Int?
  }

  /// Why a connection name has no meaning: what was expected of it.
  struct ConnectionNameError: Error, Hashable {
    let expected: String
  }

  /// Reads a connection name, whatever its case.
  ///
  /// - Parameter cores: The lower-case core names with their positions.
  /// - Throws: ``ConnectionNameError`` when the name has none of the forms, names a core that is
  ///   not there, or can be cut in two ways into core names.
  static func ends(
    ofConnection name: String, cores: [String: Int]
  ) throws(ConnectionNameError) -> ConnectionEnds {
    let name = name.lowercased()
    if name.hasSuffix(throughMemory) {
      return try ends(betweenCores: String(name.dropLast(throughMemory.count)), cores: cores)
    }
    if name.hasPrefix(fromMemory) {
      return try ends(fromMemory: String(name.dropFirst(fromMemory.count)), cores: cores)
    }
    // A role holds no underscore but a core name may hold `tomem_`, so the last one counts.
    if let underscore = name.lastIndex(of: "_"), name[...underscore].hasSuffix(toMemory) {
      let core = String(name[...underscore].dropLast(toMemory.count))
      return ConnectionEnds(writer: try position(ofCore: core, cores: cores))
    }
    throw ConnectionNameError(
      expected: "XtoYthrough_MEM, MEMtoX_activations, MEMtoX_weights or Xtomem_output")
  }

  private static let throughMemory = "through_mem"
  private static let fromMemory = "memto"
  private static let toMemory = "tomem_"

  private static func ends(
    betweenCores name: String, cores: [String: Int]
  ) throws(ConnectionNameError) -> ConnectionEnds {
    // Core names may contain "to" themselves: every cut is tried.
    let cuts = name.indices.filter { name[$0...].hasPrefix("to") }.map { index in
      (String(name[..<index]), String(name[index...].dropFirst("to".count)))
    }
    let pairs = cuts.compactMap { writer, reader -> ConnectionEnds? in
      guard let writer = cores[writer], let reader = cores[reader] else { return nil }
      return ConnectionEnds(writer: writer, activationsReader: reader, weightsReader: reader)
    }
    guard let ends = pairs.first else {
      throw ConnectionNameError(expected: "the names of two cores in XtoYthrough_MEM")
    }
    guard pairs.count == 1 else {
      throw ConnectionNameError(expected: "a name that means one pair of cores, not several")
    }
    return ends
  }

  private static func ends(
    fromMemory name: String, cores: [String: Int]
  ) throws(ConnectionNameError) -> ConnectionEnds {
    guard let underscore = name.lastIndex(of: "_") else {
      throw ConnectionNameError(expected: "MEMtoX_activations or MEMtoX_weights")
    }
    let core = String(name[..<underscore])
    switch name[underscore...] {
    case "_activations":
      return ConnectionEnds(activationsReader: try position(ofCore: core, cores: cores))
    case "_weights":
      return ConnectionEnds(weightsReader: try position(ofCore: core, cores: cores))
    default:
      throw ConnectionNameError(expected: "MEMtoX_activations or MEMtoX_weights")
    }
  }

  private static func position(
    ofCore name: String, cores: [String: Int]
  ) throws(ConnectionNameError) -> Int {
    guard let position = cores[name] else {
      throw ConnectionNameError(expected: "the name of a core instead of \(name.debugDescription)")
    }
    return position
  }
}
