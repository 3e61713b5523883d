import Dataflow
import Diagnostics

/// The actors that a latency is measured between.
struct LatencyEnds {
  let source: CSDFGraph.ActorID
  let target: CSDFGraph.ActorID
  /// Which of the two ends was not named, and so chosen.
  let chosen: Chosen

  /// What was chosen.
  enum Chosen: String {
    case none, from, to, both
  }

  /// Takes the actors that are named; for those that are not, the first without inputs and the last
  /// without outputs that a path joins, through other actors where there is such a path.
  ///
  /// Of an actor whose firings are actors of their own, `a[0]`, `a[1]` …, the name means the first as a
  /// source and the last as a target.
  ///
  /// - Throws: ``RequestError`` for an actor that there is not, and where no path joins any ends.
  init(in graph: CSDFGraph, from: String?, to: String?) throws {
    let search = LatencyEndSearch(graph)
    let source = try from.map { try search.actor($0, key: "from", isLast: false) }
    let target = try to.map { try search.actor($0, key: "to", isLast: true) }
    switch (source, target) {
    case (let source?, let target?):
      (self.source, self.target, chosen) = (source, target, .none)
    case (let source?, nil):
      (self.source, self.target, chosen) = (source, try search.target(of: source), .to)
    case (nil, let target?):
      (self.source, self.target, chosen) = (try search.source(of: target), target, .from)
    case (nil, nil):
      let ends = try search.ends()
      (self.source, self.target, chosen) = (ends.source, ends.target, .both)
    }
  }
}

/// Looks for ends that paths join.
private struct LatencyEndSearch {
  let graph: CSDFGraph
  private let sources: [Int]
  private let targets: [Int]
  private let successors: [[Int]]

  init(_ graph: CSDFGraph) {
    self.graph = graph
    let channels = graph.channels.filter { !$0.isSelfEdge }
    let read = Set(channels.map(\.destination.index))
    let written = Set(channels.map(\.source.index))
    sources = graph.actors.indices.filter { !read.contains($0) }
    targets = graph.actors.indices.filter { !written.contains($0) }.reversed()
    var successors: [[Int]] = graph.actors.map { _ in [] }
    for channel in channels { successors[channel.source.index].append(channel.destination.index) }
    self.successors = successors
  }

  func actor(_ name: String, key: String, isLast: Bool) throws -> CSDFGraph.ActorID {
    if let index = graph.actors.firstIndex(where: { $0.name == name }) { return .init(index) }
    let firings = graph.actors.indices.filter {
      graph.actors[$0].name.hasPrefix(name + "[") && graph.actors[$0].name.hasSuffix("]")
    }
    guard let index = isLast ? firings.last : firings.first else {
      throw RequestError(key, "there is no actor \"\(name)\"")
    }
    return .init(index)
  }

  func ends() throws -> (source: CSDFGraph.ActorID, target: CSDFGraph.ActorID) {
    guard !sources.isEmpty, !targets.isEmpty else {
      throw RequestError(
        sources.isEmpty ? "from" : "to",
        "no actor is without \(sources.isEmpty ? "inputs" : "outputs"): name an actor")
    }
    var searched: Set<Int> = []
    for source in sources {
      let reached = reached(from: source, but: searched)
      if let target = targets.first(where: { $0 != source && reached.contains($0) }) {
        return (.init(source), .init(target))
      }
      // What leads to no end from here leads to none from elsewhere.
      searched.formUnion(reached)
    }
    // Only actors that are joined with none.
    if let lone = sources.first(where: { targets.contains($0) }) {
      return (.init(lone), .init(lone))
    }
    throw RequestError(
      "from", "no path leads from an actor without inputs to one without outputs: name the ends")
  }

  func target(of source: CSDFGraph.ActorID) throws -> CSDFGraph.ActorID {
    let reached = reached(from: source.index)
    if let target = targets.first(where: { reached.contains($0) }) { return .init(target) }
    throw RequestError(
      "to",
      "no path leads from \"\(graph[source].name)\" to an actor without outputs: name the end")
  }

  func source(of target: CSDFGraph.ActorID) throws -> CSDFGraph.ActorID {
    for source in sources where reached(from: source).contains(target.index) {
      return .init(source)
    }
    throw RequestError(
      "from",
      "no path leads from an actor without inputs to \"\(graph[target].name)\": name the start")
  }

  private func reached(from source: Int, but searched: Set<Int> = []) -> Set<Int> {
    var reached: Set<Int> = [source]
    var rest = [source]
    while let actor = rest.popLast() {
      for next in successors[actor]
      where !searched.contains(next) && reached.insert(next).inserted {
        rest.append(next)
      }
    }
    return reached
  }
}
