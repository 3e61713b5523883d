import Dataflow
import Testing

@Suite struct StrictlyPeriodicScheduleTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let name: String
    let actors: String
    let channels: String
    var factor = Fraction.one
    var scale: Int64 = 1
    let period: Int64
    var starts: [Int64]?
    let buffers: [Int64]
    let latency: Int64
    var utilization: Fraction?

    var testDescription: String { name }
  }

  private static let emsoftActors = "v0:5 v1:2 v2:3 v3:2"
  private static let emsoftChannels =
    "v0>v1 3,2,1/2; v0>v2 5,3,2/1,3,1; v1>v3 2/1,2; v2>v3 1,1,3/4,1"

  /// Results of the DARTS tool, with its example of EMSOFT 2011 first; with a deadline factor below
  /// 1 the buffers are those of the tighter deadlines, which that tool does not use for every
  /// actor.
  static let examples = [
    Example(
      name: "emsoft11", actors: emsoftActors, channels: emsoftChannels, period: 24,
      starts: [0, 8, 8, 20], buffers: [5, 9, 6, 7], latency: 26, utilization: Fraction(47, 24)),
    Example(
      name: "emsoft11, earliest deadlines", actors: emsoftActors, channels: emsoftChannels,
      factor: .zero, period: 24, starts: [0, 5, 5, 16], buffers: [3, 7, 5, 6], latency: 18),
    Example(
      name: "emsoft11, middle deadlines", actors: emsoftActors, channels: emsoftChannels,
      factor: Fraction(1, 2) ?? .zero, period: 24, starts: [0, 6, 6, 17], buffers: [5, 9, 6, 6],
      latency: 21),
    Example(
      name: "emsoft11, double period", actors: emsoftActors, channels: emsoftChannels, scale: 2,
      period: 48, starts: [0, 16, 16, 40], buffers: [5, 9, 6, 7], latency: 52,
      utilization: Fraction(47, 48)),
    Example(
      name: "chain121", actors: "a:8 b:12 c:4", channels: "a>b 2/1; b>c 1/2", period: 24,
      starts: [0, 24, 48], buffers: [4, 4], latency: 72, utilization: Fraction(3, 2)),
    Example(
      name: "h263decoder", actors: "vld:26018 iq:559 idct:486 mc:10958",
      channels: "vld>iq 594/1; iq>idct 1/1; idct>mc 1/594", period: 332_046,
      starts: [0, 332_046, 332_605, 664_651], buffers: [1188, 2, 1188], latency: 996_697),
    Example(
      name: "pacemaker", actors: "ME_0:4 RA_1:3 PL_2:64*5 EKG_3:2",
      channels: "ME_0>RA_1 1/40; RA_1>PL_2 1/63*0,1; EKG_3>PL_2 1/64*1", period: 320,
      buffers: [80, 2, 66], latency: 645),
    Example(
      name: "network by lines", actors: "conv:30*6480 relu:30*240 pool:15*480 gemm:18000",
      channels: "conv>relu 30*240/30*240; relu>pool 30*240/15*480; pool>gemm 15*120/1800",
      period: 194_400, starts: [0, 6480, 19440, 213_840], buffers: [480, 960, 3600],
      latency: 408_240, utilization: Fraction(7, 6)),
    Example(
      name: "network by tensors", actors: "conv:194400 relu:7200 pool:7200 gemm:18000",
      channels: "conv>relu 7200/7200; relu>pool 7200/7200; pool>gemm 1800/1800",
      period: 194_400, starts: [0, 194_400, 388_800, 583_200], buffers: [14400, 14400, 3600],
      latency: 777_600),
    Example(
      name: "overlapping windows", actors: "in:8*1 conv:6*648 pool:3*48 fc:360",
      channels: "in>conv 8*24/72,5*24; conv>pool 6*24/3*48; pool>fc 3*12/36", period: 3888,
      starts: [0, 1458, 2754, 6642], buffers: [120, 96, 72], latency: 10530),
    Example(
      name: "two branches", actors: "in:1 A:50 B:50 concat:1 fc:30",
      channels: "in>A 64/64; in>B 64/64; A>concat 32/32; B>concat 32/32; concat>fc 64/64",
      period: 50, starts: [0, 50, 50, 100, 150], buffers: [128, 128, 64, 64, 128], latency: 200,
      utilization: Fraction(66, 25)),
    Example(
      name: "no time at all", actors: "a:0 b:0", channels: "a>b 2/3; b>b 1/1 [1]", period: 6,
      starts: [0, 4], buffers: [8, 1], latency: 7, utilization: .zero),
  ]

  @Test(arguments: examples)
  func `published schedules come out exactly`(example: Example) throws {
    let graph = try CSDFGraph(example.name, example.actors, example.channels)
    let schedule = try StrictlyPeriodicSchedule(
      of: graph, deadlineFactor: example.factor, periodScale: example.scale)
    #expect(schedule.iterationPeriod == example.period)
    #expect(schedule.startTimes == example.starts ?? schedule.startTimes)
    #expect(schedule.bufferSizes == example.buffers)
    #expect(schedule.latency == example.latency)
    if let utilization = example.utilization {
      #expect(schedule.exactUtilization == utilization)
      #expect(Int64(schedule.processors) == utilization.ceiling)
    }
  }

  @Test func `the example of 2011 has its periods, deadlines and bottleneck`() throws {
    let graph = try CSDFGraph("emsoft11", Self.emsoftActors, Self.emsoftChannels)
    let schedule = try StrictlyPeriodicSchedule(of: graph, deadlineFactor: .zero)
    #expect(schedule.repetition.firings == [3, 3, 6, 4])
    #expect(schedule.periods == [8, 8, 4, 6])
    #expect(schedule.deadlines == [5, 2, 3, 2])
    #expect(schedule.bottleneck.actor == .init(2) && schedule.bottleneck.workload == 18)
    #expect(schedule.processors == 2)
  }

  @Test(arguments: [
    ("a:1 b:1", "a>b 1/1; b>a 1/1 [9]", DataflowError.cyclic(actors: ["a", "b"])),
    ("a:1", "a>a 2/2 [1]", .starvedSelfEdge(channel: "a>a#0")),
    ("a:9000000000000000000", "", .overflow(quantity: "iteration period of graph \"g\"")),
    (
      "a:1 b:1", "a>b 1/1 [9223372036854775807]", .overflow(quantity: "tokens of channel \"a>b#0\"")
    ),
  ])
  func `graphs without a schedule say why`(
    actors: String, channels: String, error: DataflowError
  ) throws {
    let graph = try CSDFGraph("g", actors, channels)
    #expect(throws: error) { try StrictlyPeriodicSchedule(of: graph) }
  }

  /// A tick brings and takes a token. The reader that finds one of its tokens last waits for all
  /// others of that writing, and each writing has its whole period.
  @Test func `rates without a common divisor need no walk over all firings`() throws {
    let graph = try CSDFGraph("g", "a:1 b:1", "a>b 999999937/999999929")
    let schedule = try StrictlyPeriodicSchedule(of: graph)
    #expect(schedule.iterationPeriod == 999_999_937 * 999_999_929)
    #expect(schedule.startTimes == [0, 999_999_937 + 999_999_929 - 1])
    let phases = try CSDFGraph("g", "a:1,2 b:1", "a>b 999999936,0/999999929")
    #expect(try StrictlyPeriodicSchedule(of: phases).bufferSizes[0] > 999_999_936)
  }

  @Test func `parameters out of range are refused`() throws {
    let graph = try CSDFGraph("g", "a:1", "")
    #expect(throws: DataflowError.invalidDeadlineFactor(Fraction(2))) {
      try StrictlyPeriodicSchedule(of: graph, deadlineFactor: Fraction(2))
    }
    #expect(throws: DataflowError.invalidPeriodScale(0)) {
      try StrictlyPeriodicSchedule(of: graph, periodScale: 0)
    }
  }

  @Test func `huge numbers of initial tokens take no time and stay exact`() throws {
    let graph = try CSDFGraph("g", "a:3 b:2", "a>b 1/1 [1000000000000000000]")
    let schedule = try StrictlyPeriodicSchedule(of: graph)
    #expect(schedule.startTimes == [0, 0])
    #expect(schedule.bufferSizes == [1_000_000_000_000_000_001])
  }

  @Test(arguments: [Fraction.zero, Fraction(1, 2) ?? .zero, .one])
  func `random schedules equal those of a scan over every tick`(factor: Fraction) throws {
    for graph in try randomAcyclicGraphs(seed: 5, count: 100) {
      let schedule = try StrictlyPeriodicSchedule(of: graph, deadlineFactor: factor)
      guard schedule.iterationPeriod <= 100 else { continue }
      let scan = TickScan(graph, schedule)
      #expect(schedule.startTimes == scan.startTimes, "\(graph)")
      #expect(schedule.bufferSizes == scan.bufferSizes, "\(graph)")
    }
  }

  @Test(arguments: [Fraction.zero, .one])
  func `self-timed execution in these buffers is live and no slower`(factor: Fraction) throws {
    for graph in try randomAcyclicGraphs(seed: 6, count: 300) {
      let schedule = try StrictlyPeriodicSchedule(of: graph, deadlineFactor: factor)
      let run = try Throughput(of: graph, capacities: schedule.bufferSizes)
      let period = try #require(run.period, "\(graph)")
      #expect(period <= Fraction(schedule.iterationPeriod), "\(graph)")
    }
  }
}
