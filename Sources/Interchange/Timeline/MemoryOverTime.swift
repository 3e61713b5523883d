/// The bytes that channels hold, memory by memory, as events tell it: a firing claims the room for what
/// it writes with its first event, and frees what it has read with its transfer or its last event.
///
/// Channels at blocks that take no time are left out, as their firings are no events.
struct MemoryOverTime {
  private let timeline: Timeline
  private var inputs: [[Int]]
  private var outputs: [[Int]]
  private var changed: [Change] = []
  /// The firing of each element that is not over yet.
  private var open: [Open?]

  private struct Change {
    var time: Int
    var channel: Int
    var tokens: Int
  }

  private struct Open {
    var block: Int
    var firing: Int
    var end: Int
    /// The channels that transfers have freed.
    var freed: [Int]
  }

  init(_ timeline: Timeline) {
    self.timeline = timeline
    inputs = Array(repeating: [], count: timeline.blocks.count)
    outputs = inputs
    open = Array(repeating: nil, count: timeline.elements.count)
    for (index, channel) in timeline.channels.enumerated() where channel.memory != nil {
      let (source, target) = (channel.channel.source.index, channel.channel.destination.index)
      guard !channel.channel.isSelfEdge, timeline.blocks[source].isRecorded,
        timeline.blocks[target].isRecorded
      else { continue }
      outputs[source].append(index)
      inputs[target].append(index)
    }
  }

  mutating func add(_ event: Timeline.Event) {
    if open[event.element]?.block != event.block || open[event.element]?.firing != event.firing {
      close(event.element)
      open[event.element] = Open(block: event.block, firing: event.firing, end: 0, freed: [])
      for index in outputs[event.block] {
        let rates = timeline.channels[index].channel.production
        change(index, Int(rates[event.firing % rates.count]), event.start)
      }
    }
    open[event.element]?.end = event.end
    guard event.kind == .read, let channel = event.channel, inputs[event.block].contains(channel)
    else { return }
    open[event.element]?.freed.append(channel)
    free(channel, event.firing, event.end)
  }

  private mutating func close(_ element: Int) {
    guard let firing = open[element] else { return }
    for index in inputs[firing.block] where !firing.freed.contains(index) {
      free(index, firing.firing, firing.end)
    }
    open[element] = nil
  }

  private mutating func free(_ index: Int, _ firing: Int, _ time: Int) {
    let rates = timeline.channels[index].channel.consumption
    change(index, -Int(rates[firing % rates.count]), time)
  }

  private mutating func change(_ index: Int, _ tokens: Int, _ time: Int) {
    if tokens != 0 { changed.append(Change(time: time, channel: index, tokens: tokens)) }
  }

  /// The bytes of each memory at each time when they change; the last of several changes at one time.
  mutating func changes() -> [(memory: Int, time: Int, bytes: Int)] {
    for element in open.indices { close(element) }
    // What is freed at a time is free for what claims it then.
    changed.sort { ($0.time, $0.tokens, $0.channel) < ($1.time, $1.tokens, $1.channel) }
    var tokens = timeline.channels.map { Int($0.channel.initialTokens) }
    var bytes = Array(repeating: 0, count: timeline.memories.count)
    for index in inputs.joined() {
      bytes[timeline.channels[index].memory ?? 0] += held(index, tokens[index])
    }
    var result = bytes.enumerated().map { (memory: $0, time: 0, bytes: $1) }
    var places = Array(timeline.memories.indices)
    for change in changed {
      let memory = timeline.channels[change.channel].memory ?? 0
      let before = held(change.channel, tokens[change.channel])
      tokens[change.channel] += change.tokens
      bytes[memory] += held(change.channel, tokens[change.channel]) - before
      if result[places[memory]].time == change.time {
        result[places[memory]].bytes = bytes[memory]
      } else {
        places[memory] = result.count
        result.append((memory, change.time, bytes[memory]))
      }
    }
    return result
  }

  private func held(_ index: Int, _ tokens: Int) -> Int {
    let channel = timeline.channels[index]
    let (product, overflow) = tokens.multipliedReportingOverflow(by: channel.bytes)
    return overflow ? 0 : product / channel.tokens
  }
}
