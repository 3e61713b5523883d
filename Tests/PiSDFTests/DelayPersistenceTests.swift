import Dataflow
import PiSDF
import RandomNumbers
import Testing

@Suite("Delays live as long as their level says")
struct DelayPersistenceTests {
  /// What a delay of the sub-graph holds.
  struct Delay {
    var tokens: Int64
    var level: PiSDFGraph.Persistence
  }

  /// S → H → T, where H stands for A → B and fires so often, each of its firings so many of A and B,
  /// which wait for themselves.
  static func model(
    firings: Int64, inner: Int64, a: Delay, b: Delay, between: Delay
  ) throws -> PiSDFModel {
    let ports: [PiSDFGraph.Node.DataPort] = [
      .input("i", 1), .input("s", 1), .output("o", 1), .output("s2", 1),
    ]
    func loop(_ actor: String, _ delay: Delay) -> PiSDFGraph.Channel {
      .init(
        from: .init(actor, "s2"), to: .init(actor, "s"), delay: .init(delay.tokens),
        persistence: delay.level)
    }
    let sub = try PiSDFGraph(
      name: "sub",
      nodes: [
        .input("i", rate: .init(inner)), .output("o", rate: .init(inner)),
        .init("A", ports: ports), .init("B", ports: ports),
      ],
      channels: [
        .init(from: .init("i", "i"), to: .init("A", "i")),
        .init(
          from: .init("A", "o"), to: .init("B", "i"), delay: .init(between.tokens),
          persistence: between.level),
        .init(from: .init("B", "o"), to: .init("o", "o")), loop("A", a), loop("B", b),
      ])
    let all = RateExpression(firings * inner)
    let top = try PiSDFGraph(
      name: "top",
      nodes: [
        .init("S", ports: [.output("o", all)]),
        .init(
          "H", .actor(.graph("sub.pi")),
          ports: [.input("i", .init(inner)), .output("o", .init(inner))]),
        .init("T", ports: [.input("i", all)]),
      ],
      channels: [
        .init(from: .init("S", "o"), to: .init("H", "i")),
        .init(from: .init("H", "o"), to: .init("T", "i")),
      ])
    return try PiSDFModel(graphs: ["top.pi": top, "sub.pi": sub], top: "top.pi")
  }

  private func period(_ graph: CSDFGraph) throws -> Fraction? {
    var options = Throughput.Options()
    options.autoConcurrency = true
    return try Throughput(of: graph, options: options).period
  }

  private func latency(_ graph: CSDFGraph, _ from: String, _ to: String) throws -> Int64? {
    func actor(_ name: String) throws -> CSDFGraph.ActorID {
      .init(try #require(graph.actors.firstIndex { $0.name == name }))
    }
    return try DataflowLatency(
      of: graph, from: try actor(from), to: try actor(to), autoConcurrency: true
    ).minimal
  }

  /// 4 firings of H with 3 of A and B each; only A waits for itself, B has more tokens than firings.
  @Test(
    arguments: [(.permanent, 12, 15), (.none, 0, 6), (.local, 0, 15)]
      as [(PiSDFGraph.Persistence, Int64, Int64)])
  func `from firing to firing, from iteration to iteration, or anew`(
    level: PiSDFGraph.Persistence, period: Int64, latency: Int64
  ) throws {
    let model = try Self.model(
      firings: 4, inner: 3, a: .init(tokens: 1, level: level),
      b: .init(tokens: 100, level: .none), between: .init(tokens: 0, level: .permanent))
    let graph = try PiSDFFlattening(model).graph
    #expect(try self.period(graph) == Fraction(period))
    #expect(try self.latency(graph, "S", "T") == latency)
  }

  @Test func `levels of one graph do not disturb each other`() throws {
    let model = try Self.model(
      firings: 2, inner: 2, a: .init(tokens: 1, level: .none),
      b: .init(tokens: 1, level: .permanent), between: .init(tokens: 0, level: .permanent))
    let flat = try PiSDFFlattening(model)
    #expect(try period(flat.graph) == Fraction(4))
    #expect(
      flat.graph.actors.map(\.name) == ["S", "H/A[0]", "H/A[1]", "H/A[2]", "H/A[3]", "H/B", "T"])
    #expect(try RepetitionVector(of: flat.graph).cycles == flat.repetitions)
  }

  /// Against the ends of T by recursion from firing to firing.
  @Test func `random levels and tokens give the times of firing by firing`() throws {
    var generator = SplitMix64(seed: 47)
    let levels: [PiSDFGraph.Persistence] = [.none, .local, .permanent]
    func delay(_ least: Int64) -> Delay {
      .init(
        tokens: .random(in: least...6, using: &generator),
        level: levels.randomElement(using: &generator) ?? .none)
    }
    for _ in 0..<300 {
      let reference = FiringByFiring(
        firings: .random(in: 1...4, using: &generator),
        inner: .random(in: 1...4, using: &generator), a: delay(1), b: delay(1), between: delay(0),
        times: [2, .random(in: 1...5, using: &generator), .random(in: 1...5, using: &generator), 3])
      let model = try Self.model(
        firings: Int64(reference.firings), inner: Int64(reference.inner), a: reference.a,
        b: reference.b, between: reference.between)
      let names = ["S", "H/A", "H/B", "T"]
      let graph = try PiSDFFlattening(
        model,
        options: .init(
          executionTimes: Dictionary(uniqueKeysWithValues: zip(names, reference.times)))
      ).graph
      let schedule = try SelfTimedSchedule(of: graph, iterations: 1, autoConcurrency: true)
      let rounds = 4 / (schedule.repetition.max() ?? 1) + 4
      let longer = try SelfTimedSchedule(of: graph, iterations: rounds, autoConcurrency: true)
      let ends = longer.firings.filter { graph[$0.actor].name == "T" }.map(\.end)
      #expect(ends.count >= 4)
      #expect(Array(ends.prefix(4)) == reference.ends(iterations: 4), "\(reference)")
    }
  }
}

/// The ends of T in ``DelayPersistenceTests/model(firings:inner:a:b:between:)`` by recursion. Firings of
/// an actor start in their order unless it waits for itself within a firing of a graph.
private struct FiringByFiring {
  typealias Delay = DelayPersistenceTests.Delay
  var firings: Int
  var inner: Int
  var a: Delay
  var b: Delay
  var between: Delay
  /// The times of S, A, B and T.
  var times: [Int64]

  /// The firing before which so many tokens were written, nil where they were there.
  private func writer(_ number: Int, _ delay: Delay) -> Int? {
    let scope =
      switch delay.level {
      case .none: inner
      case .local: inner * firings
      case .permanent: Int.max
      }
    let place = scope == .max ? number : number % scope
    return place >= Int(delay.tokens) ? number - Int(delay.tokens) : nil
  }

  /// Whether an actor's firings start in their order.
  private func isOrdered(_ delay: Delay) -> Bool {
    switch delay.level {
    case .none: Int(delay.tokens) >= inner
    case .local: Int(delay.tokens) >= inner * firings
    case .permanent: true
    }
  }

  func ends(iterations: Int) -> [Int64] {
    let size = firings * inner
    var (aEnds, bEnds): ([Int64], [Int64]) = ([], [])
    var (lastA, lastB, lastT): (Int64, Int64, Int64) = (0, 0, 0)
    var ends: [Int64] = []
    for number in 0..<size * iterations {
      var start = times[0]
      if let before = writer(number, a) { start = max(start, aEnds[before]) }
      if isOrdered(a) { start = max(start, lastA) }
      (lastA, aEnds) = (start, aEnds + [start + times[1]])
      var next: Int64 = 0
      if let before = writer(number, b) { next = max(next, bEnds[before]) }
      if let before = writer(number, between) { next = max(next, aEnds[before]) }
      if isOrdered(b) { next = max(next, lastB) }
      (lastB, bEnds) = (next, bEnds + [next + times[2]])
    }
    for iteration in 0..<iterations {
      let last = bEnds[iteration * size..<(iteration + 1) * size].max() ?? 0
      lastT = max(lastT, last)
      ends.append(lastT + times[3])
    }
    return ends
  }
}
