import Dataflow
import Testing

@Suite struct SelfTimedScheduleTests {
  /// No firing starts before its tokens are there, or while a sequential actor is busy, and none waits
  /// longer than it must.
  @Test(arguments: 0..<4)
  func `every firing starts as soon as its tokens are there`(part: UInt64) throws {
    for graph in try randomCyclicGraphs(seed: 6000 + part, count: 60) {
      let schedule = try SelfTimedSchedule(of: graph, iterations: 3)
      for (index, actor) in graph.actors.indices.enumerated() {
        let own = schedule.firings.filter { $0.actor.index == actor }.sorted {
          $0.number < $1.number
        }
        for firing in own {
          var earliest = firing.number > 0 ? own[Int(firing.number) - 1].end : 0
          for channel in graph.channels where channel.destination.index == index {
            earliest = max(earliest, try arrival(channel, firing.number, schedule))
          }
          #expect(firing.start == earliest, "\(graph) \(firing)")
        }
      }
    }
  }

  /// When the last token that a firing reads from a channel was written.
  private func arrival(
    _ channel: CSDFGraph.Channel, _ number: Int64, _ schedule: SelfTimedSchedule
  ) throws -> Int64 {
    func total(_ rates: [Int64], _ firings: Int64) -> Int64 {
      (0..<firings).reduce(0) { $0 + rates[Int($1) % rates.count] }
    }
    let rate = channel.consumption[Int(number) % channel.consumption.count]
    let needed = total(channel.consumption, number + 1) - channel.initialTokens
    guard rate > 0, needed > 0 else { return 0 }
    let writers = schedule.firings.filter { $0.actor == channel.source }
      .sorted { $0.number < $1.number }
    let writer = try #require(
      writers.first { total(channel.production, $0.number + 1) >= needed })
    return writer.end
  }

  @Test func `a deadlock ends the schedule`() throws {
    let graph = try CSDFGraph("g", "a:2 b:3", "a>b 1/1; b>a 1/1; a>b 1/1 [5]")
    let schedule = try SelfTimedSchedule(of: graph, iterations: 2)
    #expect(!schedule.isComplete && schedule.firings.isEmpty)
  }
}
