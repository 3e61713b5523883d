import Dataflow
import Testing

@Suite struct BufferTradeOffTests {
  private func oracle(_ name: String) throws -> CSDFGraph {
    try #require(OracleGraph.all.first { $0.name == name }).graph()
  }

  /// The number of trade-offs and the totals of the first and the last, as the tools Kiter and SDF3
  /// find them.
  @Test(
    arguments: [
      ("sample", 21, 23, 3), ("csdf_simple_example", 11, 16, 5), ("modem", 38, 40, 3),
      ("samplerate", 32, 34, 3), ("satellite", 1542, 1544, 2), ("h263decoder", 1189, 1224, 36),
      ("h263encoder", 299, 397, 19),
    ])
  func `published graphs have their published trade-offs`(
    name: String, least: Int64, most: Int64, count: Int
  ) throws {
    let graph = try oracle(name)
    let found = try BufferTradeOff(of: graph, autoConcurrency: true)
    #expect(found.isExact)
    #expect(found.points.first?.total == least)
    #expect(found.points.last?.total == most)
    #expect(found.points.count == count)
    #expect(found.points.last?.period == found.shortestPeriod)
    var options = Throughput.Options()
    options.autoConcurrency = true
    options.method = .selfTimed
    for point in found.points {
      let run = try Throughput(of: graph, capacities: point.capacities, options: options)
      #expect(run.period == point.period)
    }
  }

  /// The tools find the last six; they begin at bounds above 16 tokens, which run at period 29.
  @Test func `the example of EMSOFT 2011 has one trade-off more than published`() throws {
    let graph = try CSDFGraph(
      "emsoft11", "v0:5 v1:2 v2:3 v3:2",
      "v0>v1 3,2,1/2; v0>v2 5,3,2/1,3,1; v1>v3 2/1,2; v2>v3 1,1,3/4,1")
    let found = try BufferTradeOff(of: graph)
    #expect(found.points.map(\.total) == [16, 17, 18, 19, 21, 22, 23])
    #expect(found.points.map(\.period.numerator) == [29, 26, 24, 22, 21, 20, 18])
    for point in found.points {
      let reference = try FiringGraph(
        try graph.withPlaces(point.capacities), autoConcurrency: false)
      let isLeast = reference.isLeast(point.period)
      #expect(isLeast)
    }
  }

  /// All capacities up to the unbounded speed, tried one by one.
  @Test(arguments: 0..<4)
  func `no capacities are missed`(part: UInt64) throws {
    var compared = 0
    for graph in try randomAcyclicGraphs(seed: 900 + part, count: 25) {
      let channels = graph.channels.indices.filter { !graph.channels[$0].isSelfEdge }
      guard channels.count <= 3 else { continue }
      let found = try BufferTradeOff(of: graph, evaluationLimit: 3000)
      guard found.isExact, let last = found.points.last, last.total <= 24 else { continue }
      var best: [Int64: Fraction] = [:]
      func tryAll(_ chosen: [Int64], _ left: Int64) throws {
        guard chosen.count < channels.count else {
          var capacities = graph.channels.map(\.initialTokens)
          for (channel, capacity) in zip(channels, chosen) { capacities[channel] = capacity }
          guard let period = try Throughput(of: graph, capacities: capacities).period else {
            return
          }
          let total = chosen.reduce(0, +)
          best[total] = best[total].map { min($0, period) } ?? period
          return
        }
        let least = graph.channels[channels[chosen.count]].initialTokens
        guard least <= left else { return }
        for capacity in least...left { try tryAll(chosen + [capacity], left - capacity) }
      }
      try tryAll([], last.total)
      var front: [(Int64, Fraction)] = []
      for (total, period) in best.sorted(by: { $0.key < $1.key })
      where front.last.map({ period < $0.1 }) ?? true {
        front.append((total, period))
      }
      #expect(front.map(\.0) == found.points.map(\.total), "\(graph)")
      #expect(front.map(\.1) == found.points.map(\.period), "\(graph)")
      compared += 1
    }
    #expect(compared > 3)
  }
}

extension CSDFGraph {
  /// The graph with a channel of free places against each channel.
  func withPlaces(_ capacities: [Int64]) throws -> CSDFGraph {
    let places = zip(channels, capacities).filter { !$0.0.isSelfEdge }.map { channel, capacity in
      Channel(
        name: "\(channel.name)'", source: channel.destination, destination: channel.source,
        production: channel.consumption, consumption: channel.production,
        initialTokens: capacity - channel.initialTokens)
    }
    return try CSDFGraph(name: name, actors: actors, channels: channels + places)
  }
}
