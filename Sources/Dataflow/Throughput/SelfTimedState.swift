/// All times that the next iteration depends on.
struct SelfTimedState {
  fileprivate var actorTimes: [Int64]
  fileprivate var runs: [TokenQueue.Run]
  fileprivate var runCounts: [Int32]
}

extension SelfTimedKernel {
  /// The present state.
  var state: SelfTimedState {
    var state = SelfTimedState(
      actorTimes: (0..<nodeCount).map { nodes[$0].time }, runs: [], runCounts: [])
    state.runCounts.reserveCapacity(channelCount)
    state.runs.reserveCapacity(runCount)
    for slot in 0..<channelCount {
      state.runCounts.append(Int32(queues[slot].runCount))
      for index in 0..<queues[slot].runCount { state.runs.append(queues[slot][index]) }
    }
    return state
  }

  /// The runs of tokens in all channels.
  var runCount: Int { (0..<channelCount).reduce(0) { $0 + queues[$1].runCount } }

  /// Whether all actors have come the same time further since an earlier state, without which the
  /// states cannot be alike.
  func isUniform(since old: SelfTimedState) -> Bool {
    let difference = nodes[0].time - old.actorTimes[0]
    for node in 0..<nodeCount where nodes[node].time - old.actorTimes[node] != difference {
      return false
    }
    return true
  }

  /// The least and the greatest difference between a time in this state and its counterpart in
  /// an earlier one.
  func growth(since old: SelfTimedState) -> ClosedRange<Int64> {
    var (least, most) = (Int64.max, Int64.min)
    for node in 0..<nodeCount {
      let difference = nodes[node].time - old.actorTimes[node]
      least = min(least, difference)
      most = max(most, difference)
    }
    var start = 0
    for slot in 0..<channelCount {
      let end = start + Int(old.runCounts[slot])
      var (oldIndex, oldCount) = (start, start < end ? old.runs[start].count : 0)
      for index in 0..<queues[slot].runCount {
        var run = queues[slot][index]
        while run.count > 0, oldIndex < end {
          let difference = run.time - old.runs[oldIndex].time
          least = min(least, difference)
          most = max(most, difference)
          let common = min(run.count, oldCount)
          run.count -= common
          oldCount -= common
          if oldCount == 0 {
            oldIndex += 1
            oldCount = oldIndex < end ? old.runs[oldIndex].count : 0
          }
        }
      }
      start = end
    }
    return least...most
  }
}
