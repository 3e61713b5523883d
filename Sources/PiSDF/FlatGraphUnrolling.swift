import GraphAlgorithms

/// Makes a graph without windows of one with them.
///
/// What waits for itself within a window must not wait from one window to the next, yet firings of
/// an actor start in their order. So each firing of an iteration of such an actor, one on a cycle
/// with a channel whose tokens live within windows, becomes an actor of its own, as PREESM does
/// with the firings of whole sub-graphs. Other actors keep their firings as phases, of which those
/// at the borders of a window move fewer tokens.
struct FlatGraphUnrolling {
  private let graph: FlatGraph
  /// For each channel what passes on it in an iteration, nil for one that stays as it is.
  private var flows: [[Flow]?] = []
  private var isUnrolled: [Bool]
  private var result = FlatGraph()
  /// The number of each actor, or of its first firing, in the result.
  private var places: [Int] = []
  private var entries = 0

  /// So many tokens from a firing to one of an iteration so much later.
  private struct Flow {
    let writer: Int
    let reader: Int
    let distance: Int64
    var tokens: Int64
  }

  init(_ graph: FlatGraph) {
    self.graph = graph
    isUnrolled = graph.actors.map { _ in false }
  }

  /// - Throws: ``PiSDFError/tooLarge(quantity:limit:)`` for more firings than can be listed.
  mutating func unrolled() throws(PiSDFError) -> FlatGraph {
    guard graph.channels.contains(where: { $0.window != nil }) else { return graph }
    for channel in graph.channels {
      flows.append(channel.window == nil ? nil : try flows(on: channel))
    }
    markCycles()
    try addActors()
    for (index, channel) in graph.channels.enumerated() {
      let ends = [channel.source.actor, channel.destination.actor]
      if let flows = flows[index] {
        try add(channel, flows)
      } else if ends.contains(where: { isUnrolled[$0] }) {
        try add(channel, try flows(on: channel))
      } else {
        result.channels.append(
          .init(
            source: channel.source.of(places[ends[0]]),
            destination: channel.destination.of(places[ends[1]]), tokens: channel.tokens))
      }
    }
    return result
  }

  /// Marks the actors on cycles with a channel that has windows.
  private mutating func markCycles() {
    let open = graph.channels.indices.filter { flows[$0]?.isEmpty != true }
    let edges = open.map {
      (graph.channels[$0].source.actor, graph.channels[$0].destination.actor)
    }
    let parts = DirectedGraph(
      nodeCount: graph.actors.count, edges: edges.map { (source: $0, target: $1) }
    ).stronglyConnectedComponents()
    var part = graph.actors.map { _ in 0 }
    for (index, members) in parts.enumerated() { for actor in members { part[actor] = index } }
    for (channel, ends) in zip(open, edges)
    where graph.channels[channel].window != nil && part[ends.0] == part[ends.1] {
      for actor in parts[part[ends.0]] { isUnrolled[actor] = true }
    }
  }

  private mutating func addActors() throws(PiSDFError) {
    for (index, actor) in graph.actors.enumerated() {
      places.append(result.actors.count)
      guard isUnrolled[index] else {
        result.actors.append(actor)
        continue
      }
      let count = try firings(of: index)
      guard result.actors.count + count <= FlatGraphBuilder.actorLimit else {
        throw .tooLarge(quantity: "actors", limit: FlatGraphBuilder.actorLimit)
      }
      for firing in 0..<count {
        result.actors.append(
          .init(
            name: count == 1 ? actor.name : "\(actor.name)[\(firing)]",
            times: [actor.times[firing % actor.times.count]], repetitions: 1))
      }
    }
  }

  /// The firings of an actor in an iteration.
  private func firings(of actor: Int) throws(PiSDFError) -> Int {
    let (repetitions, phases) = (graph.actors[actor].repetitions, graph.actors[actor].times.count)
    let (count, overflow) = repetitions.multipliedReportingOverflow(by: Int64(phases))
    guard !overflow, count <= FlatGraphBuilder.entryLimit else {
      throw .tooLarge(
        quantity: "firings in an iteration, which delays that are new in each firing ask for",
        limit: FlatGraphBuilder.entryLimit)
    }
    return Int(count)
  }
}

// MARK: - Flows

extension FlatGraphUnrolling {
  /// A run of tokens: the first that is written and read, their number, and the iterations between.
  private struct Run {
    let written: Int64
    let read: Int64
    let count: Int64
    var distance: Int64 = 0
  }

  private mutating func flows(on channel: FlatGraph.Channel) throws(PiSDFError) -> [Flow] {
    let writers = try firings(of: channel.source.actor)
    let readers = try firings(of: channel.destination.actor)
    let written = try FiringTokens(channel.source.rates, firings: writers)
    let read = try FiringTokens(channel.destination.rates, firings: readers)
    var flows: [Flow] = []
    for run in Self.runs(on: channel, written: written.total, read: read.total) {
      var (first, second) = (written.firing(of: run.written), read.firing(of: run.read))
      var passed: Int64 = 0
      while passed < run.count {
        let left = min(
          written.end(of: first) - run.written, read.end(of: second) - run.read, run.count)
        if left > passed {
          flows.append(
            Flow(writer: first, reader: second, distance: run.distance, tokens: left - passed))
          passed = left
        }
        if written.end(of: first) - run.written <= passed { first += 1 }
        if read.end(of: second) - run.read <= passed { second += 1 }
      }
    }
    entries += flows.count
    try checkEntries()
    return flows
  }

  private static func runs(
    on channel: FlatGraph.Channel, written: Int64, read: Int64
  ) -> [Run] {
    guard let window = channel.window else {
      let (turns, rest) = channel.tokens.quotientAndRemainder(dividingBy: written)
      return [
        Run(written: written - rest, read: 0, count: rest, distance: turns + 1),
        Run(written: 0, read: rest, count: written - rest, distance: turns),
      ]
    }
    let (given, taken) = (written / window.count, read / window.count)
    let start = max(window.firstWritten, window.firstRead)
    let end = min(window.firstWritten + given, window.firstRead + taken)
    guard start < end else { return [] }
    return (0..<window.count).map { number in
      Run(
        written: number * given + start - window.firstWritten,
        read: number * taken + start - window.firstRead, count: end - start)
    }
  }

  private func checkEntries() throws(PiSDFError) {
    guard entries <= FlatGraphBuilder.entryLimit else {
      throw .tooLarge(quantity: "list entries", limit: FlatGraphBuilder.entryLimit)
    }
  }

  /// Adds what passes on a channel: a channel for each pair of ends, of which an end that is
  /// unrolled is a firing, and another a list of all firings.
  private mutating func add(_ channel: FlatGraph.Channel, _ flows: [Flow]) throws(PiSDFError) {
    let (source, target) = (channel.source, channel.destination)
    let (cutsSource, cutsTarget) = (isUnrolled[source.actor], isUnrolled[target.actor])
    var groups: [Pair: [Flow]] = [:]
    var order: [Pair] = []
    for flow in flows {
      let isBetweenFirings = cutsSource && cutsTarget
      let pair = Pair(
        writer: cutsSource ? flow.writer : 0, reader: cutsTarget ? flow.reader : 0,
        distance: isBetweenFirings ? flow.distance : 0)
      if groups[pair] == nil { order.append(pair) }
      groups[pair, default: []].append(flow)
    }
    for pair in order {
      let flows = groups[pair] ?? []
      var tokens: Int64 = 0
      for flow in flows {
        let (product, overflow) = flow.tokens.multipliedReportingOverflow(by: flow.distance)
        let (sum, beyond) = tokens.addingReportingOverflow(product)
        if overflow || beyond { throw Self.overflow(graph.name(of: source)) }
        tokens = sum
      }
      result.channels.append(
        .init(
          source: try end(source, pair.writer, flows) { ($0.writer, $0.tokens) },
          destination: try end(target, pair.reader, flows) { ($0.reader, $0.tokens) },
          tokens: tokens))
    }
  }

  private struct Pair: Hashable {
    let writer: Int
    let reader: Int
    let distance: Int64
  }

  /// An end with the tokens of each firing, or of all flows where the end is one firing.
  private mutating func end(
    _ end: FlatGraph.End, _ firing: Int, _ flows: [Flow],
    _ part: (Flow) -> (firing: Int, tokens: Int64)
  ) throws(PiSDFError) -> FlatGraph.End {
    var rates: [Int64]
    if isUnrolled[end.actor] {
      rates = [flows.reduce(0) { $0 + part($1).tokens }]
    } else {
      entries += try firings(of: end.actor)
      try checkEntries()
      rates = Array(repeating: 0, count: try firings(of: end.actor))
      for flow in flows { rates[part(flow).firing] += part(flow).tokens }
      rates = rates.repeatingUnit(of: end.rates.count)
    }
    return .init(actor: places[end.actor] + firing, port: end.port, rates: rates)
  }

  fileprivate static func overflow(_ place: String) -> PiSDFError {
    .rates(place: "channel \(place)", reason: "the tokens of an iteration do not fit 64 bits")
  }
}

/// The tokens up to each firing of an iteration.
private struct FiringTokens {
  private var ends: [Int64] = []

  var total: Int64 { ends.last ?? 0 }

  init(_ rates: [Int64], firings: Int) throws(PiSDFError) {
    ends.reserveCapacity(firings)
    var sum: Int64 = 0
    for firing in 0..<firings {
      let (next, overflow) = sum.addingReportingOverflow(rates[firing % rates.count])
      if overflow { throw FlatGraphUnrolling.overflow("of \(firings) firings") }
      sum = next
      ends.append(next)
    }
  }

  /// Where the tokens of a firing end.
  func end(of firing: Int) -> Int64 { firing < ends.count ? ends[firing] : .max }

  /// The firing that moves a token.
  func firing(of token: Int64) -> Int {
    var (lower, upper) = (0, ends.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if ends[middle] > token { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}

extension FlatGraph.End {
  /// The same port of another actor.
  fileprivate func of(_ actor: Int) -> FlatGraph.End {
    .init(actor: actor, port: port, rates: rates)
  }
}

extension [Int64] {
  /// The shortest list, of a length that is a multiple of the given one, that repeats to this.
  fileprivate func repeatingUnit(of length: Int) -> [Int64] {
    let lengths = stride(from: length, to: count, by: length).filter { count % $0 == 0 }
    let unit = lengths.first { unit in (unit..<count).allSatisfy { self[$0] == self[$0 - unit] } }
    return unit.map { Array(self[..<$0]) } ?? self
  }
}
