package import Dataflow
import PiSDF

extension PiSDFGraph {
  /// A CSDF graph without phases: an actor for each actor, one firing of which is a turn through all
  /// phases. An iteration has as many firings as the CSDF graph has turns.
  ///
  /// A self-edge of an actor with phases keeps its initial tokens as the state between two turns; one
  /// without initial tokens, as the overlap of a window, lives within a turn and is left out. Names are
  /// identifiers of C++, ports are `IP` and `OP` with numbers.
  ///
  /// - Parameter tokenType: The type of a token in the application's language.
  /// - Throws: ``InterchangeError`` for an inconsistent graph, rates beyond 64 bits, or turns that wait
  ///   for each other, where single phases do not.
  package init(
    lowering graph: CSDFGraph, name: String? = nil, tokenType: String = "int"
  ) throws(InterchangeError) {
    let turns = try TurnGraph(graph)
    var identifiers = IdentifierTable(reserved: IdentifierTable.keywords)
    let names = graph.actors.map { identifiers.take($0.name) }
    var ports: [[Node.DataPort]] = Array(repeating: [], count: names.count)
    var counts = names.map { _ in (inputs: 0, outputs: 0) }
    var channels: [Channel] = []
    for channel in turns.graph.channels {
      let (source, target) = (channel.source.index, channel.destination.index)
      let (output, input) = ("OP\(counts[source].outputs)", "IP\(counts[target].inputs)")
      counts[source].outputs += 1
      counts[target].inputs += 1
      ports[source].append(.output(output, RateExpression(channel.production[0])))
      ports[target].append(.input(input, RateExpression(channel.consumption[0])))
      channels.append(
        Channel(
          from: End(names[source], output), to: End(names[target], input), type: tokenType,
          delay: channel.initialTokens > 0 ? RateExpression(channel.initialTokens) : nil))
    }
    do {
      try self.init(
        name: IdentifierTable.legal(name ?? graph.name),
        nodes: zip(names, ports).map { Node($0, ports: $1) }, channels: channels)
    } catch {
      throw .hierarchy(error)
    }
  }
}

/// A graph in which a firing is a turn through all phases; its times say nothing.
struct TurnGraph {
  let graph: CSDFGraph

  init(_ graph: CSDFGraph) throws(InterchangeError) {
    let hasPhases = graph.phaseCounts.contains { $0 > 1 }
    do {
      // Consistent graphs only.
      _ = try RepetitionVector(of: graph)
      var channels: [CSDFGraph.Channel] = []
      for channel in graph.channels {
        if let turn = try Self.channel(channel, in: graph) { channels.append(turn) }
      }
      self.graph = try CSDFGraph(
        name: graph.name,
        actors: graph.actors.map { CSDFGraph.Actor(name: $0.name, executionTimes: [1]) },
        channels: channels)
      guard hasPhases else { return }
      guard case .deadlock(let actors) = try Throughput(of: self.graph).outcome else { return }
      let names = actors.prefix(8).map { "\"\(graph[$0].name)\"" }.joined(separator: ", ")
      throw InterchangeError.unsupported(
        format: "PiSDF", element: "graph \"\(graph.name)\"",
        reason: "\(names) can only take turns phase by phase")
    } catch let error as DataflowError {
      throw .dataflow(error)
    } catch let error as InterchangeError {
      throw error
    } catch {
      throw .unsupported(format: "PiSDF", element: "graph \"\(graph.name)\"", reason: "\(error)")
    }
  }

  private static func channel(
    _ channel: CSDFGraph.Channel, in graph: CSDFGraph
  ) throws -> CSDFGraph.Channel? {
    func rate(_ rates: [Int64], _ actor: CSDFGraph.ActorID) throws -> Int64 {
      let sum = rates.reduce(Int128(0)) { $0 + Int128($1) }
      let turns = graph.phaseCount(of: actor) / Int64(rates.count)
      guard let total = Int64(exactly: sum * Int128(turns)) else {
        throw DataflowError.overflow(quantity: "rates of channel \"\(channel.name)\"")
      }
      return total
    }
    var written = try rate(channel.production, channel.source)
    var read = try rate(channel.consumption, channel.destination)
    if channel.isSelfEdge, graph.phaseCount(of: channel.source) > 1 {
      if channel.initialTokens == 0 { return nil }
      (written, read) = (channel.initialTokens, channel.initialTokens)
    }
    return CSDFGraph.Channel(
      name: channel.name, source: channel.source, destination: channel.destination,
      production: [written], consumption: [read], initialTokens: channel.initialTokens,
      tokenSize: channel.tokenSize)
  }
}
