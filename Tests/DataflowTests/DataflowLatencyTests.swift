import Dataflow
import Testing

@Suite struct DataflowLatencyTests {
  /// Self-timed, minimal and single-processor latencies as the tool SDF3 finds them.
  @Test(
    arguments: [
      ("samplerate_34", "a", "f", 1071, 1000, 2439), ("modem_40", "in", "out", 23, 23, 39),
      ("satellite_1544", "a", "w", 1323, 1323, 4394),
      ("h263decoder_1224", "vld", "mc", 351_427, 351_020, 639_218),
      ("h263encoder_397", "motion_estimation", "vlc", 212_492, 212_492, 1_036_574),
      ("medium_cyclic", "a0", "a14", 834, 383, 383),
    ] as [(String, String, String, Int64, Int64, Int64)])
  func `published graphs have their published latencies`(
    name: String, from: String, to: String, selfTimed: Int64, minimal: Int64, single: Int64
  ) throws {
    let graph = try #require(OracleGraph.all.first { $0.name == name }).graph()
    func actor(_ name: String) throws -> CSDFGraph.ActorID {
      CSDFGraph.ActorID(try #require(graph.actors.firstIndex { $0.name == name }))
    }
    let found = try DataflowLatency(
      of: graph, from: try actor(from), to: try actor(to), autoConcurrency: true)
    #expect(found.selfTimed == selfTimed)
    #expect(found.minimal == minimal)
    #expect(found.minimalSelfTimed == minimal)
    #expect(found.singleProcessor == single)
  }

  /// The same graphs with the least buffers.
  @Test(
    arguments: [
      ("samplerate", "a", "f", 32, 1181, 1154, 2439), ("modem", "in", "out", 38, 38, 38, 39),
      ("h263decoder", "vld", "mc", 1189, 639_218, 639_218, 639_218),
    ] as [(String, String, String, Int64, Int64, Int64, Int64)])
  func `least buffers lengthen the latency as published`(
    name: String, from: String, to: String, total: Int64, selfTimed: Int64, minimal: Int64,
    single: Int64
  ) throws {
    let graph = try #require(OracleGraph.all.first { $0.name == name }).graph()
    let front = try BufferTradeOff(of: graph, autoConcurrency: true)
    let point = try #require(front.points.first)
    #expect(point.total == total)
    let bounded = try graph.withPlaces(point.capacities)
    func actor(_ name: String) throws -> CSDFGraph.ActorID {
      CSDFGraph.ActorID(try #require(graph.actors.firstIndex { $0.name == name }))
    }
    let found = try DataflowLatency(
      of: bounded, from: try actor(from), to: try actor(to), autoConcurrency: true)
    #expect(found.selfTimed == selfTimed)
    #expect(found.minimal == minimal)
    #expect(found.singleProcessor == single)
  }

  /// T can fire so often before S does, for which it needs P, which goes on for ever.
  @Test(arguments: [3, 100, 5000])
  func `what is possible before the source fires has no fixed end`(tokens: Int64) throws {
    let graph = try CSDFGraph("g", "S:1 P:1 T:1", "S>T 1/1 [\(tokens)]; P>T 1/1")
    let found = try DataflowLatency(of: graph, from: .init(0), to: .init(2))
    #expect(found.minimal == 2 && found.singleProcessor == 2)
  }

  @Test func `millions of initial tokens are all counted`() throws {
    let graph = try CSDFGraph("g", "S:5 T:0", "S>T 1/1 [1200000]")
    let found = try DataflowLatency(of: graph, from: .init(0), to: .init(1))
    #expect(found.minimal == 5)
  }
}
