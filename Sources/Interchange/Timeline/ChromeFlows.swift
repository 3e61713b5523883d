/// Finds, while events come, which firing gave a firing the last of the tokens that it takes.
struct ChromeFlows {
  /// The way of tokens from one event to another.
  struct Flow {
    var number: Int
    var channel: Int
    var source: End
    var target: End
  }

  /// An event by its place.
  struct End {
    var element: Int
    var start: Int
  }

  private let timeline: Timeline
  /// For each block its input channels without self-edges.
  private var inputs: [[Int]]
  /// For each block and firing the last event so far.
  private var last: [[End]]
  /// For each channel the tokens taken by the firings seen, and those given by the firings up to the
  /// one that the last flow came from.
  private var taken: [Int]
  private var given: [Int]
  private var givingFiring: [Int]
  /// The transfer that brought the tokens of a channel to the firing that is about to execute.
  private var transfers: [End?]
  private var count = 0

  init(_ timeline: Timeline) {
    self.timeline = timeline
    inputs = Array(repeating: [], count: timeline.blocks.count)
    last = Array(repeating: [], count: timeline.blocks.count)
    for (index, channel) in timeline.channels.enumerated() where !channel.channel.isSelfEdge {
      inputs[channel.channel.destination.index].append(index)
    }
    taken = Array(repeating: 0, count: timeline.channels.count)
    given = timeline.channels.map { Int($0.channel.initialTokens) }
    givingFiring = Array(repeating: -1, count: timeline.channels.count)
    transfers = Array(repeating: nil, count: timeline.channels.count)
  }

  /// Adds an event and gives back the flows that end in it, or in a transfer before it.
  mutating func add(_ event: Timeline.Event) -> [Flow] {
    let end = End(element: event.element, start: event.start)
    if event.firing < last[event.block].count {
      last[event.block][event.firing] = end
    } else {
      last[event.block].append(end)
    }
    switch event.kind {
    case .read:
      if let channel = event.channel { transfers[channel] = end }
      return []
    case .write: return []
    case .execute: return inputs[event.block].compactMap { flow(over: $0, event, end) }
    }
  }

  private mutating func flow(over index: Int, _ event: Timeline.Event, _ end: End) -> Flow? {
    let channel = timeline.channels[index].channel
    let rate = Int(channel.consumption[event.firing % channel.consumption.count])
    let target = transfers[index] ?? end
    transfers[index] = nil
    guard rate > 0 else { return nil }
    taken[index] += rate
    let source = channel.source.index
    guard timeline.blocks[source].isRecorded else { return nil }
    while given[index] < taken[index] {
      givingFiring[index] += 1
      let firing = givingFiring[index] % channel.production.count
      given[index] += Int(channel.production[firing])
    }
    guard last[source].indices.contains(givingFiring[index]) else { return nil }
    count += 1
    return Flow(
      number: count, channel: index, source: last[source][givingFiring[index]], target: target)
  }
}
