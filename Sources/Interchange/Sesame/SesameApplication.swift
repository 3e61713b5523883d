package import Dataflow

/// A CSDF graph as a Kahn process network of the Sesame environment: a process for each actor, a first-in
/// first-out queue for each channel, and operations with numbers for what firings execute.
///
/// Environment: Coffland, Pimentel 2003, "A software framework for efficient system-level performance
/// evaluation of embedded systems", SAC, DOI 10.1145/952532.952664. A firing reads its self-edges, then
/// its other ports in their order, executes one operation, and writes its ports in their order; what has
/// the rate 0 leaves no event. Initial tokens, which process networks do not have, are written by the
/// producer before its first firing.
package struct SesameApplication: Hashable, Sendable {
  /// The identifier by which the files are named.
  package let name: String
  /// The graph that the processes execute.
  package let graph: CSDFGraph
  /// For each actor its process.
  package let processes: [Process]
  /// The operations; the number of one is its place, from 1.
  package let operations: [String]

  /// What executes an actor.
  package struct Process: Hashable, Sendable {
    /// An identifier of C++.
    package let name: String
    /// The input ports, then the output ports; the number of a port is its place.
    package let ports: [Port]
    /// For each phase the place of its operation; a list shorter than the phases is repeated.
    package let operations: [Int]
    /// The firings of an iteration.
    package let firings: Int64

    /// The ports that a firing reads, in the order in which it does.
    package var reads: [Int] {
      let inputs = ports.indices.filter { ports[$0].isInput }
      return inputs.filter { ports[$0].isSelfEdge } + inputs.filter { !ports[$0].isSelfEdge }
    }

    /// The ports that a firing writes, in the order in which it does.
    package var writes: [Int] { ports.indices.filter { !ports[$0].isInput } }
  }

  /// Where a process reads or writes a channel.
  package struct Port: Hashable, Sendable {
    /// The name, `IP` or `OP` with a number in what we write.
    package let name: String
    /// Whether the process reads from it.
    package let isInput: Bool
    /// Whether its channel leads from the process to itself.
    package let isSelfEdge: Bool
    /// The place of the channel.
    package let channel: Int
  }

  /// The longest single transfer, as events keep sizes in 16 bits.
  package static let burstLimit = 32_767
}

extension SesameApplication {
  /// Makes the processes of a graph.
  ///
  /// - Parameters:
  ///   - name: What the files are named after; by default the graph's name.
  ///   - operations: For each actor and phase the place of its operation.
  /// - Throws: ``InterchangeError`` for an inconsistent graph, or rates that no buffer can hold.
  init(
    _ graph: CSDFGraph, name: String?, operations: (names: [String], ofPhases: [[Int]])
  ) throws(InterchangeError) {
    let firings = try Self.firings(of: graph)
    for channel in graph.channels {
      let largest = max(channel.production.max() ?? 0, channel.consumption.max() ?? 0)
      guard largest <= Int64(Int32.max) else {
        throw .tooLarge(
          format: "a buffer", quantity: "channel \"\(channel.name)\": the rate", value: largest,
          limit: Int64(Int32.max))
      }
    }
    var identifiers = IdentifierTable(
      reserved: SesameNames.reserved, endings: ["_Base", "_Ports"])
    let ports = Self.ports(of: graph)
    processes = graph.actors.indices.map { actor in
      Process(
        name: SesameNames.take(graph.actors[actor].name, &identifiers), ports: ports[actor],
        operations: operations.ofPhases[actor], firings: firings[actor])
    }
    self.name = IdentifierTable.legal(name ?? graph.name)
    self.graph = graph
    self.operations = operations.names
  }

  static func firings(of graph: CSDFGraph) throws(InterchangeError) -> [Int64] {
    do {
      return try RepetitionVector(of: graph).firings
    } catch {
      throw .dataflow(error)
    }
  }

  /// For each actor its ports: inputs and outputs, both in the order of the channels.
  private static func ports(of graph: CSDFGraph) -> [[Port]] {
    var inputs: [[Port]] = Array(repeating: [], count: graph.actors.count)
    var outputs = inputs
    for (index, channel) in graph.channels.enumerated() {
      let (source, target) = (channel.source.index, channel.destination.index)
      outputs[source].append(
        Port(
          name: "OP\(outputs[source].count)", isInput: false, isSelfEdge: channel.isSelfEdge,
          channel: index))
      inputs[target].append(
        Port(
          name: "IP\(inputs[target].count)", isInput: true, isSelfEdge: channel.isSelfEdge,
          channel: index))
    }
    return zip(inputs, outputs).map { $0 + $1 }
  }

  /// The rates of a port.
  func rates(of port: Port) -> [Int64] {
    let channel = graph.channels[port.channel]
    return port.isInput ? channel.consumption : channel.production
  }
}
