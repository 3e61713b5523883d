import MappingModel

/// Writes down what happens; a class, because the engine that writes it is not the one that reads it.
final class SimulationRecorder {
  private(set) var schedule = MappingSchedule()
  /// Segments behind these are counted, but not kept.
  private let limit: Int
  private var isFull: Bool { schedule.segments.count + schedule.firings.count >= limit }
  /// Whether the execution is for the record alone, and nothing more is kept.
  var endsExecution: Bool { isOnlyReason && isFull }
  private let isOnlyReason: Bool
  /// The phases of each block.
  private let phases: [Int64]
  private var numbers: [Int]
  private var open: [Open?]

  /// A firing under way.
  private struct Open {
    var firing: MappingSchedule.Firing
    var segments: [MappingSchedule.Segment]
  }

  init(phases: [Int64], elements: Int, limit: Int, isOnlyReason: Bool = false) {
    (self.phases, self.limit, self.isOnlyReason) = (phases, limit, isOnlyReason)
    numbers = Array(repeating: 0, count: phases.count)
    open = Array(repeating: nil, count: elements)
  }

  /// Begins within an execution.
  ///
  /// - Parameters:
  ///   - beginning: The instant, and how far everything is.
  ///   - underWay: The firings that run, with what they have already done.
  func begin(_ beginning: MappingSchedule.Beginning, underWay: [UnderWay]) {
    schedule.beginning = beginning
    numbers = beginning.started
    for one in underWay {
      numbers[one.block] -= 1
      let firing = firing(one.block, one.element, Int(one.start))
      open[one.element] = Open(firing: firing, segments: one.done)
    }
  }

  /// A firing that runs when the record begins.
  struct UnderWay {
    var block: Int
    var element: Int
    /// When what it does at the moment was begun or asked for.
    var start: Int64
    var done: [MappingSchedule.Segment]
  }

  @inline(never)
  func start(_ block: Int, element: Int, at now: Int) {
    open[element] = Open(firing: firing(block, element, now), segments: [])
  }

  @inline(never)
  func add(
    _ kind: MappingSchedule.Segment.Kind, element: Int, channels: [Int] = [],
    resources: UInt64 = 0, requested: Int, start: Int, end: Int
  ) {
    open[element]?.segments.append(
      .init(
        kind: kind, channels: channels, resources: resources, requested: Int64(requested),
        start: Int64(start), end: Int64(end)))
  }

  @inline(never)
  func end(element: Int, at now: Int) {
    guard var ended = open[element] else { return }
    open[element] = nil
    ended.firing.end = Int64(now)
    keep(ended)
  }

  /// A firing of a block that takes no time.
  @inline(never)
  func fire(_ block: Int, at now: Int) {
    var firing = firing(block, -1, now)
    firing.end = Int64(now)
    keep(Open(firing: firing, segments: []))
  }

  /// Ends the record: firings under way stay open.
  func finish(ends: [Int], repetition: Range<Int>?) -> MappingSchedule {
    for place in open.indices {
      if let underWay = open[place] { keep(underWay) }
      open[place] = nil
    }
    schedule.inferenceEnds = ends.map { Int64($0) }
    schedule.repetition = repetition
    return schedule
  }

  private func firing(
    _ block: Int, _ element: Int, _ now: Int
  ) -> MappingSchedule.Firing {
    let number = numbers[block]
    numbers[block] += 1
    return .init(
      block: block, phase: number % Int(phases[block]), number: number, element: element,
      start: Int64(now), end: nil, segments: 0..<0)
  }

  private func keep(_ record: Open) {
    guard !isFull else {
      schedule.omitted += 1
      return
    }
    var firing = record.firing
    let first = schedule.segments.count
    schedule.segments += record.segments
    firing.segments = first..<schedule.segments.count
    schedule.firings.append(firing)
  }
}
