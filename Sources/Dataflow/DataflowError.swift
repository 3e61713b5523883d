import Diagnostics

/// Why a dataflow graph cannot be made, read or analyzed.
package enum DataflowError: UserFacingError, Hashable {
  /// The graph has no actors.
  case noActors(graph: String)
  /// Two actors or two channels have the same name.
  case duplicateName(element: GraphElement)
  /// A list of rates or times has no entries.
  case emptyList(element: GraphElement, list: String)
  /// A rate, time, token count or token size is below 0.
  case negativeValue(element: GraphElement, quantity: String, value: Int64)
  /// All rates of one end of a channel are 0.
  case zeroRates(channel: String, list: String)
  /// A channel ends at an actor that the graph does not have.
  case unknownActor(channel: String, index: Int, actorCount: Int)
  /// The lists of an actor have lengths whose least common multiple is too large.
  case tooManyActorPhases(actor: String, limit: Int64)
  /// The rates of a channel contradict the rates of the other channels.
  case inconsistent(channel: String)
  /// A quantity does not fit 64 bits.
  case overflow(quantity: String)
  /// The graph has a cycle of several actors where it must not have one.
  case cyclic(actors: [String])
  /// A self-edge has too few initial tokens for its actor ever to finish an iteration.
  case starvedSelfEdge(channel: String)
  /// The graph has no period: actors wait for each other, or its analysis came to no end.
  case noPeriod(graph: String, cycle: [String])
  /// An actor never waits for another.
  case independent(actor: String, of: String)
  /// An exact answer about a channel needs more steps than the limit.
  case tooManySteps(channel: String, limit: Int64)
  /// A list of firings would be longer than the limit.
  case tooManyFirings(graph: String, limit: Int64)
  /// The deadline factor is outside 0...1.
  case invalidDeadlineFactor(Fraction)
  /// The period scale is below 1.
  case invalidPeriodScale(Int64)
  /// A time is no whole number where only picoseconds count.
  case brokenTime(actor: String, time: String)
  /// There is not one capacity for each channel.
  case capacityCount(found: Int, channelCount: Int)
  /// A capacity cannot hold the initial tokens of its channel.
  case capacityBelowTokens(channel: String, capacity: Int64, initialTokens: Int64)
  /// A name has a character that the file format cannot hold.
  case unwritableName(element: GraphElement, format: String)
  /// A file cannot be read at all.
  case unreadableFile(path: String, reason: String)
  /// A file is not what its format asks for.
  case malformedFile(file: String, line: Int?, reason: String)
}

/// A named part of a graph, for messages.
package enum GraphElement: Hashable, Sendable, CustomStringConvertible {
  /// An actor by its name.
  case actor(String)
  /// A channel by its name.
  case channel(String)
  /// The graph itself by its name.
  case graph(String)

  /// The kind and the quoted name.
  package var description: String {
    switch self {
    case .actor(let name): "actor \"\(name)\""
    case .channel(let name): "channel \"\(name)\""
    case .graph(let name): "graph \"\(name)\""
    }
  }
}

extension DataflowError: CustomStringConvertible {
  /// One line: where, what is wrong, and what was expected.
  package var message: String {
    switch self {
    case .noActors(let graph):
      return "graph \"\(graph)\": expected at least one actor"
    case .duplicateName(let element):
      return "\(element): the name is used twice, expected different names"
    case .emptyList(let element, let list):
      return "\(element): the list of \(list) is empty, expected at least one entry"
    case .negativeValue(let element, let quantity, let value):
      return "\(element): the \(quantity) \(value) is negative, expected at least 0"
    case .zeroRates(let channel, let list):
      return "channel \"\(channel)\": all \(list) are 0, expected at least one positive rate"
    case .unknownActor(let channel, let index, let actorCount):
      return "channel \"\(channel)\": there is no actor \(index), expected 0..<\(actorCount)"
    case .tooManyActorPhases(let actor, let limit):
      return "actor \"\(actor)\": its lists make more than \(limit) entries in all when each is "
        + "as long as it has phases, expected lists of equal length"
    case .inconsistent(let channel):
      return "channel \"\(channel)\": its rates contradict the other channels, expected rates "
        + "that let every channel return to its initial tokens"
    case .overflow(let quantity):
      return "\(quantity): the value does not fit 64 bits, expected smaller rates or times"
    default: return analysisDescription
    }
  }

  /// A cycle of actors; the middle of a long one is left out.
  private static func path(_ actors: [String]) -> String {
    let shown = actors.count > 16 ? Array(actors.prefix(15)) + ["…"] : actors
    return (shown + actors.prefix(1)).joined(separator: " -> ")
  }

  private var analysisDescription: String {
    switch self {
    case .cyclic(let actors):
      let path = Self.path(actors)
      return "cycle \(path): expected a graph without cycles other than self-edges"
    case .starvedSelfEdge(let channel):
      return "channel \"\(channel)\": this self-edge blocks its actor for ever, expected more "
        + "initial tokens"
    case .noPeriod(let graph, let cycle):
      if cycle.isEmpty { return "graph \"\(graph)\": its period is not known within the limits" }
      let path = Self.path(cycle)
      let wait = cycle.count == 1 ? "waits for itself" : "wait for each other"
      return "graph \"\(graph)\": a deadlock, as \(path) \(wait) for ever"
    case .independent(let actor, let other):
      return "actor \"\(actor)\": it does not depend on \"\(other)\", expected a path between them"
    case .tooManySteps(let channel, let limit):
      return "channel \"\(channel)\": more than \(limit) steps until its rates repeat, "
        + "expected shorter lists of rates or a larger common divisor"
    case .tooManyFirings(let graph, let limit):
      return "graph \"\(graph)\": more than \(limit) firings to list, expected fewer iterations "
        + "or a smaller graph"
    case .invalidDeadlineFactor(let factor):
      return "deadline factor \(factor): expected 0 to 1"
    case .invalidPeriodScale(let scale):
      return "period scale \(scale): expected at least 1"
    case .brokenTime(let actor, let time):
      return "actor \"\(actor)\": the execution time \(time) is no whole number of picoseconds, "
        + "expected one, or measured times"
    case .capacityCount(let found, let channelCount):
      return "capacities: found \(found), expected one for each of the \(channelCount) channels"
    case .capacityBelowTokens(let channel, let capacity, let initialTokens):
      return "channel \"\(channel)\": the capacity \(capacity) is too small, expected at least "
        + "its \(initialTokens) initial tokens"
    case .unwritableName(let element, let format):
      return "\(element): expected a name without control characters, which \(format) cannot hold"
    case .unreadableFile(let path, let reason):
      return "\(path): \(reason)"
    case .malformedFile(let file, let line, let reason):
      return "\(file)\(line.map { ":\($0)" } ?? ""): \(reason)"
    default: return ""
    }
  }
}
