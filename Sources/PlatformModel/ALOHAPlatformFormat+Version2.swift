import Diagnostics
import Documents
import Quantities

extension ALOHAPlatformFormat {
  /// Reads version 2 of the description, which splits types of cores from the cores.
  ///
  /// Units are those of version 1, except where published files mix them: a bandwidth from 1,000 on is
  /// in MB/s, and a global memory from 1,000,000 on in bytes. Bandwidths lie in a matrix between cores;
  /// as all values pass the global memory, a core's port is as fast as its fastest partner says, and
  /// a 0 states nothing. An operator without a rate, or with 0, is left out with a warning; `energy` is
  /// the power in W while the operator runs. A core of type `ARM` or `CPU`, or one that lists FC, is
  /// a processor, any other an accelerator.
  static func readVersion2(_ document: DocumentNode) throws -> PlatformReading {
    var reader = try Version2Reader(document)
    return try reader.reading()
  }
}

/// The walk over a version 2 document.
private struct Version2Reader {
  let top: DocumentFields
  var diagnostics: [Diagnostic] = []
  var links: [Link] = []

  init(_ document: DocumentNode) throws { top = try document.fields() }

  mutating func reading() throws -> PlatformReading {
    let types = try top.required("core_types").list().map { try type($0) }
    let cores = try top.required("cores").list()
    guard !cores.isEmpty else { throw try top.required("cores").invalid("at least one core") }
    var elements: [Element] = []
    for (index, node) in cores.enumerated() {
      elements.append(try element(node, index: index, count: cores.count, types))
    }
    elements = try withHosts(elements, cores)
    let peak = try (top["peak performance"] ?? top["peak_performance"]).map { try peakRate($0) }
    let platform = try Platform(
      name: try top.required("name").name(), elements: elements, memories: [try memory()],
      links: links, peakRate: peak,
      peakPower: try top["peak_power"].map { Watts(try $0.number(atLeast: 0)) })
    return PlatformReading(platform: platform, diagnostics: diagnostics)
  }

  private mutating func memory() throws -> Memory {
    let node = try top.required("global_memory_size")
    let number = try node.decimal()
    let inBytes = number >= 1e6
    if inBytes {
      diagnostics.append(
        Diagnostic(node.path, "\(node.value.summary) MB would be too much: taken as bytes"))
    }
    guard number > .zero, let bytes = (inBytes ? number : number.times(mebibyte))?.floor
    else { throw node.invalid("a size above 0 and below 2^63 bytes") }
    let bandwidth = try top["global_memory_bandwidth"].map { try self.bandwidth($0) } ?? nil
    return Memory(name: "MEM", capacity: bytes, bandwidth: bandwidth)
  }

  // MARK: Types of cores

  private struct TypeEntry {
    var name: String
    var type: String?
    var subtype: String?
    var value: CoreType
  }

  private mutating func type(_ node: DocumentNode) throws -> TypeEntry {
    let fields = try node.fields()
    let name = try fields.required("name").name()
    let kind = try fields["type"]?.name()
    let peak = try fields["max_performance"].map { try rate($0) }
    let operators = try fields.required("supported_operator")
    var entries: [OperatorSupport] = []
    for node in try operators.list() {
      if let entry = try support(node) { entries.append(entry) }
    }
    guard !entries.isEmpty else { throw operators.invalid("at least one operator with a rate") }
    let isProcessor =
      kind.map { processorTypes.contains($0.uppercased()) } ?? false
      || entries.contains { $0.pattern.operators[0] == "fc" }
    let localMemory = try fields["local_memory_size"].map { node in
      guard let bytes = try node.decimal().times(mebibyte)?.floor else {
        throw node.invalid("a size from 0 to below 2^63 bytes in MB")
      }
      return bytes
    }
    return TypeEntry(
      name: name, type: kind, subtype: try fields["subtype"]?.name(),
      value: CoreType(
        name: name, kind: isProcessor ? .processor : .accelerator, peakRate: peak,
        operators: entries,
        activePower: Watts(try fields.required("max_power").number(atLeast: 0)),
        localMemory: localMemory))
  }

  private mutating func support(_ node: DocumentNode) throws -> OperatorSupport? {
    let fields = try node.fields()
    let name = try fields.required("name")
    guard let pattern = OperatorPattern(try name.text()) else {
      throw name.invalid("operator names joined by + or _")
    }
    guard let performance = fields["performance"], performance.value != .integer(0) else {
      diagnostics.append(
        Diagnostic(node.path, "the operator \(pattern) has no performance and is left out"))
      return nil
    }
    let energy = try fields["energy"]?.number(atLeast: 0)
    return OperatorSupport(
      pattern: pattern, rate: try rate(performance),
      activationBits: try fields["activation_width"]?.integer(in: 1...64),
      weightBits: try fields["data_width"]?.integer(in: 1...64), power: energy.map { Watts($0) })
  }

  private func rate(_ node: DocumentNode) throws -> OperationsPerSecond {
    let number = try node.decimal()
    guard number > .zero else { throw node.invalid("a rate above 0 Gop/s") }
    return OperationsPerSecond(exact: try node.divisor(number.times(1e9)))
  }

  /// A rate for reports, which may be 0.
  private func peakRate(_ node: DocumentNode) throws -> OperationsPerSecond {
    let number = try node.decimal()
    return number == .zero ? .zero : try rate(node)
  }

  // MARK: Cores

  private mutating func element(
    _ node: DocumentNode, index: Int, count: Int, _ types: [TypeEntry]
  ) throws -> Element {
    let fields = try node.fields()
    let name = try fields.required("name").name()
    let typeNode = try fields.required("type")
    let wanted = try typeNode.name()
    let subtype = try fields["subtype"]?.name()
    let type =
      types.first { $0.type == wanted && $0.subtype == subtype }
      ?? types.first { $0.name == wanted }
    guard let type else {
      let known = types.map(\.name).joined(separator: ", ")
      throw typeNode.invalid("the type and subtype of one of the core types \(known)")
    }
    let ports = Element.Ports(
      activationsIn: try port("\(name)_activations", try row(index, of: count)),
      weightsIn: try port("\(name)_weights", try weights(index, of: count)),
      outputOut: try port("\(name)_output", try column(index, of: count)))
    return Element(name: name, type: type.value, dataMemory: MemoryID(0), ports: ports)
  }

  /// A port over a link of its own, as fast as the fastest of the bandwidths.
  private mutating func port(_ name: String, _ nodes: [DocumentNode]) throws -> Element.Port {
    let stated = try nodes.compactMap { try bandwidth($0) }
    guard let fastest = stated.max() else { return Element.Port() }
    links.append(Link(name: name, bandwidth: fastest))
    return Element.Port(bandwidth: fastest, link: LinkID(links.count - 1))
  }

  private func matrix(of count: Int) throws -> [[DocumentNode]] {
    guard let node = top["activations_bandwidth"] else { return [] }
    let rows = try node.list().map { try $0.list() }
    guard rows.count == count, rows.allSatisfy({ $0.count == count }) else {
      throw node.invalid("a row and a column for each of the \(count) cores")
    }
    return rows
  }

  /// What a core reads over: the file has the reader's row and the writer's column.
  private func row(_ index: Int, of count: Int) throws -> [DocumentNode] {
    let rows = try matrix(of: count)
    return rows.isEmpty ? [] : rows[index]
  }

  private func column(_ index: Int, of count: Int) throws -> [DocumentNode] {
    try matrix(of: count).map { $0[index] }
  }

  private func weights(_ index: Int, of count: Int) throws -> [DocumentNode] {
    guard let node = top["weights_bandwidth"] else { return [] }
    let list = try node.list()
    guard list.count == count else {
      throw node.invalid("a bandwidth for each of the \(count) cores")
    }
    return [list[index]]
  }

  /// A bandwidth in GB/s, or in MB/s from 1,000 on; nil for 0, which states nothing.
  private func bandwidth(_ node: DocumentNode) throws -> BytesPerSecond? {
    let number = try node.decimal()
    guard number >= .zero else { throw node.invalid("a bandwidth of at least 0 GB/s") }
    guard number > .zero else { return nil }
    return BytesPerSecond(exact: try node.divisor(number.times(number >= 1000 ? 1e6 : 1e9)))
  }

  private func withHosts(_ elements: [Element], _ cores: [DocumentNode]) throws -> [Element] {
    try zip(elements, cores).map { element, node in
      guard let hostNode = try node.fields()["host"] else { return element }
      let name = try hostNode.name()
      guard let host = elements.firstIndex(where: { $0.name == name }) else {
        throw hostNode.invalid("the name of a core")
      }
      return Element(
        name: element.name, type: element.type, dataMemory: element.dataMemory,
        ports: element.ports, host: ElementID(host))
    }
  }
}

/// Types of cores that run every operator.
private let processorTypes: Set<String> = ["ARM", "CPU", "X86", "RISCV", "RISC-V"]
