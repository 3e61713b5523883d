import Diagnostics

extension ALOHAPlatformFormat {
  /// Collects, core by core, the connections behind each port.
  struct PortTable {
    /// The connections behind the three ports of one core, in the order of the file.
    private struct Row {
      var activationsIn: [LinkID] = []
      var weightsIn: [LinkID] = []
      var outputOut: [LinkID] = []
    }

    private var rows: [Row]

    init(coreCount: Int) { rows = Array(repeating: Row(), count: coreCount) }

    /// Adds the connection at position `index` of the file to the ports at its ends.
    mutating func connect(_ ends: ConnectionEnds, to index: Int) {
      if let core = ends.writer { rows[core].outputOut.append(LinkID(index)) }
      if let core = ends.activationsReader { rows[core].activationsIn.append(LinkID(index)) }
      if let core = ends.weightsReader { rows[core].weightsIn.append(LinkID(index)) }
    }

    /// The ports of a core: no limit without a connection, of several the slowest counts.
    func ports(
      ofCore core: Int, named name: String, links: [Link]
    ) -> (Element.Ports, [Diagnostic]) {
      let row = rows[core]
      let roles = [
        ("activations", row.activationsIn), ("weights", row.weightsIn), ("output", row.outputOut),
      ]
      let ports = Element.Ports(
        activationsIn: port(row.activationsIn, links: links),
        weightsIn: port(row.weightsIn, links: links),
        outputOut: port(row.outputOut, links: links))
      return (ports, diagnostics(of: roles, core: name))
    }

    private func port(_ candidates: [LinkID], links: [Link]) -> Element.Port {
      let slowest = candidates.min { links[$0.index].bandwidth < links[$1.index].bandwidth }
      return Element.Port(bandwidth: slowest.map { links[$0.index].bandwidth }, link: slowest)
    }

    private func diagnostics(of roles: [(String, [LinkID])], core: String) -> [Diagnostic] {
      let open = roles.filter { $0.1.isEmpty }.map(\.0)
      var found: [Diagnostic] = []
      if open.count == roles.count {
        found.append(Diagnostic(core, "no connection leads to it; its bandwidth has no limit"))
      } else if !open.isEmpty {
        found.append(
          Diagnostic(
            core, "no connection for \(open.joined(separator: " and ")); no bandwidth limit there"))
      }
      for (role, candidates) in roles where candidates.count > 1 {
        found.append(
          Diagnostic(core, "\(candidates.count) connections for \(role); the slowest counts"))
      }
      return found
    }
  }
}
