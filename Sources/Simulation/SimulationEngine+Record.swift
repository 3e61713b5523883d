import Dataflow
import MappingModel

/// What the recorder is told.
extension SimulationEngine {
  func recordExecution(_ ticks: Int, _ element: Int) {
    recorder?.add(
      .execute, element: element, requested: now - ticks, start: now - ticks, end: now)
  }

  func recordTransfer(_ step: EngineStep, _ element: Int, end: Int) {
    recorder?.add(
      step.kind == .read ? .read : .write, element: element, channels: members(of: step),
      resources: step.resources, requested: requested[element],
      start: end - step.ticks(runningPhase[element]), end: end)
  }

  /// Tells what elements are in the middle of.
  func recordUnderWay() {
    guard let recorder else { return }
    for element in 0..<tables.elementCount
    where running[element] >= 0 && finish[element] != Self.never {
      let end = finish[element]
      if hasTransfers, steps[step[element]].kind != .execute {
        recordTransfer(steps[step[element]], element, end: end)
        continue
      }
      let start = end - blocks[running[element]].executions[runningPhase[element]]
      recorder.add(.execute, element: element, requested: start, start: start, end: end)
    }
  }

  /// Tells a recorder how far everything is.
  func tellBeginning(to recorder: SimulationRecorder, inferences: Int) {
    var released = tables.problem.graph.channels.map { _ in 0 }
    for (channel, number) in tables.channels.enumerated() {
      let room = Int(tables.dependences.room[channel])
      released[number] =
        room >= 0 ? counters[dependences[room].counter] : counters[tables.targets[channel]]
    }
    recorder.begin(
      .init(
        inferences: inferences, time: Int64(now),
        started: (0..<tables.blockCount).map { blocks[$0].started }, released: released),
      underWay: (0..<tables.elementCount).filter { running[$0] >= 0 }.map { underWay(on: $0) })
  }

  private func underWay(on element: Int) -> SimulationRecorder.UnderWay {
    let (block, phase) = (running[element], runningPhase[element])
    var start = now
    var done: [MappingSchedule.Segment] = []
    if !hasTransfers {
      start = finish[element] - blocks[block].executions[phase]
    } else {
      let current = steps[step[element]]
      start =
        current.kind == .execute
        ? finish[element] - current.ticks(phase) : requested[element]
      for place in stepStarts[block]..<step[element] where steps[place].ticks(phase) >= 0 {
        let kind: MappingSchedule.Segment.Kind =
          switch steps[place].kind {
          case .execute: .execute
          case .read: .read
          case .write: .write
          }
        done.append(
          .init(
            kind: kind, channels: kind == .execute ? [] : members(of: steps[place]),
            requested: Int64(start), start: Int64(start), end: Int64(start)))
      }
    }
    return .init(block: block, element: element, start: Int64(start), done: done)
  }

  /// The channels of a transfer, as the problem numbers them.
  private func members(of step: EngineStep) -> [Int] {
    var members: [Int] = []
    var channel = Int(step.channel)
    while channel >= 0 {
      members.append(tables.channels[channel])
      channel = step.kind == .read ? -1 : nextMember[channel]
    }
    return members
  }
}
