import Dataflow
package import MappingModel
import PlatformModel

/// How many bytes of weights and filled channels each memory holds when, in what is written down of an execution.
package struct MemoryProfile: Hashable, Sendable {
  /// The stretch that is shown, in ticks: one repetition where it was seen, or all there is.
  package var window: Range<Int64>
  /// The inferences that end in it, by the numbers that had ended before and after them.
  package var inferences: Range<Int>
  /// For each memory, those of elements behind those of the platform, its bytes from a time on.
  package var memories: [[Step]]

  /// A number of bytes from a time on.
  package struct Step: Hashable, Sendable {
    /// The time of the change in ticks of 1 ps.
    package var time: Int64
    /// The bytes in the memory from then until the next step.
    package var bytes: Int
  }
}

extension MemoryProfile {
  /// Computes the profile of a placement by a replay of its schedule.
  ///
  /// - Complexity: O(*n* log *n*) for *n* firings and segments.
  package init(_ schedule: MappingSchedule, of placement: Placement, in problem: MappingProblem) {
    let first = schedule.repetition?.lowerBound ?? schedule.beginning?.inferences ?? 0
    let ends = schedule.inferenceEnds
    inferences = min(first, ends.count)..<ends.count
    let start = schedule.beginning?.time ?? (first == 0 ? 0 : ends[first - 1])
    window = start..<max(start + 1, ends.last ?? 0)
    var replay = MemoryReplay(problem, placement, schedule.beginning)
    replay.run(schedule)
    memories = replay.memories
  }
}

/// The fill of memories while a schedule is gone through.
private struct MemoryReplay {
  let problem: MappingProblem
  let placement: Placement
  let inputs: [[Int]]
  let outputs: [[Int]]
  let channelMemories: [Int]
  /// Changes up to this time have happened already.
  let beginning: Int64
  /// For each channel the tokens that have room in it. Bytes are those of all of them, as parts are rounded up.
  var held: [Int64]
  var bytes: [Int]
  var memories: [[MemoryProfile.Step]]

  /// Something that changes how full channels are.
  struct Change {
    var time: Int64
    /// Ends go before starts of one instant.
    var order: Int
    /// Whether room is claimed, or else set free.
    var isClaim: Bool
    var firing: Int
    var channels: [Int]
  }

  init(
    _ problem: MappingProblem, _ placement: Placement, _ beginning: MappingSchedule.Beginning?
  ) {
    self.problem = problem
    self.placement = placement
    self.beginning = beginning?.time ?? -1
    let graph = problem.graph
    var (inputs, outputs) = (graph.actors.map { _ in [Int]() }, graph.actors.map { _ in [Int]() })
    for (index, channel) in graph.channels.enumerated() where !channel.isSelfEdge {
      inputs[channel.destination.index].append(index)
      outputs[channel.source.index].append(index)
    }
    (self.inputs, self.outputs) = (inputs, outputs)
    channelMemories = graph.channels.indices.map {
      problem.memory(ofChannel: $0, in: placement)
    }
    held = graph.channels.map { _ in 0 }
    bytes = Array(
      repeating: 0, count: problem.platform.memories.count + problem.platform.elements.count)
    memories = []
    addWeights()
    for index in graph.channels.indices where !graph.channels[index].isSelfEdge {
      add(tokens(of: index, at: beginning), to: index)
    }
    memories = bytes.map { [.init(time: beginning?.time ?? 0, bytes: $0)] }
  }

  private mutating func addWeights() {
    for (block, element) in placement.elements.enumerated() where element >= 0 {
      let memory = problem.weightMemory(ofElement: element)
      bytes[memory] += problem.addedWeightBytes(of: block, on: element) {
        placement.elements[$0] >= 0
          && problem.weightMemory(ofElement: placement.elements[$0]) == memory
      }
    }
  }

  /// The tokens for which a channel has given room at the beginning.
  private func tokens(of index: Int, at beginning: MappingSchedule.Beginning?) -> Int64 {
    let channel = problem.graph.channels[index]
    guard let beginning, let written = CumulativeRates(channel.production),
      let read = CumulativeRates(channel.consumption)
    else { return channel.initialTokens }
    return channel.initialTokens
      + written.tokens(after: Int64(beginning.started[channel.source.index]))
      - read.tokens(after: Int64(beginning.released[index]))
  }

  mutating func run(_ schedule: MappingSchedule) {
    for change in changes(schedule) {
      let firing = schedule.firings[change.firing]
      for index in change.channels {
        let rates =
          change.isClaim
          ? problem.graph.channels[index].production : problem.graph.channels[index].consumption
        let tokens = rates[firing.phase % rates.count]
        add(change.isClaim ? tokens : -tokens, to: index)
      }
      note(change.time)
    }
  }

  private func changes(_ schedule: MappingSchedule) -> [Change] {
    var changes: [Change] = []
    for (index, firing) in schedule.firings.enumerated() {
      let isUnderWay = !isNew(firing, schedule)
      if !isUnderWay {
        changes.append(
          Change(
            time: firing.start, order: 1, isClaim: true, firing: index,
            channels: outputs[firing.block]))
      }
      var read: [Int] = []
      for segment in schedule.segments[firing.segments] where segment.kind == .read {
        read += segment.channels
        guard segment.end > beginning || !isUnderWay else { continue }
        changes.append(
          Change(
            time: segment.end, order: 0, isClaim: false, firing: index, channels: segment.channels))
      }
      guard let end = firing.end else { continue }
      // A firing that takes no time ends behind its start.
      changes.append(
        Change(
          time: end, order: end == firing.start ? 2 : 0, isClaim: false, firing: index,
          channels: inputs[firing.block].filter { !read.contains($0) }))
    }
    return changes.enumerated().sorted {
      ($0.element.time, $0.element.order, $0.offset)
        < ($1.element.time, $1.element.order, $1.offset)
    }.map(\.element)
  }

  /// Whether a firing had not started before the beginning.
  private func isNew(_ firing: MappingSchedule.Firing, _ schedule: MappingSchedule) -> Bool {
    guard let started = schedule.beginning?.started else { return true }
    return firing.number >= started[firing.block]
  }

  private mutating func add(_ count: Int64, to index: Int) {
    guard count != 0 else { return }
    let channel = problem.graph.channels[index]
    let (source, target) = (
      placement.elements[channel.source.index], placement.elements[channel.destination.index]
    )
    let before = problem.bytes(ofChannel: index, holding: held[index], source, target)
    held[index] += count
    let after = problem.bytes(ofChannel: index, holding: held[index], source, target)
    bytes[channelMemories[index]] += after - before
  }

  private mutating func note(_ time: Int64) {
    for memory in memories.indices where memories[memory].last?.bytes != bytes[memory] {
      if memories[memory].last?.time == time { memories[memory].removeLast() }
      memories[memory].append(.init(time: time, bytes: bytes[memory]))
    }
  }
}
