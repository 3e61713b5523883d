/// What the firings of a placement do, step by step.
extension SimulationPlan {
  /// What counts the ends of firings of a block is the number of the block; behind these come counters for
  /// the reads of each channel, and for the writes of those that begin with it.
  var counterCount: Int { tables.blockCount + 2 * tables.channels.count }

  private func readCounter(_ channel: Int) -> Int {
    tables.blockCount + channel
  }

  private func writeCounter(_ channel: Int) -> Int {
    tables.blockCount + tables.channels.count + channel
  }

  /// Writes down the steps of each block, and which counters those behind them wait for.
  func setSteps() {
    var step = 0
    for block in 0..<tables.blockCount {
      stepStarts[block] = step
      guard tables.isKept[block] else { continue }
      for place in readStarts[block]..<readStarts[block + 1] {
        let counter = readCounter(reads[place].channel)
        steps[step] = EngineStep(reads[place], .read, counter)
        step += 1
      }
      steps[step] = EngineStep(
        durations: executions[block], stride: 1, channel: -1, resources: 0, counter: 0,
        kind: .execute)
      step += 1
      for place in writeStarts[block]..<writeStarts[block + 1] {
        let counter = writeCounter(writes[place].firstMember)
        steps[step] = EngineStep(writes[place], .write, counter)
        step += 1
        var channel = writes[place].firstMember
        while channel >= 0 {
          count(tables.dependences.tokens[channel], with: counter)
          channel = nextMember[channel]
        }
      }
    }
    stepStarts[tables.blockCount] = step
    for channel in 0..<tables.channels.count {
      if !hasWrite[channel] {
        count(tables.dependences.tokens[channel], with: tables.sources[channel])
      }
      count(
        tables.dependences.room[channel],
        with: hasRead[channel] ? readCounter(channel) : tables.targets[channel])
    }
  }

  private func count(_ dependence: Int32, with counter: Int) {
    if dependence >= 0 { dependences[Int(dependence)].counter = counter }
  }
}

extension EngineStep {
  fileprivate init(_ transfer: SimulationPlan.Transfer, _ kind: Kind, _ counter: Int) {
    self.init(
      durations: transfer.durations, stride: Int32(truncatingIfNeeded: transfer.step),
      channel: Int32(truncatingIfNeeded: kind == .read ? transfer.channel : transfer.firstMember),
      resources: transfer.resources, counter: counter, kind: kind)
  }
}
