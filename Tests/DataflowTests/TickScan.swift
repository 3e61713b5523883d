import Dataflow

/// The start times and buffers of strictly periodic actors by looking at every tick, as a
/// reference.
struct TickScan {
  private(set) var startTimes: [Int64]
  private(set) var bufferSizes: [Int64] = []

  /// Scans with the periods and deadlines of a schedule; actors must be listed in topological
  /// order.
  init(_ graph: CSDFGraph, _ schedule: StrictlyPeriodicSchedule) {
    startTimes = graph.actors.map { _ in 0 }
    for reader in graph.actors.indices {
      let channels = graph.channels.filter { $0.destination.index == reader && !$0.isSelfEdge }
      while !channels.allSatisfy({ suffices($0, schedule) }) { startTimes[reader] += 1 }
    }
    let end = (startTimes.max() ?? 0) + 8 * schedule.iterationPeriod
    bufferSizes = graph.channels.map { channel in
      (0...end).reduce(channel.initialTokens) { max($0, held(channel, schedule, at: $1)) }
    }
  }

  private func suffices(
    _ channel: CSDFGraph.Channel, _ schedule: StrictlyPeriodicSchedule
  ) -> Bool {
    let (writer, reader) = (channel.source.index, channel.destination.index)
    return (0..<8 * schedule.repetition.firings[reader]).allSatisfy { reads in
      let now = startTimes[reader] + reads * schedule.periods[reader]
      let writes = count(writer, schedule, until: now, delay: schedule.deadlines[writer])
      return channel.initialTokens + sum(channel.production, writes)
        >= sum(channel.consumption, reads + 1)
    }
  }

  private func held(
    _ channel: CSDFGraph.Channel, _ schedule: StrictlyPeriodicSchedule, at now: Int64
  ) -> Int64 {
    let (writer, reader) = (channel.source.index, channel.destination.index)
    let writes = count(writer, schedule, until: now, delay: 0)
    let ends = [writer, reader].map { schedule.deadlines[$0] }
    let reads = count(reader, schedule, until: now, delay: ends == [0, 0] ? 1 : ends[1])
    return channel.initialTokens + sum(channel.production, writes)
      - sum(channel.consumption, reads)
  }

  /// The firings of an actor whose start plus the delay is not after a moment.
  private func count(
    _ actor: Int, _ schedule: StrictlyPeriodicSchedule, until now: Int64, delay: Int64
  ) -> Int64 {
    let elapsed = now - startTimes[actor] - delay
    return elapsed < 0 ? 0 : elapsed / schedule.periods[actor] + 1
  }

  private func sum(_ rates: [Int64], _ firings: Int64) -> Int64 {
    (0..<Int(firings)).reduce(0) { $0 + rates[$1 % rates.count] }
  }
}
