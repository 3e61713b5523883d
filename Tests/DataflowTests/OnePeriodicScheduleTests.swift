import Dataflow
import Testing

@Suite struct OnePeriodicScheduleTests {
  private func schedule(
    _ graph: CSDFGraph, autoConcurrency: Bool = false
  ) throws -> OnePeriodicSchedule? {
    switch try OnePeriodicSchedule.find(in: graph, autoConcurrency: autoConcurrency) {
    case .schedule(let schedule): return schedule
    case .none: return nil
    case .ended(let limit):
      Issue.record("\(graph) \(limit)")
      return nil
    }
  }

  /// A firing that another waits for: at least `time` from start to start.
  private struct Wait {
    var from: (actor: CSDFGraph.ActorID, firing: Int64)
    var to: (actor: CSDFGraph.ActorID, firing: Int64)
    var time: Int64
  }

  /// All waits of the firings of some iterations, token by token.
  private func waits(
    in graph: CSDFGraph, iterations: Int64, autoConcurrency: Bool
  ) throws -> [Wait] {
    let firings = try RepetitionVector(of: graph).firings
    func time(_ id: CSDFGraph.ActorID, _ firing: Int64) -> Int64 {
      let times = graph[id].executionTimes
      return times[Int(firing) % times.count]
    }
    var result: [Wait] = []
    for (index, count) in firings.enumerated() {
      let id = CSDFGraph.ActorID(index)
      let isSequential =
        !autoConcurrency
        || graph.channels.contains { channel in
          channel.isSelfEdge && channel.source == id
            && channel.initialTokens == channel.production[0]
            && Set(channel.production + channel.consumption).count == 1
        }
      for firing in 1..<max(2, count * iterations) {
        result.append(
          Wait(
            from: (id, firing - 1), to: (id, firing),
            time: isSequential ? time(id, firing - 1) : 0))
      }
    }
    for channel in graph.channels {
      // The writers of the tokens that are there, the first to be read first; nil for initial tokens.
      var tokens = [Int64?](repeating: nil, count: Int(channel.initialTokens))
      var (read, next) = (0, Int64(0))
      for firing in 0..<firings[channel.destination.index] * iterations {
        let rate = Int(channel.consumption[Int(firing) % channel.consumption.count])
        while tokens.count < read + rate {
          let written = channel.production[Int(next) % channel.production.count]
          tokens += Array(repeating: next, count: Int(written))
          next += 1
        }
        for writer in Set(tokens[read..<read + rate].compactMap(\.self)) {
          result.append(
            Wait(
              from: (channel.source, writer), to: (channel.destination, firing),
              time: time(channel.source, writer)))
        }
        read += rate
      }
    }
    return result
  }

  @Test(arguments: 0..<2)
  func `no firing starts before its tokens are there, and none without a cause later`(
    part: UInt64
  ) throws {
    var (found, without) = (0, 0)
    for graph in try randomCyclicGraphs(seed: 611 + part, count: 60)
      + randomAcyclicGraphs(seed: 613 + part, count: 15)
    {
      for autoConcurrency in [false, true] {
        let best = try PeriodicBounds(of: graph, autoConcurrency: autoConcurrency).onePeriodic
        let schedule = try schedule(graph, autoConcurrency: autoConcurrency)
        #expect(schedule?.period == best)
        guard let schedule else {
          without += 1
          continue
        }
        found += 1
        func start(_ firing: (actor: CSDFGraph.ActorID, firing: Int64)) throws -> Fraction {
          try #require(schedule.start(of: firing.actor, firing: firing.firing))
        }
        var isCaused = schedule.startTimes.map { $0.map { $0 == .zero } }
        // Initial tokens last for two iterations and some.
        for wait in try waits(in: graph, iterations: 6, autoConcurrency: autoConcurrency) {
          let earliest = try #require(try start(wait.from).adding(Fraction(wait.time)))
          let begin = try start(wait.to)
          #expect(begin >= earliest, "\(graph) \(wait)")
          let phases = isCaused[wait.to.actor.index].count
          guard begin == earliest else { continue }
          isCaused[wait.to.actor.index][Int(wait.to.firing) % phases] = true
        }
        #expect(isCaused.allSatisfy { $0.allSatisfy(\.self) }, "\(graph)")
      }
    }
    #expect(found > 50 && without > 2)
  }

  /// The periods as others publish them.
  @Test(
    arguments: [
      ("sample", 24), ("samplerate_34", 1470), ("modem_40", 16), ("satellite_1544", 1440),
      ("h263decoder_1224", 332_046), ("h263encoder_397", 20_931_075), ("medium_cyclic", 3930),
      ("csdf_simple_example_11", 30),
    ] as [(String, Int64)])
  func `published graphs have their published periods, and latencies above the least`(
    name: String, period: Int64
  ) throws {
    let graph = try #require(OracleGraph.all.first { $0.name == name }).graph()
    #expect(try schedule(graph, autoConcurrency: true)?.period == Fraction(period))
    let (first, last) = (CSDFGraph.ActorID(0), CSDFGraph.ActorID(graph.actors.count - 1))
    let latency = try DataflowLatency(of: graph, from: first, to: last, autoConcurrency: true)
    let found = try #require(latency.onePeriodic)
    #expect(found >= Fraction(try #require(latency.minimal)))
  }

  /// With one firing of each actor an iteration and deadlines at the ends of firings, the strictly
  /// periodic schedule is the same one, and so is its latency from the only source to the only sink.
  @Test(arguments: [
    ("a:3 b:5 c:2", "a>b 1/1; b>c 1/1"), ("a:3 b:5 c:2 d:4", "a>b 1/1; a>c 1/1; b>d 1/1; c>d 1/1"),
    ("a:0 b:7", "a>b 3/3"), ("a:4 b:1 c:6", "a>b 2/2; b>c 1/1; a>c 5/5"),
  ])
  func `where the strictly periodic schedule is the same its latency is too`(
    actors: String, channels: String
  ) throws {
    let graph = try CSDFGraph("g", actors, channels)
    let strict = try StrictlyPeriodicSchedule(of: graph, deadlineFactor: .zero)
    let one = try #require(try schedule(graph))
    #expect(one.period == Fraction(strict.iterationPeriod))
    #expect(one.startTimes == strict.startTimes.map { [Fraction($0)] })
    let latency = try DataflowLatency(
      of: graph, from: .init(0), to: .init(graph.actors.count - 1))
    #expect(latency.onePeriodic == Fraction(strict.latency))
  }

  /// 5 ticks over two tokens: a period of 5/2. `b` starts with its token, `c` 1 later, and `a` at
  /// 1 + 3 − 5/2.
  @Test func `starts that are no whole ticks stay exact`() throws {
    let graph = try CSDFGraph("g", "a:1 b:1 c:3", "a>b 1/1 [1]; b>c 1/1; c>a 1/1 [1]")
    let found = try #require(try schedule(graph, autoConcurrency: true))
    #expect(found.period == Fraction(5, 2))
    #expect(found.startTimes == [[try #require(Fraction(3, 2))], [.zero], [.one]])
    #expect(found.start(of: .init(0), firing: 3) == Fraction(9))
  }
}
