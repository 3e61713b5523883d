import Dataflow

/// Goes through a schedule with tokens and room, instant by instant, and notes what breaks a rule.
struct CheckedReplay {
  private let problem: MappingProblem
  private let placement: Placement
  private let inputs: [[Int]]
  private let outputs: [[Int]]
  private let sinks: [Int]
  private var tokens: [Int64]
  private var room: [Int64]
  private var started: [Int64]
  private var ended: [Int64]
  private(set) var faults: [String] = []
  /// When each inference ended.
  private(set) var inferenceEnds: [Int64] = []
  /// The state when a number of inferences had ended, relative to that time.
  private(set) var states: [Int: [Int64]] = [:]

  init(_ problem: MappingProblem, _ placement: Placement) {
    (self.problem, self.placement) = (problem, placement)
    let graph = problem.graph
    var (inputs, outputs) = (graph.actors.map { _ in [Int]() }, graph.actors.map { _ in [Int]() })
    for (index, channel) in graph.channels.enumerated() {
      inputs[channel.destination.index].append(index)
      outputs[channel.source.index].append(index)
    }
    (self.inputs, self.outputs) = (inputs, outputs)
    let working = Self.workingBlocks(problem)
    let ends = graph.actors.indices.filter { block in
      working[block] && outputs[block].allSatisfy { graph.channels[$0].isSelfEdge }
    }
    sinks = ends.isEmpty ? graph.actors.indices.filter { working[$0] } : ends
    tokens = graph.channels.map(\.initialTokens)
    room = graph.channels.indices.map { index in
      graph.channels[index].isSelfEdge
        ? .max / 4
        : problem.capacity(ofChannel: index, in: placement) - graph.channels[index].initialTokens
    }
    started = graph.actors.map { _ in 0 }
    ended = started
  }

  /// The blocks of those connected parts in which some block takes time; others fire without end.
  private static func workingBlocks(_ problem: MappingProblem) -> [Bool] {
    var works = problem.graph.actors.indices.map { !problem.isFree($0) }
    var isChanged = true
    while isChanged {
      isChanged = false
      for channel in problem.graph.channels
      where works[channel.source.index] != works[channel.destination.index] {
        works[channel.source.index] = true
        works[channel.destination.index] = true
        isChanged = true
      }
    }
    return works
  }

  /// Something that happens at an instant.
  private enum Event {
    case start(Int)
    case transfer(firing: Int, segment: Int)
    case end(Int)
  }

  /// - Parameter states: The numbers of ended inferences at which the state is kept.
  mutating func run(_ schedule: MappingSchedule, states kept: Set<Int?>) {
    var events: [(time: Int64, event: Event)] = []
    for (index, firing) in schedule.firings.enumerated() {
      events.append((firing.start, .start(index)))
      for place in firing.segments where schedule.segments[place].kind != .execute {
        events.append((schedule.segments[place].end, .transfer(firing: index, segment: place)))
      }
      if let end = firing.end { events.append((end, .end(index))) }
    }
    events.sort { $0.time < $1.time }
    var hasStarted = [Bool](repeating: false, count: schedule.firings.count)
    var place = 0
    while place < events.count, faults.isEmpty {
      let time = events[place].time
      var pending: [Event] = []
      while place < events.count, events[place].time == time {
        pending.append(events[place].event)
        place += 1
      }
      settle(pending, schedule, &hasStarted, time)
      let before = inferenceEnds.count
      while sinks.allSatisfy({
        ended[$0] >= Int64(inferenceEnds.count + 1) * problem.firings[$0]
      }), !sinks.isEmpty, inferenceEnds.count < schedule.inferenceEnds.count {
        inferenceEnds.append(time)
      }
      if inferenceEnds.count > before, kept.contains(inferenceEnds.count) {
        states[inferenceEnds.count] = state(schedule, hasStarted, time)
      }
    }
  }

  /// Lets everything happen that an instant has, in whatever order the rules allow: nothing that happens
  /// keeps anything else from happening.
  private mutating func settle(
    _ events: [Event], _ schedule: MappingSchedule, _ hasStarted: inout [Bool], _ time: Int64
  ) {
    var left = events
    while !left.isEmpty {
      var waiting: [Event] = []
      for event in left where !apply(event, schedule, &hasStarted) { waiting.append(event) }
      guard waiting.count < left.count else {
        faults.append("at \(time): \(describe(waiting[0], schedule))")
        return
      }
      left = waiting
    }
  }

  private mutating func apply(
    _ event: Event, _ schedule: MappingSchedule, _ hasStarted: inout [Bool]
  ) -> Bool {
    switch event {
    case .start(let index):
      let firing = schedule.firings[index]
      guard started[firing.block] == firing.number, isReady(firing.block, firing.phase) else {
        return false
      }
      for channel in inputs[firing.block] { tokens[channel] -= consumption(channel, firing.phase) }
      for channel in outputs[firing.block] { room[channel] -= production(channel, firing.phase) }
      started[firing.block] += 1
      hasStarted[index] = true
    case .transfer(let index, let place):
      guard hasStarted[index] else { return false }
      let (firing, segment) = (schedule.firings[index], schedule.segments[place])
      for channel in segment.channels {
        if segment.kind == .read {
          room[channel] += consumption(channel, firing.phase)
        } else {
          tokens[channel] += production(channel, firing.phase)
        }
      }
    case .end(let index):
      guard hasStarted[index] else { return false }
      let firing = schedule.firings[index]
      let moved = Set(schedule.segments[firing.segments].flatMap(\.channels))
      for channel in inputs[firing.block] where !moved.contains(channel) {
        room[channel] += consumption(channel, firing.phase)
      }
      for channel in outputs[firing.block] where !moved.contains(channel) {
        tokens[channel] += production(channel, firing.phase)
      }
      ended[firing.block] += 1
    }
    return true
  }

  private func isReady(_ block: Int, _ phase: Int) -> Bool {
    inputs[block].allSatisfy { tokens[$0] >= consumption($0, phase) }
      && outputs[block].allSatisfy { room[$0] >= production($0, phase) }
  }

  private func describe(_ event: Event, _ schedule: MappingSchedule) -> String {
    switch event {
    case .start(let index):
      let firing = schedule.firings[index]
      return "\(problem.graph.actors[firing.block].name) starts firing \(firing.number) without "
        + "its tokens or room for its results"
    case .transfer(let index, _), .end(let index):
      return "\(problem.graph.actors[schedule.firings[index].block].name) ends before it starts"
    }
  }

  /// Tokens, phases, what is under way with the time it still takes, and who waits in which order.
  private func state(
    _ schedule: MappingSchedule, _ hasStarted: [Bool], _ time: Int64
  ) -> [Int64] {
    var state = tokens
    for block in started.indices { state.append(started[block] % problem.graph.phaseCounts[block]) }
    var running: [[Int64]] = []
    var waiting: [(since: Int64, block: Int)] = []
    for (index, firing) in schedule.firings.enumerated()
    where hasStarted[index] && firing.element >= 0 && firing.end.map({ $0 > time }) ?? true {
      let segments = schedule.segments[firing.segments]
      let finished = segments.prefix { $0.end <= time }
      let current = segments.dropFirst(finished.count).first { $0.start <= time }
      running.append([
        Int64(firing.block), Int64(finished.count), current.map { $0.end - time } ?? -1,
      ])
      if current == nil { waiting.append((finished.last?.end ?? firing.start, firing.block)) }
    }
    running.sort { $0[0] < $1[0] }
    waiting.sort { ($0.since, $0.block) < ($1.since, $1.block) }
    return state + running.joined() + waiting.map { Int64($0.block) }
  }

  private func consumption(_ channel: Int, _ phase: Int) -> Int64 {
    let rates = problem.graph.channels[channel].consumption
    return rates[phase % rates.count]
  }

  private func production(_ channel: Int, _ phase: Int) -> Int64 {
    let rates = problem.graph.channels[channel].production
    return rates[phase % rates.count]
  }
}
