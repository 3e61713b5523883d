import Dataflow
import RandomNumbers
import Testing

/// Graphs beyond any limit: what is said about them holds, and comes in time.
@Suite struct AnalysisLimitTests {
  /// Coprime numbers of firings over tight channels, which only execution solves.
  private func coprime(_ scale: Int64) throws -> CSDFGraph {
    let (first, second, third) = (scale, scale + 1, 2 * scale + 1)
    return try CSDFGraph(
      "g", "a:3 b:4 c:1",
      "a>b \(second)/\(first); b>a \(first)/\(second) [\(first + second - 1)];"
        + "b>c \(third)/\(second); c>b \(second)/\(third) [\(second + third - 1)]")
  }

  private func options(_ method: Throughput.Method, seconds: Double) -> Throughput.Options {
    var options = Throughput.Options()
    options.method = method
    options.timeLimit = .seconds(seconds)
    return options
  }

  @Test(arguments: Throughput.Method.allCases)
  func `throughput ends within an iteration`(method: Throughput.Method) throws {
    let graph = try coprime(1_000_000_000)
    let found = try Throughput(of: graph, options: options(method, seconds: 0.05))
    guard case .bounded(let lower, let upper) = found.outcome else {
      Issue.record("\(found.outcome)")
      return
    }
    #expect(found.limit != nil && lower < upper)
    // Actor b alone takes 4 ticks in each of its firings.
    #expect(lower >= Fraction(4_000_000_000))
  }

  @Test func `latencies, schedules and periodic bounds end with what is known`() throws {
    let graph = try coprime(1_000_000)
    let latency = try DataflowLatency(
      of: graph, from: .init(0), to: .init(2), timeLimit: .seconds(0.02))
    #expect(latency.limit != nil && latency.minimal == nil)
    #expect(latency.lowerBound == 8)
    let schedule = try SelfTimedSchedule(of: try coprime(100_000), iterations: 1, timeLimit: .zero)
    #expect(schedule.limit == .time && !schedule.isComplete)
    #expect(throws: DataflowError.tooManyFirings(graph: "g", limit: 1_000_000)) {
      try SelfTimedSchedule(of: graph, iterations: 1)
    }
    let bounds = try PeriodicBounds(of: graph, timeLimit: .zero)
    #expect(bounds.limit == .time && bounds.onePeriodic == nil)
  }

  @Test(arguments: [1_000, 1_000_000_000] as [Int64])
  func `buffers have bounds and capacities that are enough`(scale: Int64) throws {
    let graph = try CSDFGraph(
      "g", "a:3 b:4 c:1", "a>b \(scale + 1)/\(scale); b>c \(2 * scale + 1)/\(scale + 1)")
    let found = try BufferTradeOff(of: graph, timeLimit: .seconds(0.1))
    #expect(found.leastTotal >= 2 * scale && found.periodBound == found.shortestPeriod)
    let enough = try #require(found.fastest ?? found.sufficient)
    #expect(enough.total >= found.leastTotal && enough.period >= found.periodBound)
    guard scale == 1_000 else { return }
    let run = try Throughput(of: graph, capacities: enough.capacities)
    #expect(try #require(run.period) <= enough.period)
  }

  /// Alone, a channel of any rates goes on for ever just with its least capacity.
  @Test func `least capacities of two actors are those that do not deadlock`() throws {
    var generator = SplitMix64(seed: 12)
    func rates() -> String {
      let list = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        Int64.random(in: 0...7, using: &generator)
      }
      return (list + [Int64.random(in: 1...9, using: &generator)]).map(String.init)
        .joined(separator: ",")
    }
    for _ in 0..<200 {
      let tokens = Int64.random(in: 0...30, using: &generator)
      let graph = try CSDFGraph("g", "a:1 b:1", "a>b \(rates())/\(rates()) [\(tokens)]")
      let least = try BufferTradeOff(of: graph, evaluationLimit: 0).leastTotal
      #expect(try Throughput(of: graph, capacities: [least]).isLive, "\(graph)")
      guard least > tokens else { continue }
      #expect(try !Throughput(of: graph, capacities: [least - 1]).isLive, "\(graph)")
    }
  }
}
