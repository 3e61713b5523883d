/// Writes executions in the JSON format of Chrome's trace viewer, which Perfetto opens too.
///
/// Format: "Trace Event Format", Google, of the Catapult project. Elements, and links with memories, are
/// two processes with a thread for each; what they do are complete events (`X`), the way of values from
/// a firing to the one that needs them are flows (`s`, `f`), and the busy links and the bytes in memories
/// are counters (`C`). Times are microseconds with six decimals, which are ticks of a picosecond.
package enum ChromeTrace {
  /// Writes events as they come, which is in the order of their ends.
  ///
  /// Memory grows with the firings for the flows and the counters of memories, not with the text.
  package static func write(
    _ timeline: Timeline, _ events: some Sequence<Timeline.Event>,
    to stream: inout some TextOutputStream
  ) {
    var writer = ChromeTraceWriter(timeline)
    stream.write("{\"displayTimeUnit\":\"ns\",\"otherData\":{\"title\":")
    stream.write("\(JSONString.quoted(timeline.title))},\"traceEvents\":[\n")
    writer.writeNames(to: &stream)
    for event in events { writer.write(event, to: &stream) }
    writer.writeMemories(to: &stream)
    stream.write("\n]}\n")
  }
}

/// The state of writing: what has been written, and by which firings.
struct ChromeTraceWriter {
  let timeline: Timeline
  private var hasWritten = false
  private var flows: ChromeFlows
  private var memories: MemoryOverTime

  private static let elements = 1
  private static let resources = 2
  private static let memoryProcess = 3

  init(_ timeline: Timeline) {
    self.timeline = timeline
    flows = ChromeFlows(timeline)
    memories = MemoryOverTime(timeline)
  }

  private mutating func line(_ text: String, to stream: inout some TextOutputStream) {
    stream.write(hasWritten ? ",\n\(text)" : text)
    hasWritten = true
  }
}

// MARK: - Names

extension ChromeTraceWriter {
  mutating func writeNames(to stream: inout some TextOutputStream) {
    let processes = [
      (Self.elements, "elements"), (Self.resources, "links and memories"),
      (Self.memoryProcess, "bytes in memories"),
    ]
    for (process, name) in processes {
      metadata("process_name", process, nil, "\"name\":\(JSONString.quoted(name))", to: &stream)
      metadata("process_sort_index", process, nil, "\"sort_index\":\(process)", to: &stream)
    }
    for (process, names) in [
      (Self.elements, timeline.elements), (Self.resources, timeline.resources),
    ] {
      for (index, name) in names.enumerated() {
        metadata(
          "thread_name", process, index + 1, "\"name\":\(JSONString.quoted(name))", to: &stream)
        metadata("thread_sort_index", process, index + 1, "\"sort_index\":\(index)", to: &stream)
      }
    }
  }

  private mutating func metadata(
    _ name: String, _ process: Int, _ thread: Int?, _ arguments: String,
    to stream: inout some TextOutputStream
  ) {
    let place = thread.map { ",\"tid\":\($0)" } ?? ""
    line(
      "{\"ph\":\"M\",\"name\":\"\(name)\",\"pid\":\(process)\(place),\"args\":{\(arguments)}}",
      to: &stream)
  }
}

// MARK: - Events

extension ChromeTraceWriter {
  mutating func write(_ event: Timeline.Event, to stream: inout some TextOutputStream) {
    let block = timeline.blocks[event.block]
    var arguments = "\"block\":\(JSONString.quoted(block.name)),\"firing\":\(event.firing)"
    arguments += ",\"inference\":\(event.firing / max(1, block.firings))"
    if block.phases > 1 { arguments += ",\"phase\":\(event.phase)" }
    var name = block.name
    if let channel = event.channel {
      let title = timeline.channels[channel].channel.name
      arguments += ",\"channel\":\(JSONString.quoted(title))"
      name = "\(event.kind.rawValue) \(title)"
    }
    complete(name, event, Self.elements, event.element + 1, arguments, to: &stream)
    for resource in timeline.resources.indices where event.resources >> UInt64(resource) & 1 == 1 {
      complete(
        "\(name) (\(block.name))", event, Self.resources, resource + 1, arguments, to: &stream)
      let counter = "busy \(timeline.resources[resource])"
      count(counter, Self.resources, event.start, "\"busy\":1", to: &stream)
      count(counter, Self.resources, event.end, "\"busy\":0", to: &stream)
    }
    for flow in flows.add(event) { write(flow, to: &stream) }
    memories.add(event)
  }

  private mutating func complete(
    _ name: String, _ event: Timeline.Event, _ process: Int, _ thread: Int, _ arguments: String,
    to stream: inout some TextOutputStream
  ) {
    line(
      "{\"ph\":\"X\",\"name\":\(JSONString.quoted(name)),\"cat\":\"\(event.kind.rawValue)\","
        + "\"pid\":\(process),\"tid\":\(thread),\"ts\":\(microseconds(event.start)),"
        + "\"dur\":\(microseconds(event.end - event.start)),\"args\":{\(arguments)}}",
      to: &stream)
  }

  private mutating func count(
    _ name: String, _ process: Int, _ time: Int, _ arguments: String,
    to stream: inout some TextOutputStream
  ) {
    line(
      "{\"ph\":\"C\",\"name\":\(JSONString.quoted(name)),\"pid\":\(process),"
        + "\"ts\":\(microseconds(time)),\"args\":{\(arguments)}}",
      to: &stream)
  }

  private mutating func write(_ flow: ChromeFlows.Flow, to stream: inout some TextOutputStream) {
    let title = JSONString.quoted(timeline.channels[flow.channel].channel.name)
    for (end, letter, more) in [(flow.source, "s", ""), (flow.target, "f", ",\"bp\":\"e\"")] {
      line(
        "{\"ph\":\"\(letter)\",\"id\":\(flow.number),\"name\":\(title),\"cat\":\"tokens\","
          + "\"pid\":\(Self.elements),\"tid\":\(end.element + 1),"
          + "\"ts\":\(microseconds(end.start))\(more)}",
        to: &stream)
    }
  }

  /// Writes how many bytes the channels between blocks that take time hold, memory by memory.
  mutating func writeMemories(to stream: inout some TextOutputStream) {
    for (memory, time, bytes) in memories.changes() {
      count(
        timeline.memories[memory], Self.memoryProcess, time, "\"bytes\":\(bytes)", to: &stream)
    }
  }

  /// Ticks of a picosecond as microseconds, exactly.
  private func microseconds(_ ticks: Int) -> String {
    let (whole, rest) = ticks.quotientAndRemainder(dividingBy: 1_000_000)
    if rest == 0 { return "\(whole)" }
    var digits = String(rest.magnitude + 1_000_000).dropFirst()
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
