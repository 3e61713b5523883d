/// All times that the next iteration depends on.
struct SelfTimedState {
  fileprivate var actorTimes: [Int64] = []
  /// For each ring the ends that its readers may still ask for, of firings that have been.
  fileprivate var ends: [Int64] = []
  fileprivate var counts: [Int] = []
}

extension SelfTimedKernel {
  /// The present state.
  var state: SelfTimedState {
    var state = SelfTimedState()
    state.actorTimes = (0..<nodeCount).map { nodes[$0].time }
    state.counts.reserveCapacity(ringCount)
    state.ends.reserveCapacity(endCount)
    for index in 0..<ringCount {
      let ring = rings + index
      let first = firstNeeded(ring)
      state.counts.append(Int(ring.pointee.fired - first))
      for number in first..<ring.pointee.fired {
        state.ends.append(ring.pointee.ends[Int(number & ring.pointee.mask)])
      }
    }
    return state
  }

  /// The ends that a state has.
  var endCount: Int {
    (0..<ringCount).reduce(0) { $0 + Int(rings[$1].fired - firstNeeded(rings + $1)) }
  }

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
  ///
  /// Counterparts are as many firings before the last one. Those that have not been are tokens of
  /// time 0.
  func growth(since old: SelfTimedState) -> ClosedRange<Int64> {
    var (least, most) = (Int64.max, Int64.min)
    func take(_ difference: Int64) {
      least = min(least, difference)
      most = max(most, difference)
    }
    for node in 0..<nodeCount { take(nodes[node].time - old.actorTimes[node]) }
    var start = 0
    for index in 0..<ringCount {
      let ring = rings + index
      let (fired, count) = (ring.pointee.fired, old.counts[index])
      let first = firstNeeded(ring)
      for number in first..<fired {
        let place = count - Int(fired - number)
        let before = place >= 0 ? old.ends[start + place] : 0
        take(ring.pointee.ends[Int(number & ring.pointee.mask)] - before)
      }
      if isReadFromStart(ring) { take(0) }
      start += count
    }
    return least...most
  }
}
