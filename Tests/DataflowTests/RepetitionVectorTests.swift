import Dataflow
import Testing

@Suite struct RepetitionVectorTests {
  @Test(arguments: [
    ("a:1 b:1 c:1", "a>b 2/1; b>c 1/2", [1, 2, 1]),
    ("A:3,1 B:2,1,2 C:1", "A>B 3,5/1,1,4; B>C 6,2,1/6; C>A 2/1,3 [4]", [3, 4, 6]),
    ("a:1 b:1 c:1 d:1", "a>b 2/3; c>d 5/1", [3, 2, 1, 5]),
    ("a:1 b:1", "", [1, 1]),
    ("a:1,2 b:1", "a>b 1/1", [1, 2]),
  ])
  func `cycles are the least solution of each component`(
    actors: String, channels: String, cycles: [Int64]
  ) throws {
    let graph = try CSDFGraph("graph", actors, channels)
    let repetition = try RepetitionVector(of: graph)
    #expect(repetition.cycles == cycles)
    #expect(repetition.firings == zip(cycles, graph.phaseCounts).map { $0 * $1 })
  }

  @Test func `contradicting rates name their channel`() throws {
    let graph = try CSDFGraph("graph", "a:1 b:1 c:1", "a>b 2/1; b>c 1/2; a>c 1/2")
    #expect(throws: DataflowError.self) { try RepetitionVector(of: graph) }
    let selfEdge = try CSDFGraph("graph", "a:1", "a>a 2/1 [9]")
    #expect(throws: DataflowError.inconsistent(channel: "a>a#0")) {
      try RepetitionVector(of: selfEdge)
    }
  }

  @Test func `numbers beyond 64 bits are errors`() throws {
    let rate = "\(Int64.max)"
    let huge = try CSDFGraph("graph", "a:1 b:1 c:1", "a>b \(rate)/1; b>c \(rate)/1")
    #expect(throws: DataflowError.self) { try RepetitionVector(of: huge) }
    let sum = try CSDFGraph("graph", "a:1 b:1", "a>b \(rate),\(rate)/1")
    #expect(throws: DataflowError.self) { try RepetitionVector(of: sum) }
  }
}
