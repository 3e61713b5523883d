import Dataflow
import Diagnostics
import Testing

@Suite struct CSDFGraphTests {
  private static let actor = CSDFGraph.Actor(name: "a", executionTimes: [1])

  private static func channel(
    to destination: Int = 0, production: [Int64] = [1], tokens: Int64 = 0
  ) -> CSDFGraph.Channel {
    CSDFGraph.Channel(
      name: "c", source: .init(0), destination: .init(destination), production: production,
      consumption: [1], initialTokens: tokens)
  }

  @Test(arguments: [
    ([], [], DataflowError.noActors(graph: "g")),
    ([actor, actor], [], .duplicateName(element: .actor("a"))),
    ([actor], [channel(), channel()], .duplicateName(element: .channel("c"))),
    ([actor], [channel(to: 1)], .unknownActor(channel: "c", index: 1, actorCount: 1)),
    ([actor], [channel(to: -1)], .unknownActor(channel: "c", index: -1, actorCount: 1)),
    (
      [actor], [channel(production: [])],
      .emptyList(element: .channel("c"), list: "production rates")
    ),
    ([actor], [channel(production: [0, 0])], .zeroRates(channel: "c", list: "production rates")),
    (
      [actor], [channel(production: [2, -1])],
      .negativeValue(element: .channel("c"), quantity: "rate", value: -1)
    ),
    (
      [actor], [channel(tokens: -2)],
      .negativeValue(element: .channel("c"), quantity: "number of initial tokens", value: -2)
    ),
    (
      [CSDFGraph.Actor(name: "a", executionTimes: [-1])], [],
      .negativeValue(element: .actor("a"), quantity: "execution time", value: -1)
    ),
    (
      [CSDFGraph.Actor(name: "a", executionTimes: [])], [],
      .emptyList(element: .actor("a"), list: "execution times")
    ),
  ])
  func `ill-formed graphs are refused with their element`(
    actors: [CSDFGraph.Actor], channels: [CSDFGraph.Channel], error: DataflowError
  ) {
    #expect(throws: error) { try CSDFGraph(name: "g", actors: actors, channels: channels) }
    #expect(error.description.contains("expected"))
  }

  @Test func `phases are the common multiple of all lists of an actor`() throws {
    let graph = try CSDFGraph("g", "a:1,2 b:1", "a>b 1,1,1/5*1")
    #expect(graph.phaseCounts == [6, 5])
  }

  @Test(arguments: [
    "a>b 31*1/1; a>b 37*1/1; a>b 41*1/1; a>b 43*1/1; a>b 47*1/1; a>b 53*1/1; a>b 59*1/1",
    "a>b 9973*1/1; a>b 9967*1/1; a>b 9949*1/1", "a>b 1999*1/1; a>b 1997*1/1; a>b 1/1; a>b 1/1",
  ])
  func `lists whose lengths have no common divisor are refused`(channels: String) {
    #expect(throws: DataflowError.tooManyActorPhases(actor: "a", limit: CSDFGraph.entryLimit)) {
      try CSDFGraph("g", "a:1 b:1", channels)
    }
  }
}
