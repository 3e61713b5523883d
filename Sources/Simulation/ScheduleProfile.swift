import Dataflow
import MappingModel

/// What elements and memories did while a schedule was executed: how long each element computed, moved,
/// waited for a link and was held up by full channels, and how many bytes each memory held when.
package struct ScheduleProfile: Hashable, Sendable {
  /// The stretch that the shares are about, in ticks: one repetition, or all there is.
  package var window: Range<Int64>
  /// For each element what it did in the window.
  package var elements: [Activity]
  /// For each memory, those of elements behind those of the platform, its bytes from a time on.
  package var memories: [[Step]]
  /// How long blocks that had their tokens kept an idle element waiting for room in a channel, the longest
  /// first.
  package var stalls: [Stall]

  /// A block that had no room in a channel, in ticks of the window.
  package struct Stall: Hashable, Sendable {
    package var block: Int
    package var channel: Int
    package var ticks: Int64
  }

  /// What an element did, in ticks.
  package struct Activity: Hashable, Sendable {
    package var executing: Int64 = 0
    package var moving: Int64 = 0
    /// It waited for a link or a memory.
    package var waiting: Int64 = 0
    /// It was idle, though a block of its own had its tokens: there was no room for what it writes.
    package var blocked: Int64 = 0
    /// It was idle, and no block of its own had its tokens.
    package var idle: Int64 = 0
  }

  /// A number of bytes from a time on.
  package struct Step: Hashable, Sendable {
    package var time: Int64
    package var bytes: Int
  }
}

extension ScheduleProfile {
  /// Goes through a schedule once more.
  ///
  /// - Complexity: O(*n* log *n*) for *n* firings and segments, times the blocks of an element.
  package init(_ schedule: MappingSchedule, of placement: Placement, in problem: MappingProblem) {
    let last = schedule.inferenceEnds.last ?? 0
    var window: Range<Int64> = 0..<max(1, last)
    if let repetition = schedule.repetition, let end = schedule.inferenceEnds.last {
      let start = repetition.lowerBound == 0 ? 0 : schedule.inferenceEnds[repetition.lowerBound - 1]
      if start < end { window = start..<end }
    }
    self.window = window
    var replay = ScheduleReplay(problem, placement, window)
    replay.run(schedule)
    elements = replay.activities
    memories = replay.memories
    stalls = replay.stalls.map { Stall(block: $0[0], channel: $0[1], ticks: $1) }
      .sorted { ($1.ticks, $0.block, $0.channel) < ($0.ticks, $1.block, $1.channel) }
  }
}

/// The state while a schedule is gone through.
private struct ScheduleReplay {
  let problem: MappingProblem
  let placement: Placement
  let window: Range<Int64>
  let inputs: [[Int]]
  let outputs: [[Int]]
  /// The blocks of each element.
  let blocks: [[Int]]
  let channelMemories: [Int]
  var tokens: [Int64]
  var room: [Int64]
  var started: [Int64]
  var isBusy: [Bool]
  var lastChange: [Int64]
  var activities: [ScheduleProfile.Activity]
  var bytes: [Int]
  var memories: [[ScheduleProfile.Step]]
  /// For a block and a channel the ticks of waiting for room.
  var stalls: [[Int]: Int64] = [:]

  /// Something that changes tokens or room.
  struct Change {
    var time: Int64
    /// Ends go before starts of one instant.
    var order: Int
    var kind: Kind
    var firing: Int
    var channels: [Int]

    enum Kind { case start, release, publish, end }
  }

  init(_ problem: MappingProblem, _ placement: Placement, _ window: Range<Int64>) {
    self.problem = problem
    self.placement = placement
    self.window = window
    let graph = problem.graph
    var (inputs, outputs) = (graph.actors.map { _ in [Int]() }, graph.actors.map { _ in [Int]() })
    for (index, channel) in graph.channels.enumerated() {
      inputs[channel.destination.index].append(index)
      outputs[channel.source.index].append(index)
    }
    (self.inputs, self.outputs) = (inputs, outputs)
    blocks = problem.platform.elements.indices.map { element in
      placement.elements.indices.filter { placement.elements[$0] == element }
    }
    channelMemories = graph.channels.indices.map {
      problem.memory(ofChannel: $0, in: placement)
    }
    tokens = graph.channels.map(\.initialTokens)
    room = graph.channels.indices.map {
      problem.capacity(ofChannel: $0, in: placement) - graph.channels[$0].initialTokens
    }
    started = graph.actors.map { _ in 0 }
    isBusy = problem.platform.elements.map { _ in false }
    lastChange = problem.platform.elements.map { _ in 0 }
    activities = problem.platform.elements.map { _ in .init() }
    bytes = Array(
      repeating: 0, count: problem.platform.memories.count + problem.platform.elements.count)
    memories = []
    for (block, element) in placement.elements.enumerated() where element >= 0 {
      let memory = problem.weightMemory(ofElement: element)
      bytes[memory] += problem.addedWeightBytes(of: block, on: element) {
        placement.elements[$0] >= 0
          && problem.weightMemory(ofElement: placement.elements[$0]) == memory
      }
    }
    for index in graph.channels.indices { add(graph.channels[index].initialTokens, to: index) }
    memories = bytes.map { [.init(time: 0, bytes: $0)] }
  }

  mutating func run(_ schedule: MappingSchedule) {
    for change in Self.changes(schedule) {
      settle(before: change.time)
      apply(change, schedule.firings[change.firing])
    }
    for element in isBusy.indices { settle(element, until: window.upperBound) }
    countSegments(schedule)
  }

  private static func changes(_ schedule: MappingSchedule) -> [Change] {
    var changes: [Change] = []
    for (index, firing) in schedule.firings.enumerated() {
      var (read, written): ([Int], [Int]) = ([], [])
      changes.append(
        Change(time: firing.start, order: 1, kind: .start, firing: index, channels: []))
      for segment in schedule.segments[firing.segments] where segment.kind != .execute {
        let isRead = segment.kind == .read
        if isRead { read += segment.channels } else { written += segment.channels }
        changes.append(
          Change(
            time: segment.end, order: 0, kind: isRead ? .release : .publish, firing: index,
            channels: segment.channels))
      }
      guard let end = firing.end else { continue }
      // A firing that takes no time ends behind its start.
      changes.append(
        Change(
          time: end, order: end == firing.start ? 2 : 0, kind: .end, firing: index,
          channels: read + written))
    }
    return changes.enumerated().sorted {
      ($0.element.time, $0.element.order, $0.offset)
        < ($1.element.time, $1.element.order, $1.offset)
    }.map(\.element)
  }

  private mutating func apply(_ change: Change, _ firing: MappingSchedule.Firing) {
    let (block, phase) = (firing.block, firing.phase)
    switch change.kind {
    case .start:
      for index in inputs[block] { tokens[index] -= consumption(index, phase) }
      for index in outputs[block] {
        room[index] -= production(index, phase)
        add(production(index, phase), to: index)
      }
      started[block] += 1
      if firing.element >= 0 { isBusy[firing.element] = true }
    case .release: for index in change.channels { release(index, phase) }
    case .publish: for index in change.channels { tokens[index] += production(index, phase) }
    case .end:
      for index in inputs[block] where !change.channels.contains(index) { release(index, phase) }
      for index in outputs[block] where !change.channels.contains(index) {
        tokens[index] += production(index, phase)
      }
      if firing.element >= 0 { isBusy[firing.element] = false }
    }
    note(change.time)
  }

  private mutating func release(_ index: Int, _ phase: Int) {
    room[index] += consumption(index, phase)
    add(-consumption(index, phase), to: index)
  }

  private mutating func add(_ count: Int64, to index: Int) {
    let channel = problem.graph.channels[index]
    guard count != 0, !channel.isSelfEdge else { return }
    let (source, target) = (
      placement.elements[channel.source.index], placement.elements[channel.destination.index]
    )
    let size = problem.bytes(ofChannel: index, holding: abs(count), source, target)
    bytes[channelMemories[index]] += count > 0 ? size : -size
  }

  private mutating func note(_ time: Int64) {
    for memory in memories.indices where memories[memory].last?.bytes != bytes[memory] {
      if memories[memory].last?.time == time { memories[memory].removeLast() }
      memories[memory].append(.init(time: time, bytes: bytes[memory]))
    }
  }

  private func consumption(_ index: Int, _ phase: Int) -> Int64 {
    let rates = problem.graph.channels[index].consumption
    return rates[phase % rates.count]
  }

  private func production(_ index: Int, _ phase: Int) -> Int64 {
    let rates = problem.graph.channels[index].production
    return rates[phase % rates.count]
  }

  /// Counts idle time up to now by what held the element up until now.
  private mutating func settle(before time: Int64) {
    for element in isBusy.indices where lastChange[element] < time { settle(element, until: time) }
  }

  private mutating func settle(_ element: Int, until time: Int64) {
    let start = max(lastChange[element], window.lowerBound)
    let end = min(time, window.upperBound)
    lastChange[element] = max(lastChange[element], time)
    guard !isBusy[element], start < end else { return }
    if let block = blocks[element].first(where: hasTokens) {
      activities[element].blocked += end - start
      if let channel = fullChannel(block) { stalls[[block, channel], default: 0] += end - start }
    } else {
      activities[element].idle += end - start
    }
  }

  private func fullChannel(_ block: Int) -> Int? {
    let phase = Int(started[block] % problem.graph.phaseCounts[block])
    return outputs[block].first {
      !problem.graph.channels[$0].isSelfEdge && room[$0] < production($0, phase)
    }
  }

  private func hasTokens(_ block: Int) -> Bool {
    let phase = Int(started[block] % problem.graph.phaseCounts[block])
    return inputs[block].allSatisfy { tokens[$0] >= consumption($0, phase) }
  }

  private mutating func countSegments(_ schedule: MappingSchedule) {
    func overlap(_ start: Int64, _ end: Int64) -> Int64 {
      max(0, min(end, window.upperBound) - max(start, window.lowerBound))
    }
    for firing in schedule.firings where firing.element >= 0 {
      for segment in schedule.segments[firing.segments] {
        let time = overlap(segment.start, segment.end)
        if segment.kind == .execute {
          activities[firing.element].executing += time
        } else {
          activities[firing.element].moving += time
          activities[firing.element].waiting += overlap(segment.requested, segment.start)
        }
      }
    }
  }
}
