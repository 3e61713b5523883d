import Dataflow
import Diagnostics

/// A flattened hierarchy, in which the tokens of some channels live only for a while.
struct FlatGraph {
  var actors: [Actor] = []
  var channels: [Channel] = []

  /// An actor.
  struct Actor {
    let name: String
    /// The times of its phases.
    let times: [Int64]
    /// How often it goes through its phases in an iteration of the hierarchy.
    let repetitions: Int64
  }

  /// A port of an actor with its rates for each phase.
  struct End {
    let actor: Int
    let port: String
    let rates: [Int64]
  }

  /// A channel.
  struct Channel {
    let source: End
    let destination: End
    /// The initial tokens.
    let tokens: Int64
    /// What the tokens live within, nil for those that live on.
    var window: Window?
  }

  /// How long tokens live: an iteration has so many windows, of which each begins anew with a queue
  /// of its own. The first place of the queue that is written, and the first that is read, tell
  /// which tokens are written but never read here, or read but not written here.
  struct Window {
    let count: Int64
    let firstWritten: Int64
    let firstRead: Int64
  }

  /// The name of a port.
  func name(of end: End) -> String { "\(actors[end.actor].name).\(end.port)" }
}

extension FlatGraph {
  /// The graph with all initial tokens that live on; it must have no windows.
  func graph(name: String) throws(PiSDFError) -> CSDFGraph {
    var names: Set<String> = []
    let channels = channels.map { channel in
      var name = "\(self.name(of: channel.source)) -> \(self.name(of: channel.destination))"
      while !names.insert(name).inserted { name += "'" }
      return CSDFGraph.Channel(
        name: name, source: .init(channel.source.actor),
        destination: .init(channel.destination.actor), production: channel.source.rates,
        consumption: channel.destination.rates, initialTokens: channel.tokens)
    }
    do {
      return try CSDFGraph(
        name: name,
        actors: actors.map { .init(name: $0.name, executionTimes: $0.times) }, channels: channels)
    } catch {
      throw .rates(place: "the flattened graph \"\(name)\"", reason: error.description)
    }
  }
}
