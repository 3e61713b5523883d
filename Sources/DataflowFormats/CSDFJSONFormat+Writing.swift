package import Dataflow
import Foundation

extension CSDFJSONFormat.Document {
  /// The file that describes a graph; ids are positions and the ports of an actor are in channel
  /// order.
  init(_ document: SDF3Format.Document) throws(DataflowError) {
    let graph = try document.graph.writtenOut()
    var ports: [[CSDFJSONFormat.Port]] = Array(repeating: [], count: graph.actors.count)
    func add(_ type: String, _ rates: [Int64], to actor: CSDFGraph.ActorID) -> [Int] {
      let id = ports[actor.index].count
      ports[actor.index].append(CSDFJSONFormat.Port(id: id, type: type, rate: rates))
      return [actor.index, id]
    }
    edges = graph.channels.enumerated().map { index, channel in
      CSDFJSONFormat.Edge(
        id: index, name: channel.name, source: add("out", channel.production, to: channel.source),
        destination: add("in", channel.consumption, to: channel.destination),
        initialTokens: channel.initialTokens == 0 ? nil : channel.initialTokens,
        tokenSize: channel.tokenSize == 1 ? nil : channel.tokenSize,
        bufferSize: document.bufferSizes[index])
    }
    nodes = graph.actors.enumerated().map { index, actor in
      CSDFJSONFormat.Node(
        id: index, name: actor.name, function: actor.function, length: graph.phaseCounts[index],
        times: actor.executionTimes.map { Self.time($0, graph.timeUnit) },
        portCount: ports[index].count, ports: ports[index])
    }
    name = graph.name
    type = "csdf"
    nodeCount = nodes.count
    edgeCount = edges.count
  }

  private static func time(_ ticks: Int64, _ unit: TimeUnit) -> CSDFJSONFormat.Time {
    guard ticks % unit.ticks != 0, let time = Decimal(string: unit.decimal(ticks)) else {
      return .whole(ticks / unit.ticks)
    }
    return .decimal(time)
  }
}

extension CSDFGraph {
  /// The same graph with every list as long as its actor has phases.
  ///
  /// - Throws: ``DataflowError`` never for a graph that keeps its rules.
  package func writtenOut() throws(DataflowError) -> CSDFGraph {
    func repeated(_ list: [Int64], for id: Int) -> [Int64] {
      Array(repeatElement(list, count: Int(phaseCounts[id]) / list.count).joined())
    }
    let actors = self.actors.enumerated().map { index, actor in
      Actor(
        name: actor.name, function: actor.function,
        executionTimes: repeated(actor.executionTimes, for: index))
    }
    let channels = self.channels.map { channel in
      Channel(
        name: channel.name, source: channel.source, destination: channel.destination,
        production: repeated(channel.production, for: channel.source.index),
        consumption: repeated(channel.consumption, for: channel.destination.index),
        initialTokens: channel.initialTokens, tokenSize: channel.tokenSize)
    }
    return try CSDFGraph(
      name: name, actors: actors, channels: channels, timeUnit: timeUnit)
  }
}
