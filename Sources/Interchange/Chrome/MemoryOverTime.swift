import Dataflow
import MappingModel
import PlatformModel

/// The bytes that channels hold, memory by memory: a firing claims the room for what it writes when it
/// starts, and frees what it reads with the transfer that brings it, or else when it ends.
///
/// Self-edges, whose room is constant, are left out.
struct MemoryOverTime {
  /// What a memory holds from a time on.
  struct Level {
    var memory: Int
    var time: Int64
    var bytes: Int
  }

  private let problem: MappingProblem
  private let placement: Placement
  private var inputs: [[Int]]
  private var outputs: [[Int]]
  private let memories: [Int]
  private var changed: [Change] = []

  private struct Change {
    var time: Int64
    var channel: Int
    var tokens: Int64
  }

  init(_ problem: MappingProblem, _ placement: Placement) {
    self.problem = problem
    self.placement = placement
    let channels = problem.graph.channels
    memories = channels.indices.map { problem.memory(ofChannel: $0, in: placement) }
    inputs = Array(repeating: [], count: problem.graph.actors.count)
    outputs = inputs
    for (index, channel) in channels.enumerated() where !channel.isSelfEdge {
      outputs[channel.source.index].append(index)
      inputs[channel.destination.index].append(index)
    }
  }

  /// The levels in the order of time, each the last of those at one time.
  mutating func changes(in schedule: MappingSchedule) -> [Level] {
    changed = []
    for firing in schedule.firings { add(firing, schedule.segments[firing.segments]) }
    // What is freed at a time is free for what claims it then.
    changed.sort { ($0.time, $0.tokens, $0.channel) < ($1.time, $1.tokens, $1.channel) }
    var tokens = problem.graph.channels.map(\.initialTokens)
    var bytes = Array(repeating: 0, count: problem.platform.memories.count)
    for index in inputs.joined() { bytes[memories[index]] += held(index, tokens[index]) }
    var levels = bytes.enumerated().map { Level(memory: $0, time: 0, bytes: $1) }
    var last = Array(levels.indices)
    for change in changed {
      let memory = memories[change.channel]
      let before = held(change.channel, tokens[change.channel])
      tokens[change.channel] += change.tokens
      bytes[memory] += held(change.channel, tokens[change.channel]) - before
      if levels[last[memory]].time == change.time {
        levels[last[memory]].bytes = bytes[memory]
      } else if levels[last[memory]].bytes != bytes[memory] {
        last[memory] = levels.count
        levels.append(Level(memory: memory, time: change.time, bytes: bytes[memory]))
      }
    }
    return levels
  }

  private mutating func add(
    _ firing: MappingSchedule.Firing, _ segments: ArraySlice<MappingSchedule.Segment>
  ) {
    for index in outputs[firing.block] {
      let rates = problem.graph.channels[index].production
      change(index, rates[firing.number % rates.count], firing.start)
    }
    for index in inputs[firing.block] {
      let read = segments.first { $0.kind == .read && $0.channels.contains(index) }
      guard let time = read?.end ?? firing.end else { continue }
      let rates = problem.graph.channels[index].consumption
      change(index, -rates[firing.number % rates.count], time)
    }
  }

  private mutating func change(_ index: Int, _ tokens: Int64, _ time: Int64) {
    if tokens != 0 { changed.append(Change(time: time, channel: index, tokens: tokens)) }
  }

  private func held(_ index: Int, _ tokens: Int64) -> Int {
    let channel = problem.graph.channels[index]
    return problem.bytes(
      ofChannel: index, holding: tokens, placement.elements[channel.source.index],
      placement.elements[channel.destination.index])
  }
}
