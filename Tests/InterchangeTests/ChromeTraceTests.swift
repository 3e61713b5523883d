import Dataflow
import Foundation
import Interchange
import MappingModel
import PlatformModel
import Simulation
import Testing

@Suite("Traces for Perfetto")
struct ChromeTraceTests {
  private typealias Object = [String: Any]

  /// An execution, and its trace as a JSON parser reads it.
  private struct Case {
    var problem: MappingProblem
    var schedule: MappingSchedule
    var json: [Object]

    init(_ problem: MappingProblem, _ placement: Placement, _ schedule: MappingSchedule) throws {
      var text = ""
      ChromeTrace.write(schedule, of: problem, placement, to: &text)
      let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object
      self.problem = problem
      self.schedule = schedule
      json = try #require(root?["traceEvents"] as? [Object])
    }

    /// The parts of the firings with the element of each.
    var segments: [(element: Int, segment: MappingSchedule.Segment)] {
      schedule.firings.flatMap { firing in
        schedule.segments[firing.segments].map { (firing.element, $0) }
      }
    }

    func firings(of block: Int) -> [MappingSchedule.Firing] {
      schedule.firings.filter { $0.block == block }.sorted { $0.number < $1.number }
    }
  }

  /// Some inferences of the worked example on three elements.
  private func trace(free: Set<Int> = []) throws -> Case {
    let problem = try SampleProblem.problem(try SampleGraphs.blur(), free: free)
    let placement = Placement(elements: (0..<3).map { free.contains($0) ? -1 : $0 })
    var simulator = try Simulator(problem)
    return try Case(
      problem, placement, try simulator.schedule(of: placement, inferences: 3))
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

  @Test("each part of a firing is a slice of its element, and of each link or memory that it uses")
  func slices() throws {
    let found = try trace()
    let slices = select(found.json, "X")
    let segments = found.segments
    let kinds = Set(segments.map(\.segment.kind))
    #expect(kinds == [.read, .execute, .write])
    let used = segments.map { $0.segment.resources.nonzeroBitCount }.reduce(0, +)
    #expect(used > 0 && slices.count == segments.count + used)
    let own = slices.filter { number($0, "pid") == 1 }
    #expect(own.map { ticks($0["ts"]) } == segments.map { Int($0.segment.start) })
    #expect(
      own.map { ticks($0["ts"]) + ticks($0["dur"]) } == segments.map { Int($0.segment.end) })
    #expect(own.map { number($0, "tid") - 1 } == segments.map(\.element))
    let executed = own.filter { $0["cat"] as? String == "execute" }
    let names = found.schedule.firings.flatMap { firing in
      found.schedule.segments[firing.segments].filter { $0.kind == .execute }
        .map { _ in found.problem.graph.actors[firing.block].name }
    }
    #expect(executed.compactMap { $0["name"] as? String } == names)
  }

  @Test(
    "nothing overlaps on an element, a link or a memory", arguments: [Set<Int>(), [2]])
  func overlap(_ free: Set<Int>) throws {
    let slices = select(try trace(free: free).json, "X")
    let tracks = Dictionary(grouping: slices) { [number($0, "pid"), number($0, "tid")] }
    #expect(tracks.count >= 4)
    for (_, track) in tracks {
      let times = track.map { ($0["ts"], $0["dur"]) }
        .map { (start: ticks($0), end: ticks($0) + ticks($1)) }
        .sorted { ($0.start, $0.end) < ($1.start, $1.end) }
      for (first, second) in zip(times, times.dropFirst()) { #expect(first.end <= second.start) }
    }
  }

  @Test("tracks have names and an order")
  func names() throws {
    let found = try trace(free: [2])
    let names = select(found.json, "M").filter { $0["name"] as? String == "thread_name" }
    let texts = names.map { ($0["args"] as? Object)?["name"] as? String ?? "" }
    #expect(
      texts == found.problem.platform.elements.map(\.name) + ["without element"]
        + found.problem.resources.map(\.name))
    let order = select(found.json, "M").filter { $0["name"] as? String == "thread_sort_index" }
    #expect(order.count == names.count)
  }

  @Test(
    "a flow leads from the firing that wrote the last of what a firing takes",
    arguments: [Set<Int>(), [2]])
  func flows(_ free: Set<Int>) throws {
    let found = try trace(free: free)
    let starts = select(found.json, "s")
    let ends = Dictionary(select(found.json, "f").map { (number($0, "id"), $0) }) { a, _ in a }
    #expect(starts.count == ends.count)
    let slices = select(found.json, "X").filter { number($0, "pid") == 1 }
    for start in starts {
      let end = try #require(ends[number(start, "id")])
      #expect(ticks(start["ts"]) <= ticks(end["ts"]))
      for object in [start, end] {
        let isOnSlice = slices.contains {
          number($0, "tid") == number(object, "tid") && ticks($0["ts"]) == ticks(object["ts"])
        }
        #expect(isOnSlice)
      }
    }
    // By the rates: firing n of 8 of the blur needs the rows up to n + 1, the last none; a result each.
    let lastRow: (Int) -> Int? = { firing in firing % 8 == 7 ? nil : firing + 1 }
    let own: (Int) -> Int? = { $0 }
    for (name, source, needs) in [("rows", 0, lastRow), ("result", 1, own)] {
      let target = source + 1
      let flows = starts.filter { $0["name"] as? String == name }
      let takers = found.firings(of: target).filter { firing in
        firing.element < 0 || !firing.segments.isEmpty
      }
      let givers = takers.compactMap { needs($0.number) }
      #expect(flows.count == givers.count && flows.count > 8)
      for (flow, giver) in zip(flows, givers) {
        let firing = found.firings(of: source)[giver]
        let range = Int(firing.start)...Int(firing.end ?? .max)
        #expect(range.contains(ticks(flow["ts"])))
      }
    }
  }

  @Test("links are busy exactly while they carry something")
  func load() throws {
    let found = try trace()
    for (index, resource) in found.problem.resources.enumerated() {
      let name = "\(resource.kind.rawValue) \(resource.name)"
      let counters = select(found.json, "C").filter { $0["name"] as? String == name }
      let times: [Int] = counters.map { ticks($0["ts"]) }
      let levels: [Int] = counters.map { number(($0["args"] as? Object) ?? [:], "busy") }
      #expect(times == times.sorted() && Set(times).count == times.count)
      #expect(levels.count >= 2 && levels.count % 2 == 0)
      #expect(levels == (0..<levels.count).map { (place: Int) -> Int in 1 - place % 2 })
      var busy = 0
      for (time, level) in zip(times, levels) { busy += level == 1 ? -time : time }
      var carried: Int64 = 0
      for (_, segment) in found.segments where segment.resources >> UInt64(index) & 1 == 1 {
        carried += segment.end - segment.start
      }
      #expect(Int64(busy) == carried)
    }
  }

  @Test("bytes in memories never fall below nothing, nor rise above the capacities")
  func memory() throws {
    let found = try trace()
    let counters = select(found.json, "C").filter { number($0, "pid") == 3 }
    #expect(
      Set(counters.compactMap { $0["name"] as? String })
        == Set(found.problem.platform.memories.map(\.name)))
    let bytes = counters.map { number(($0["args"] as? Object) ?? [:], "bytes") }
    // 64 tokens of a byte in an inference, 200 in each of two channels.
    #expect(bytes.allSatisfy { (0...400).contains($0) } && bytes.contains { $0 > 100 })
  }

  @Test("tokens that lie there first count from the start, and are freed when they are read")
  func initialTokens() throws {
    let graph = try CSDFGraph(
      name: "\"\\\n\u{1}é", actors: [SampleGraphs.actor("a\""), SampleGraphs.actor("b")],
      channels: [SampleGraphs.channel("c", 0, [2], 1, [2], tokens: 2)])
    let problem = try SampleProblem.problem(graph)
    var schedule = MappingSchedule()
    // Firings are recorded as they end; the bytes are those of 64 tokens, one each.
    let times: [(block: Int, number: Int, start: Int64, end: Int64)] = [
      (1, 0, 0, 1_500_000), (0, 0, 1, 2_000_001), (1, 1, 2_000_001, 3_000_000),
    ]
    for (block, number, start, end) in times {
      let place = schedule.segments.count
      schedule.segments.append(.init(kind: .execute, requested: start, start: start, end: end))
      schedule.firings.append(
        .init(
          block: block, phase: 0, number: number, element: block, start: start, end: end,
          segments: place..<place + 1))
    }
    // One that is under way has claimed its room, and nothing else.
    schedule.firings.append(
      .init(
        block: 0, phase: 0, number: 1, element: 0, start: 2_000_002, end: nil, segments: 3..<3))
    let json = try Case(problem, Placement(elements: [0, 1]), schedule).json
    let counters = select(json, "C").filter { $0["name"] as? String == "DDR" }.map {
      [ticks($0["ts"]), number(($0["args"] as? Object) ?? [:], "bytes")]
    }
    #expect(counters == [[0, 2], [1, 4], [1_500_000, 2], [2_000_002, 4], [3_000_000, 2]])
    // The first firing of b lives on the initial tokens: only its second has a flow.
    #expect(select(json, "f").map { ticks($0["ts"]) } == [2_000_001])
    #expect(select(json, "s").map { ticks($0["ts"]) } == [1])
  }
}
