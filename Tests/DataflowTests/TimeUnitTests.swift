import Dataflow
import Foundation
import Testing

@testable import DataflowFormats

/// Times of files that are no whole numbers.
@Suite struct TimeUnitTests {
  /// A cycle of two actors with one token; the times of `a` and `b` as given.
  private func sdf3(_ a: String, _ b: String) throws -> SDF3Format.Document {
    let text = """
      <sdf3 type='csdf'><applicationGraph name='g'><csdf name='g' type='g'>
      <actor name='a' type='a'><port name='o' type='out' rate='1'/>
      <port name='i' type='in' rate='1'/></actor>
      <actor name='b' type='b'><port name='o' type='out' rate='1'/>
      <port name='i' type='in' rate='1'/></actor>
      <channel name='c' srcActor='a' srcPort='o' dstActor='b' dstPort='i'/>
      <channel name='d' srcActor='b' srcPort='o' dstActor='a' dstPort='i' initialTokens='1'/></csdf>
      <csdfProperties><actorProperties actor='a'><processor type='p'><executionTime time='\(a)'/>
      </processor></actorProperties><actorProperties actor='b'><processor type='p'>
      <executionTime time='\(b)'/></processor></actorProperties></csdfProperties>
      </applicationGraph></sdf3>
      """
    return try SDF3Format.read(Data(text.utf8), file: "g.xml")
  }

  /// The least common multiple of the denominators, the times in ticks, and the period in ticks: all
  /// firings of an iteration one after the other, so many of one actor as the other has phases.
  @Test(
    arguments: [
      ("0.5", "1.25", 4, [2], [5], Fraction(7)), ("0.1", "3,0.25", 20, [2], [60, 5], Fraction(69)),
      ("5e-1", "1E2", 2, [1], [200], Fraction(201)),
      ("2*0.2, 1", "7", 5, [1, 1, 5], [35], Fraction(112)),
      ("2.0", "1e1", 1, [2], [10], Fraction(12)), ("0.0", "0.000001", 1_000_000, [0], [1], .one),
    ] as [(String, String, Int64, [Int64], [Int64], Fraction?)])
  func `times become whole ticks of the largest unit`(
    a: String, b: String, ticks: Int64, first: [Int64], second: [Int64], period: Fraction?
  ) throws {
    let document = try sdf3(a, b)
    let graph = document.graph
    #expect(graph.timeUnit.ticks == ticks)
    #expect(graph.actors.map(\.executionTimes) == [first, second])
    #expect(try Throughput(of: graph).period == period)
    let text = try SDF3Format.write(document)
    #expect(try SDF3Format.read(Data(text.utf8), file: "g.xml") == document)
    let json = try CSDFJSONFormat.write(document)
    #expect(try CSDFJSONFormat.read(Data(json.utf8), file: "g.json") == graph.writtenOut())
  }

  @Test func `a time in ticks is written as a decimal of its unit`() throws {
    let text = try SDF3Format.write(try sdf3("0.125,12.5,3,0", "1e-3"))
    #expect(text.contains("time=\"0.125,12.5,3,0\""))
    #expect(text.contains("time=\"0.001\""))
  }

  @Test func `a graph made of another keeps its unit`() throws {
    let graph = try sdf3("0.5", "1.5").graph
    #expect(try graph.withSequentialActors().timeUnit == graph.timeUnit)
    #expect(try graph.bounded(by: [2, 2]).timeUnit == graph.timeUnit)
    #expect(try graph.writtenOut().timeUnit == graph.timeUnit)
  }

  @Test func `JSON numbers are read to the last digit`() throws {
    let text = CSDFJSONFormatTests.small
      .replacingOccurrences(of: "[3, 4]", with: "[0.30000000000000004, 4.0]")
      .replacingOccurrences(of: "\"wcet\": [2]", with: "\"wcet\": [2e0]")
    let graph = try CSDFJSONFormat.read(Data(text.utf8), file: "net.json")
    // 0.30000000000000004 is 7500000000000001 / 25000000000000000.
    #expect(graph.timeUnit.ticks == 25_000_000_000_000_000)
    #expect(graph.actors[0].executionTimes == [7_500_000_000_000_001, 100_000_000_000_000_000])
    #expect(graph.actors[1].executionTimes == [50_000_000_000_000_000])
    let json = try CSDFJSONFormat.write(graph)
    #expect(json.contains("0.30000000000000004"))
    #expect(try CSDFJSONFormat.read(Data(json.utf8), file: "net.json") == graph.writtenOut())
  }
}
