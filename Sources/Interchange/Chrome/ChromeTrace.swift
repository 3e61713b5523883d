import Dataflow
import Documents
import Escaping
package import MappingModel
import PlatformModel

/// Writes executions in the JSON format of Chrome's trace viewer, which Perfetto opens too.
///
/// Format: "Trace Event Format", Google, of the Catapult project. Elements, and links with memories, are
/// two processes with a thread for each; what they do are complete events (`X`), the way of values from
/// a firing to the one that needs them are flows (`s`, `f`), and the busy links and the bytes in memories
/// are counters (`C`). Times are microseconds with six decimals, which are ticks of a picosecond.
package enum ChromeTrace {
  /// Writes what happened in the execution of a placement; only the text is never all in memory.
  package static func write(
    _ schedule: MappingSchedule, of problem: MappingProblem, _ placement: Placement,
    to stream: inout some TextOutputStream
  ) {
    var writer = ChromeTraceWriter(problem: problem, placement: placement, schedule: schedule)
    stream.write("{\"displayTimeUnit\":\"ns\",\"otherData\":{\"title\":")
    stream.write("\(problem.graph.name.jsonQuoted),\"platform\":")
    stream.write(problem.platform.name.jsonQuoted)
    if schedule.omitted > 0 { stream.write(",\"omitted_firings\":\(schedule.omitted)") }
    stream.write("},\"traceEvents\":[\n")
    writer.writeNames(to: &stream)
    for index in schedule.firings.indices { writer.writeFiring(index, to: &stream) }
    writer.writeFlows(to: &stream)
    writer.writeLoads(to: &stream)
    writer.writeMemories(to: &stream)
    stream.write("\n]}\n")
  }
}

/// The state of writing.
struct ChromeTraceWriter {
  let problem: MappingProblem
  let placement: Placement
  let schedule: MappingSchedule
  private var hasWritten = false

  init(problem: MappingProblem, placement: Placement, schedule: MappingSchedule) {
    self.problem = problem
    self.placement = placement
    self.schedule = schedule
  }

  private static let elements = 1
  private static let resources = 2
  private static let memories = 3

  /// The thread of an element; blocks that take none have one behind the others.
  private func thread(_ element: Int) -> Int {
    element >= 0 ? element + 1 : problem.platform.elements.count + 1
  }

  private mutating func line(_ text: String, to stream: inout some TextOutputStream) {
    stream.write(hasWritten ? ",\n\(text)" : text)
    hasWritten = true
  }

  /// Ticks of a picosecond as microseconds, exactly.
  private func microseconds(_ ticks: Int64) -> String {
    let (whole, rest) = ticks.quotientAndRemainder(dividingBy: 1_000_000)
    if rest == 0 { return "\(whole)" }
    var digits = String(rest.magnitude + 1_000_000).dropFirst()
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}

// MARK: - Names

extension ChromeTraceWriter {
  mutating func writeNames(to stream: inout some TextOutputStream) {
    let processes = [
      (Self.elements, "elements"), (Self.resources, "links and memories"),
      (Self.memories, "bytes in memories"),
    ]
    for (process, name) in processes {
      metadata("process_name", process, nil, "\"name\":\(name.jsonQuoted)", to: &stream)
      metadata("process_sort_index", process, nil, "\"sort_index\":\(process)", to: &stream)
    }
    let hasFree = problem.graph.actors.indices.contains { problem.isFree($0) }
    let names = problem.platform.elements.map(\.name) + (hasFree ? ["without element"] : [])
    for (process, names) in [
      (Self.elements, names), (Self.resources, problem.resources.map(\.name)),
    ] {
      for (index, name) in names.enumerated() {
        metadata(
          "thread_name", process, index + 1, "\"name\":\(name.jsonQuoted)", to: &stream)
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

// MARK: - Slices

extension ChromeTraceWriter {
  mutating func writeFiring(_ index: Int, to stream: inout some TextOutputStream) {
    let firing = schedule.firings[index]
    let block = problem.graph.actors[firing.block].name.jsonQuoted
    let inference = Int64(firing.number) / max(1, problem.firings[firing.block])
    var arguments = "\"block\":\(block),\"firing\":\(firing.number),\"inference\":\(inference)"
    if problem.graph.phaseCounts[firing.block] > 1 { arguments += ",\"phase\":\(firing.phase)" }
    if firing.element < 0 {
      let time = (firing.start, firing.end ?? firing.start)
      slice(block, "free", time, Self.elements, thread(-1), arguments, to: &stream)
    }
    for segment in schedule.segments[firing.segments] {
      write(segment, of: firing, block, arguments, to: &stream)
    }
  }

  private mutating func write(
    _ segment: MappingSchedule.Segment, of firing: MappingSchedule.Firing, _ block: String,
    _ arguments: String, to stream: inout some TextOutputStream
  ) {
    let time = (segment.start, segment.end)
    let kind = segment.kind.rawValue
    guard segment.kind != .execute else {
      slice(block, kind, time, Self.elements, thread(firing.element), arguments, to: &stream)
      return
    }
    let channels = segment.channels.map { problem.graph.channels[$0].name }
    let name = "\(kind) \(channels.joined(separator: ", "))".jsonQuoted
    let waited = ",\"waited_ps\":\(segment.start - segment.requested)"
    slice(
      name, kind, time, Self.elements, thread(firing.element), arguments + waited, to: &stream)
    for resource in problem.resources.indices
    where segment.resources >> UInt64(resource) & 1 == 1 {
      slice(name, kind, time, Self.resources, resource + 1, arguments, to: &stream)
    }
  }

  /// - Parameter name: The name in quotes.
  private mutating func slice(
    _ name: String, _ category: String, _ time: (start: Int64, end: Int64), _ process: Int,
    _ thread: Int, _ arguments: String, to stream: inout some TextOutputStream
  ) {
    line(
      "{\"ph\":\"X\",\"name\":\(name),\"cat\":\"\(category)\",\"pid\":\(process),"
        + "\"tid\":\(thread),\"ts\":\(microseconds(time.start)),"
        + "\"dur\":\(microseconds(time.end - time.start)),\"args\":{\(arguments)}}",
      to: &stream)
  }
}

// MARK: - Flows and counters

extension ChromeTraceWriter {
  mutating func writeFlows(to stream: inout some TextOutputStream) {
    var number = 0
    let flows = ChromeFlows(problem, schedule)
    for channel in problem.graph.channels.indices {
      let title = problem.graph.channels[channel].name.jsonQuoted
      flows.forEach(overChannel: channel) { source, target in
        number += 1
        for (end, letter, more) in [(source, "s", ""), (target, "f", ",\"bp\":\"e\"")] {
          line(
            "{\"ph\":\"\(letter)\",\"id\":\(number),\"name\":\(title),\"cat\":\"tokens\","
              + "\"pid\":\(Self.elements),\"tid\":\(thread(end.element)),"
              + "\"ts\":\(microseconds(end.start))\(more)}",
            to: &stream)
        }
      }
    }
  }

  /// Writes when each link and memory is busy; transfers that follow one another are one.
  mutating func writeLoads(to stream: inout some TextOutputStream) {
    for (index, resource) in problem.resources.enumerated() {
      let transfers = schedule.segments.filter { $0.resources >> UInt64(index) & 1 == 1 }
        .sorted { ($0.start, $0.end) < ($1.start, $1.end) }
      let name = "\(resource.kind.rawValue) \(resource.name)"
      var end: Int64?
      for transfer in transfers {
        if end != transfer.start {
          if let end { count(name, Self.resources, end, "\"busy\":0", to: &stream) }
          count(name, Self.resources, transfer.start, "\"busy\":1", to: &stream)
        }
        end = transfer.end
      }
      if let end { count(name, Self.resources, end, "\"busy\":0", to: &stream) }
    }
  }

  /// Writes how many bytes the channels hold, memory by memory.
  mutating func writeMemories(to stream: inout some TextOutputStream) {
    var memories = MemoryOverTime(problem, placement)
    for change in memories.changes(in: schedule) {
      count(
        problem.memoryName(change.memory), Self.memories, change.time, "\"bytes\":\(change.bytes)",
        to: &stream)
    }
  }

  private mutating func count(
    _ name: String, _ process: Int, _ time: Int64, _ arguments: String,
    to stream: inout some TextOutputStream
  ) {
    line(
      "{\"ph\":\"C\",\"name\":\(name.jsonQuoted),\"pid\":\(process),"
        + "\"ts\":\(microseconds(time)),\"args\":{\(arguments)}}",
      to: &stream)
  }
}
