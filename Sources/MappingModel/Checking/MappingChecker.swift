package import Dataflow
import PlatformModel
import Quantities

/// Decides from a placement and its schedule alone whether the schedule keeps all rules, and computes from
/// them the figures of the mapping. Shares no code with any simulator or search.
///
/// The rules are those of docs/simulation.md: who may start when, which transfers a firing has and how long
/// they take, who holds which link, and that what repeats is the same state.
package struct MappingChecker {
  /// The problem that the placement maps.
  package let problem: MappingProblem
  /// The placement whose schedules are checked.
  package let placement: Placement
  /// For each block the channels that it reads or writes, self-edges left out, ascending.
  let channelsOfBlock: [[Int]]

  /// A checker of the schedules of a placement.
  package init(_ problem: MappingProblem, _ placement: Placement) {
    (self.problem, self.placement) = (problem, placement)
    var channels = problem.graph.actors.map { _ in [Int]() }
    for (index, channel) in problem.graph.channels.enumerated() where !channel.isSelfEdge {
      channels[channel.source.index].append(index)
      channels[channel.destination.index].append(index)
    }
    channelsOfBlock = channels
  }

  /// The faults and the times of a checked schedule.
  package struct Report: Hashable, Sendable {
    /// What is wrong, in words; empty for a schedule that keeps all rules.
    package var faults: [String] = []
    /// The time of an inference within the repetition, in ticks; nil where there is none.
    package var period: Fraction?
    /// The repetition, in ticks; nil where there is none.
    package var window: Range<Int64>?
    /// When each inference ended, in ticks.
    package var inferenceEnds: [Int64] = []
    /// For each element the ticks that it is busy in a repetition.
    package var elementTicks: [Int64] = []
    /// For each resource the ticks that it is busy in a repetition, streams left out.
    package var resourceTicks: [Int64] = []
  }
}

extension MappingChecker {
  /// Checks a schedule from the start of the execution on.
  ///
  /// - Complexity: O(*n* log *n*) for *n* firings and segments.
  package func check(_ schedule: MappingSchedule) -> Report {
    var report = Report()
    report.faults += placementFaults()
    guard report.faults.isEmpty else { return report }
    for faults in [structureFaults, orderFaults, sequenceFaults, segmentFaults, overlapFaults] {
      report.faults += faults(schedule)
      guard report.faults.isEmpty else { return report }
    }
    var replay = CheckedReplay(problem, placement)
    replay.run(
      schedule, states: [schedule.repetition?.lowerBound, schedule.repetition?.upperBound])
    report.faults += replay.faults
    report.inferenceEnds = replay.inferenceEnds
    if let repetition = schedule.repetition { addRepetition(repetition, schedule, replay, &report) }
    return report
  }

  private func addRepetition(
    _ repetition: Range<Int>, _ schedule: MappingSchedule, _ replay: CheckedReplay,
    _ report: inout Report
  ) {
    guard repetition.upperBound <= replay.inferenceEnds.count, repetition.lowerBound >= 1,
      let first = replay.states[repetition.lowerBound],
      let again = replay.states[repetition.upperBound]
    else {
      report.faults.append("the repetition \(repetition) is not within the schedule")
      return
    }
    if first != again {
      report.faults.append(
        "the states after \(repetition.lowerBound) and \(repetition.upperBound) inferences differ")
    }
    let start = replay.inferenceEnds[repetition.lowerBound - 1]
    let end = replay.inferenceEnds[repetition.upperBound - 1]
    report.period = Fraction(end - start, Int64(repetition.count))
    report.window = start..<max(start, end)
    (report.elementTicks, report.resourceTicks) = busyTicks(schedule, in: start..<max(start, end))
  }

  /// Whether every block is on an element that supports it.
  private func placementFaults() -> [String] {
    guard placement.elements.count == problem.graph.actors.count else {
      return ["\(placement.elements.count) elements for \(problem.graph.actors.count) blocks"]
    }
    return placement.elements.enumerated().compactMap { block, element in
      let name = problem.graph.actors[block].name
      guard !problem.isFree(block) else {
        return element == -1 ? nil : "\(name) takes no element but has one"
      }
      guard problem.platform.elements.indices.contains(element),
        problem.uses[block][element] != nil
      else { return "\(name) is on no element that supports it" }
      return nil
    }
  }

  /// Whether every number in the schedule stands for something.
  private func structureFaults(_ schedule: MappingSchedule) -> [String] {
    for firing in schedule.firings {
      guard problem.graph.actors.indices.contains(firing.block),
        firing.element == placement.elements[firing.block],
        firing.segments.clamped(to: schedule.segments.indices) == firing.segments
      else { return ["a firing of block \(firing.block) is on element \(firing.element)"] }
    }
    for segment in schedule.segments {
      guard segment.channels.allSatisfy(problem.graph.channels.indices.contains),
        segment.start <= segment.end
      else { return ["a \(segment.kind.rawValue) of channels \(segment.channels)"] }
    }
    return []
  }

  /// Whether the firings of each block follow one another in their order and phases.
  private func orderFaults(_ schedule: MappingSchedule) -> [String] {
    var faults: [String] = []
    var next = [Int](repeating: 0, count: problem.graph.actors.count)
    let byBlock = schedule.firings.sorted { ($0.block, $0.number) < ($1.block, $1.number) }
    for firing in byBlock {
      let name = problem.graph.actors[firing.block].name
      if firing.number != next[firing.block] {
        faults.append("\(name): firing \(next[firing.block]) is missing")
      }
      if firing.phase != firing.number % Int(problem.graph.phaseCounts[firing.block]) {
        faults.append("\(name): firing \(firing.number) has phase \(firing.phase)")
      }
      next[firing.block] = firing.number + 1
    }
    return faults
  }

  private func busyTicks(
    _ schedule: MappingSchedule, in window: Range<Int64>
  ) -> (elements: [Int64], resources: [Int64]) {
    var elements = problem.platform.elements.map { _ in Int64(0) }
    var resources = problem.resources.map { _ in Int64(0) }
    for firing in schedule.firings where firing.element >= 0 {
      for segment in schedule.segments[firing.segments] {
        let time =
          min(segment.end, window.upperBound) - max(segment.start, window.lowerBound)
        guard time > 0 else { continue }
        elements[firing.element] += time
        for resource in resources.indices where segment.resources >> UInt64(resource) & 1 == 1 {
          resources[resource] += time
        }
      }
    }
    return (elements, resources)
  }

  /// Whether any element or resource does two things at once.
  private func overlapFaults(_ schedule: MappingSchedule) -> [String] {
    var faults: [String] = []
    var elements = problem.platform.elements.map { _ in [(start: Int64, end: Int64)]() }
    var resources = problem.resources.map { _ in [(start: Int64, end: Int64)]() }
    for firing in schedule.firings where firing.element >= 0 {
      elements[firing.element].append((firing.start, firing.end ?? .max))
      for segment in schedule.segments[firing.segments] {
        for resource in resources.indices where segment.resources >> UInt64(resource) & 1 == 1 {
          resources[resource].append((segment.start, segment.end))
        }
      }
    }
    func check(_ name: String, _ spans: [(start: Int64, end: Int64)]) {
      let sorted = spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
      for (span, next) in zip(sorted, sorted.dropFirst()) where next.start < span.end {
        faults.append("\(name) does two things at \(next.start)")
        return
      }
    }
    for (element, spans) in elements.enumerated() {
      check(problem.platform.elements[element].name, spans)
    }
    for (resource, spans) in resources.enumerated() {
      check(problem.resources[resource].name, spans)
    }
    return faults
  }
}
