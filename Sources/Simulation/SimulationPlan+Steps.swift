/// What the firings of a placement do, step by step.
extension SimulationPlan {
  /// Writes down the steps of each block, and which credits are given behind which.
  func setSteps() {
    var step = 0
    for block in 0..<tables.blockCount {
      stepStarts[block] = step
      guard tables.isKept[block] else { continue }
      var credit = Int(tables.dependences.creditStarts[block])
      for place in readStarts[block]..<readStarts[block + 1] {
        let first = credit
        giveRoom(reads[place].channel, &credit)
        steps[step] = EngineStep(reads[place], .read, first..<credit)
        step += 1
      }
      steps[step] = EngineStep(
        durations: executions[block], stride: 1, channel: -1, resources: 0, firstCredit: 0,
        lastCredit: 0, kind: .execute)
      step += 1
      for place in writeStarts[block]..<writeStarts[block + 1] {
        let first = credit
        var channel = writes[place].firstMember
        while channel >= 0 {
          giveTokens(channel, &credit)
          channel = nextMember[channel]
        }
        steps[step] = EngineStep(writes[place], .write, first..<credit)
        step += 1
      }
      giveRest(block, &credit)
    }
    stepStarts[tables.blockCount] = step
  }

  /// The end of a firing gives what no transfer gives.
  private func giveRest(_ block: Int, _ credit: inout Int) {
    blocks[block].firstCredit = Int32(credit)
    for slot in tables.inputStarts[block]..<tables.inputStarts[block + 1] {
      let channel = tables.inputs[slot]
      if !hasRead[channel] { giveRoom(channel, &credit) }
    }
    for slot in tables.outputStarts[block]..<tables.outputStarts[block + 1] {
      let channel = tables.outputs[slot]
      if !hasWrite[channel] { giveTokens(channel, &credit) }
    }
  }

  private func giveRoom(_ channel: Int, _ credit: inout Int) {
    let dependence = tables.dependences.room[channel]
    guard dependence >= 0 else { return }
    credits[credit] = EngineCredit(
      dependence: dependence, block: Int32(truncatingIfNeeded: tables.sources[channel]))
    credit += 1
  }

  private func giveTokens(_ channel: Int, _ credit: inout Int) {
    let dependence = tables.dependences.tokens[channel]
    guard dependence >= 0 else { return }
    credits[credit] = EngineCredit(
      dependence: dependence, block: Int32(truncatingIfNeeded: tables.targets[channel]))
    credit += 1
  }
}

extension EngineStep {
  fileprivate init(_ transfer: SimulationPlan.Transfer, _ kind: Kind, _ credits: Range<Int>) {
    self.init(
      durations: transfer.durations, stride: Int32(truncatingIfNeeded: transfer.step),
      channel: Int32(truncatingIfNeeded: kind == .read ? transfer.channel : transfer.firstMember),
      resources: transfer.resources, firstCredit: Int32(truncatingIfNeeded: credits.lowerBound),
      lastCredit: Int32(truncatingIfNeeded: credits.upperBound), kind: kind)
  }
}
