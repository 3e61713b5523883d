import Diagnostics
import Quantities

extension ALOHAPlatformFormat {
  /// Turns a decoded file into a platform and checks its values on the way.
  struct Translation {
    let document: Document
    let file: String

    func reading() throws(PlatformError) -> PlatformReading {
      let cores = try positionsOfCores()
      let memory = Memory(
        name: "MEM",
        capacity: try bytes(document.globalMemorySize, at: "global_memory_size", allowZero: false))
      let peakRate = try document.peakPerformance.map { value throws(PlatformError) in
        OperationsPerSecond(exact: try billions(value, at: document.peakPerformanceKey, .rate))
      }
      let peakPower = try document.peakPower.map { value throws(PlatformError) in
        try power(value, at: "peak_power")
      }
      let links = try links()
      var connections = PortTable(coreCount: document.cores.count)
      for (index, connection) in document.connections.enumerated() {
        connections.connect(try ends(of: connection, at: index, cores: cores), to: index)
      }
      var elements: [Element] = []
      var diagnostics: [Diagnostic] = []
      for (index, core) in document.cores.enumerated() {
        let (ports, found) = connections.ports(ofCore: index, named: core.name, links: links)
        elements.append(try element(core, ports: ports, at: "cores[\(index)]"))
        diagnostics += found
      }
      let platform = try Platform(
        name: document.name, elements: elements.withSharedTypes, memories: [memory], links: links,
        peakRate: peakRate, peakPower: peakPower)
      return PlatformReading(platform: platform, diagnostics: diagnostics)
    }
  }
}

extension ALOHAPlatformFormat.Translation {
  /// The lower-case core names with their positions.
  private func positionsOfCores() throws(PlatformError) -> [String: Int] {
    if document.cores.isEmpty { throw invalid("cores", "at least one core", "none") }
    var positions: [String: Int] = [:]
    for (index, core) in document.cores.enumerated() {
      let path = "cores[\(index)].name"
      if core.name.isEmpty { throw invalid(path, "a name", "an empty string") }
      if let first = positions.updateValue(index, forKey: core.name.lowercased()) {
        throw invalid(path, "a name other than that of cores[\(first)]", core.name.debugDescription)
      }
    }
    return positions
  }

  private func links() throws(PlatformError) -> [Link] {
    var names: [String: Int] = [:]
    var links: [Link] = []
    for (index, connection) in document.connections.enumerated() {
      let path = "connections[\(index)]"
      if let first = names.updateValue(index, forKey: connection.name) {
        throw invalid(
          "\(path).name", "a name other than that of connections[\(first)]",
          connection.name.debugDescription)
      }
      let bandwidth = try billions(connection.bandwidth, at: "\(path).bandwidth", .bandwidth)
      links.append(Link(name: connection.name, bandwidth: BytesPerSecond(exact: bandwidth)))
    }
    return links
  }

  private func ends(
    of connection: ALOHAPlatformFormat.Connection, at index: Int, cores: [String: Int]
  ) throws(PlatformError) -> ALOHAPlatformFormat.ConnectionEnds {
    do {
      return try ALOHAPlatformFormat.ends(ofConnection: connection.name, cores: cores)
    } catch {
      throw invalid("connections[\(index)].name", error.expected, connection.name.debugDescription)
    }
  }

  private func element(
    _ core: ALOHAPlatformFormat.Core, ports: Element.Ports, at path: String
  ) throws(PlatformError) -> Element {
    var operators: [OperatorSupport] = []
    for (index, listed) in core.operators.enumerated() {
      operators += try supports(listed, at: "\(path).supported_operator[\(index)]")
    }
    if operators.isEmpty {
      throw invalid("\(path).supported_operator", "at least one operator", "none")
    }
    let localMemory = try core.localMemorySize.map { size throws(PlatformError) in
      try bytes(size, at: "\(path).local_memory_size", allowZero: true)
    }
    let type = CoreType(
      name: core.name,
      kind: operators.contains { $0.pattern.operators[0] == "fc" } ? .processor : .accelerator,
      operators: operators,
      activePower: try power(core.maxPower, at: "\(path).max_power"),
      localMemory: localMemory)
    return Element(name: core.name, type: type, dataMemory: MemoryID(0), ports: ports)
  }

  private func supports(
    _ listed: ALOHAPlatformFormat.Operator, at path: String
  ) throws(PlatformError) -> [OperatorSupport] {
    guard let pattern = OperatorPattern(listed.name) else {
      throw invalid("\(path).name", "operator names joined by + or _", listed.name.debugDescription)
    }
    if listed.modes.isEmpty { throw invalid("\(path).operator_mode", "at least one mode", "none") }
    var supports: [OperatorSupport] = []
    for (index, mode) in listed.modes.enumerated() {
      let path = "\(path).operator_mode[\(index)]"
      let rate = try billions(mode.performance, at: "\(path).performance", .rate)
      supports.append(
        OperatorSupport(
          pattern: pattern, rate: OperationsPerSecond(exact: rate),
          activationBits: try width(mode.activationWidth, at: "\(path).activation_width"),
          weightBits: try width(mode.dataWidth, at: "\(path).data_width")))
    }
    return supports
  }
}
