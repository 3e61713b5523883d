import Dataflow
import Foundation
import Interchange
import MappingModel
import Simulation
import Testing

@Suite("Traces for Perfetto")
struct ChromeTraceTests {
  private typealias Object = [String: Any]

  /// Simulates the worked example, writes its trace and parses it.
  private func trace() throws -> (timeline: Timeline, events: [Timeline.Event], json: [Object]) {
    let problem = try SampleProblem.problem(try SampleGraphs.blur())
    let placement = Placement(elements: [0, 1, 2])
    let recorder = SimulationRecorder()
    var simulator = try Simulator(problem)
    _ = try simulator.ends(of: placement, inferences: 3, recorder: recorder)
    let events = recorder.events.map { Timeline.Event($0) }
    let timeline = Timeline(problem, placement)
    return (timeline, events, try parse(timeline, events))
  }

  private func parse(_ timeline: Timeline, _ events: [Timeline.Event]) throws -> [Object] {
    var text = ""
    ChromeTrace.write(timeline, events, to: &text)
    let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object
    return try #require(root?["traceEvents"] as? [Object])
  }

  private func select(_ json: [Object], _ kind: String) -> [Object] {
    json.filter { $0["ph"] as? String == kind }
  }

  /// Microseconds as ticks.
  private func ticks(_ value: Any?) -> Int {
    Int(((value as? NSNumber)?.doubleValue ?? -1) * 1_000_000 + 0.5)
  }

  private func number(_ object: Object, _ key: String) -> Int {
    (object[key] as? NSNumber)?.intValue ?? -1
  }

  @Test("each event is one slice of its element, and one of each link or memory that it uses")
  func slices() throws {
    let (timeline, events, json) = try trace()
    let slices = select(json, "X")
    #expect(events.contains { $0.kind == .read } && events.contains { $0.kind == .write })
    let used = events.map { $0.resources.nonzeroBitCount }.reduce(0, +)
    #expect(used > 0 && slices.count == events.count + used)
    let own = slices.filter { number($0, "pid") == 1 }
    #expect(own.map { ticks($0["ts"]) } == events.map(\.start))
    #expect(own.map { ticks($0["ts"]) + ticks($0["dur"]) } == events.map(\.end))
    #expect(own.map { number($0, "tid") - 1 } == events.map(\.element))
    let names = own.map { $0["name"] as? String ?? "" }
    for (name, event) in zip(names, events) where event.kind == .execute {
      #expect(name == timeline.blocks[event.block].name)
    }
  }

  @Test("nothing overlaps on an element, a link or a memory")
  func overlap() throws {
    let slices = select(try trace().json, "X")
    let tracks = Dictionary(grouping: slices) { [number($0, "pid"), number($0, "tid")] }
    #expect(tracks.count >= 4)
    for (_, track) in tracks {
      let times = track.map { ($0["ts"], $0["dur"]) }
        .map { (start: ticks($0), end: ticks($0) + ticks($1)) }.sorted { $0.start < $1.start }
      for (first, second) in zip(times, times.dropFirst()) { #expect(first.end <= second.start) }
    }
  }

  @Test("tracks have names and an order")
  func names() throws {
    let (timeline, _, json) = try trace()
    let names = select(json, "M").filter { $0["name"] as? String == "thread_name" }
    let found = names.map { ($0["args"] as? Object)?["name"] as? String ?? "" }
    #expect(found == timeline.elements + timeline.resources)
    let order = select(json, "M").filter { $0["name"] as? String == "thread_sort_index" }
    #expect(order.count == names.count)
  }

  @Test("a flow leads from the firing that wrote the last of what a firing takes")
  func flows() throws {
    let (timeline, events, json) = try trace()
    let starts = select(json, "s")
    let ends = Dictionary(select(json, "f").map { (number($0, "id"), $0) }) { a, _ in a }
    #expect(starts.count == ends.count)
    // Rows: 7 of 8 firings of the blur take some; results: each of 8. Three inferences.
    let count = { (name: String) in starts.count { $0["name"] as? String == name } }
    let started = events.count { $0.kind == .execute && $0.block == 1 }
    #expect(count("rows") == (0..<started).count { $0 % 8 != 7 })
    #expect(count("result") == events.count { $0.kind == .execute && $0.block == 2 })
    for start in starts {
      let end = try #require(ends[number(start, "id")])
      #expect(ticks(start["ts"]) <= ticks(end["ts"]))
      for object in [start, end] {
        let isOnSlice = events.contains {
          $0.element + 1 == number(object, "tid") && $0.start == ticks(object["ts"])
        }
        #expect(isOnSlice)
      }
    }
    // The first firing of the blur takes two rows, so the second of the source sets it off.
    let sources = events.filter { $0.block == 0 && $0.firing == 1 }
    let first = try #require(starts.first { $0["name"] as? String == "rows" })
    #expect(sources.map(\.start).contains(ticks(first["ts"])))
    #expect(timeline.channels[0].channel.name == "rows")
  }

  @Test("links are busy exactly while they carry something")
  func load() throws {
    let (timeline, events, json) = try trace()
    let counters = select(json, "C").filter { ($0["name"] as? String)?.hasPrefix("busy") == true }
    let transfers = events.map { $0.resources.nonzeroBitCount }.reduce(0, +)
    #expect(counters.count == 2 * transfers)
    #expect(
      Set(counters.compactMap { $0["name"] as? String })
        == Set(timeline.resources.map { "busy \($0)" }))
  }

  @Test("bytes in memories never fall below nothing, nor rise above the capacities")
  func memory() throws {
    let (timeline, _, json) = try trace()
    let counters = select(json, "C").filter { number($0, "pid") == 3 }
    #expect(Set(counters.compactMap { $0["name"] as? String }) == Set(timeline.memories))
    let bytes = counters.map { number(($0["args"] as? Object) ?? [:], "bytes") }
    // 64 tokens of a byte in an inference, 200 in each of two channels.
    #expect(bytes.allSatisfy { (0...400).contains($0) } && bytes.contains { $0 > 0 })
  }

  @Test("tokens that lie there first count from the start, and are freed when they are read")
  func initialTokens() throws {
    let channel = SampleGraphs.channel("c", 0, [2], 1, [2], tokens: 2)
    let timeline = Timeline(
      title: "\"\\\n\u{1}é", elements: ["e\"", "f"], memories: ["m"],
      blocks: [.init(name: "a"), .init(name: "b")],
      channels: [.init(channel, memory: 0, bytes: 10, tokens: 2)])
    let events = [
      Timeline.Event(.execute, element: 1, block: 1, firing: 0, start: 0, end: 1_500_000),
      Timeline.Event(.execute, element: 0, block: 0, firing: 0, start: 1, end: 2_000_001),
      Timeline.Event(.execute, element: 1, block: 1, firing: 1, start: 2_000_001, end: 3_000_000),
    ]
    let json = try parse(timeline, events)
    let counters = select(json, "C").map {
      [ticks($0["ts"]), number(($0["args"] as? Object) ?? [:], "bytes")]
    }
    #expect(counters == [[0, 10], [1, 20], [1_500_000, 10], [3_000_000, 0]])
    // The first firing of b lives on the initial tokens: only its second has a flow.
    #expect(select(json, "f").map { ticks($0["ts"]) } == [2_000_001])
    #expect(select(json, "s").map { ticks($0["ts"]) } == [1])
  }
}
