import Dataflow
import Testing

@Suite struct ThroughputTests {
  /// The tokens of one iteration: all three firings of `a`, then all seven of `b`. A third iteration
  /// would leave 64 bits.
  @Test(arguments: Throughput.Method.allCases)
  func `a period is told though its cycle needs more than 64 bits`(
    method: Throughput.Method
  ) throws {
    let graph = try CSDFGraph("g", "a:1 b:300000000000000000", "a>b 7/3; b>a 3/7 [21]")
    var options = Throughput.Options()
    options.autoConcurrency = true
    options.method = method
    #expect(try Throughput(of: graph, options: options).period == Fraction(300_000_000_000_000_001))
  }

  @Test(arguments: OracleGraph.all, Throughput.Method.allCases)
  func `published graphs have their published period`(
    oracle: OracleGraph, method: Throughput.Method
  ) throws {
    var options = Throughput.Options()
    options.autoConcurrency = true
    options.method = method
    let run = try Throughput(of: try oracle.graph(), options: options)
    #expect(run.period == Fraction(oracle.period), "\(run.outcome)")
  }

  @Test(
    arguments: [
      ("samplerate", [2, 4, 8, 14, 6], 960), ("h263decoder", [618, 2, 604], 332_046),
    ] as [(String, [Int64], Int64)])
  func `capacities have the effect of reverse channels`(
    name: String, capacities: [Int64], period: Int64
  ) throws {
    let oracle = try #require(OracleGraph.all.first { $0.name == name })
    let graph = try oracle.graph()
    let selfEdges = graph.channels.filter(\.isSelfEdge).map(\.initialTokens)
    let run = try Throughput(of: graph, capacities: capacities + selfEdges)
    #expect(run.period == Fraction(period))
  }

  /// The least buffers and the least for the full speed, as the tools Kiter and SDF3 find them.
  @Test(arguments: [([8, 9, 4], 25), ([8, 11, 4], 23)] as [([Int64], Int64)])
  func `the sample graph trades buffers for speed`(capacities: [Int64], period: Int64) throws {
    let graph = try CSDFGraph(
      "sample", "A:3,1 B:2,1,2 C:1", "A>B 3,5/1,1,4; B>C 6,2,1/6; C>A 2/1,3 [4]")
    let run = try Throughput(of: graph, capacities: capacities)
    #expect(run.period == Fraction(period), "\(run.outcome)")
  }

  @Test func `the example of EMSOFT 2011 runs at its bottleneck`() throws {
    let graph = try CSDFGraph(
      "emsoft11", "v0:5 v1:2 v2:3 v3:2",
      "v0>v1 3,2,1/2; v0>v2 5,3,2/1,3,1; v1>v3 2/1,2; v2>v3 1,1,3/4,1")
    #expect(try Throughput(of: graph).period == Fraction(18))
  }

  @Test(arguments: [
    ("a:2 b:3", "a>b 1/1; b>a 1/1", false), ("a:2 b:3", "a>b 1/1; b>a 1/2 [1]; a>b 2/1", true),
  ])
  func `a cycle without enough tokens is a deadlock`(
    actors: String, channels: String, isInconsistent: Bool
  ) throws {
    let graph = try CSDFGraph("g", actors, channels)
    if isInconsistent {
      #expect(throws: DataflowError.self) { try Throughput(of: graph) }
    } else {
      #expect(try Throughput(of: graph).outcome == .deadlock([.init(0), .init(1)]))
    }
  }

  @Test func `a capacity below one firing is a deadlock and below the tokens an error`() throws {
    let graph = try CSDFGraph("g", "a:1 b:1 c:1", "a>b 2/2 [2]; b>c 1/1")
    let blocked = try Throughput(of: graph, capacities: [3, 0])
    #expect(blocked.outcome == .deadlock([.init(1), .init(2)]))
    #expect(
      throws: DataflowError.capacityBelowTokens(channel: "a>b#0", capacity: 1, initialTokens: 2)
    ) { try Throughput(of: graph, capacities: [1, 1]) }
    #expect(throws: DataflowError.capacityCount(found: 1, channelCount: 2)) {
      try Throughput(of: graph, capacities: [2])
    }
  }

  @Test func `a starved self-edge is a deadlock of its actor`() throws {
    let graph = try CSDFGraph("g", "a:1 b:1", "a>b 1/1; b>b 2/2 [1]")
    #expect(try Throughput(of: graph).outcome == .deadlock([.init(1)]))
  }

  @Test func `components with different rates do not disturb each other`() throws {
    let graph = try CSDFGraph(
      "g", "a:2 b:3 c:7 d:1", "a>b 1/1; b>a 1/1 [1]; b>c 1/2; c>d 1/1; d>c 1/1 [3]")
    #expect(try Throughput(of: graph).period == Fraction(10))
  }

  @Test func `without self-edges and cycles nothing limits overlapping actors`() throws {
    var options = Throughput.Options()
    options.autoConcurrency = true
    let graph = try CSDFGraph("g", "a:2 b:3", "a>b 1/1")
    #expect(try Throughput(of: graph, options: options).period == .zero)
    let pair = try CSDFGraph("g", "a:3", "a>a 1/1 [2]")
    #expect(try Throughput(of: pair, options: options).period == Fraction(3, 2))
  }

  @Test func `the limits leave bounds around the truth`() throws {
    let graph = try CSDFGraph(
      "g", "A:3,1 B:2,1,2 C:1", "A>B 3,5/1,1,4; B>C 6,2,1/6; C>A 2/1,3 [4]")
    for limit in [Int64(0), 24, 48, 72] {
      var options = Throughput.Options()
      options.firingLimit = limit
      options.method = .selfTimed
      switch try Throughput(of: graph, options: options).outcome {
      case .periodic(let period): #expect(limit > 24 && period == Fraction(23))
      case .bounded(let lower, let upper):
        #expect(lower <= Fraction(23) && Fraction(23) <= upper)
      case .deadlock: Issue.record("no deadlock here")
      }
    }
  }

  @Test func `huge times are errors and huge token counts are not`() throws {
    let slow = try CSDFGraph(
      "g", "a:9000000000000000000 b:9000000000000000000", "a>b 1/1; b>a 1/1 [1]")
    #expect(throws: DataflowError.self) { try Throughput(of: slow) }
    let full = try CSDFGraph("g", "a:2 b:3", "a>b 1/1; b>a 1/1 [1000000000000000000]")
    #expect(try Throughput(of: full).period == Fraction(3))
    var options = Throughput.Options()
    options.firingLimit = 20_000
    options.method = .selfTimed
    guard
      case .bounded(let lower, let upper) = try Throughput(of: full, options: options).outcome
    else {
      Issue.record("expected bounds")
      return
    }
    #expect(lower == Fraction(3) && upper >= lower && upper.doubleValue < 3.1)
  }

  /// An actor without a time fires millions of times in an instant, on a cycle with one that takes some.
  @Test(arguments: [Throughput.Method.auto, .selfTimed])
  func `millions of firings in an instant are no deadlock`(method: Throughput.Method) throws {
    let graph = try CSDFGraph("g", "a:7 b:0", "a>b 3000000/1; b>a 1/3000000 [3000000]")
    var options = Throughput.Options()
    options.method = method
    #expect(try Throughput(of: graph, options: options).period == Fraction(7))
  }
}
