import Dataflow
import MappingModel

/// Finds which firing gave each firing the last of the tokens that it takes from a channel.
struct ChromeFlows {
  /// A slice by its place.
  struct End {
    var element: Int
    var start: Int64
  }

  private let problem: MappingProblem
  private let schedule: MappingSchedule
  /// For each block the places of its firings by their numbers; -1 for one that was omitted.
  private var places: [[Int]]

  init(_ problem: MappingProblem, _ schedule: MappingSchedule) {
    self.problem = problem
    self.schedule = schedule
    places = Array(repeating: [], count: problem.graph.actors.count)
    for (place, firing) in schedule.firings.enumerated() {
      let missing = firing.number + 1 - places[firing.block].count
      if missing > 0 { places[firing.block] += repeatElement(-1, count: missing) }
      places[firing.block][firing.number] = place
    }
  }

  /// Calls `body` with the slice that gave and the slice that took, firing by firing; self-edges and
  /// what initial tokens gave have none.
  func forEach(overChannel index: Int, _ body: (_ source: End, _ target: End) -> Void) {
    let channel = problem.graph.channels[index]
    if channel.isSelfEdge { return }
    let (sources, targets) = (places[channel.source.index], places[channel.destination.index])
    var (given, taken) = (channel.initialTokens, Int64(0))
    var giving = -1
    for (number, place) in targets.enumerated() {
      let rate = channel.consumption[number % channel.consumption.count]
      taken += rate
      while given < taken, giving + 1 < sources.count {
        giving += 1
        given += channel.production[giving % channel.production.count]
      }
      guard rate > 0, giving >= 0, place >= 0, sources[giving] >= 0,
        let source = end(sources[giving], .write, index), let target = end(place, .read, index)
      else { continue }
      body(source, target)
    }
  }

  /// The slice of a firing in which a channel is moved, or else the one in which it executes.
  private func end(
    _ place: Int, _ kind: MappingSchedule.Segment.Kind, _ channel: Int
  ) -> End? {
    let firing = schedule.firings[place]
    if firing.element < 0 { return End(element: -1, start: firing.start) }
    let segments = schedule.segments[firing.segments]
    let segment =
      segments.first { $0.kind == kind && $0.channels.contains(channel) }
      ?? segments.first { $0.kind == .execute }
    return segment.map { End(element: firing.element, start: $0.start) }
  }
}
