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
