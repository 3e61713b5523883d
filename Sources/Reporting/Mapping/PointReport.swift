import CostModel
import Dataflow
import DataflowConversion
package import Exploration
package import Figures
package import MappingModel
import NetworkModel
import PlatformModel
package import Preparation
import Quantities
import Search
package import Simulation

/// What a report shows of a mapping that was executed.
package struct PointReport {
  let point: DesignPoint
  /// The measures of the mapping.
  package let evaluation: Evaluation
  let observed: ObservedExecution

  /// The report of a mapping from an execution that is over.
  package init(
    _ point: DesignPoint, _ evaluation: Evaluation, _ observed: ObservedExecution
  ) {
    (self.point, self.evaluation, self.observed) = (point, evaluation, observed)
  }

  /// Executes a mapping for as long as the points of a front are.
  ///
  /// - Parameter shape: The splits and merges that the subject was made with.
  /// - Throws: ``SimulationError``.
  package init(
    _ subject: MappingSubject, _ rules: PlacementRules, _ shape: Mapping,
    limits: MappingEvaluator.Limits
  ) throws {
    let placement = subject.problem.balanced(rules)
    var evaluator = try MappingEvaluator(subject.problem, limits: limits)
    let (evaluation, observed) = try evaluator.checked(placement)
    self.init(
      DesignPoint(
        subject: subject, placement: placement, mapping: subject.mapping(placement, shape),
        objectives: ObjectiveVector(0)), evaluation, observed)
  }

  /// The mapping, completed where it was given in part.
  package var mapping: Mapping { point.mapping }

  private var problem: MappingProblem { point.subject.problem }

  /// The point, with a part of its own or as a row of a table only.
  package func reported(
    name: String = "", objectives: [Objective], files: [HTMLReport.File] = [], isDetailed: Bool
  ) -> ReportedPoint {
    let sentences = BoundSentences(evaluation, observed.activity, point)
    return ReportedPoint(
      name: name, objectives: objectives.map { evaluation[$0] },
      evaluation: evaluation, bound: sentences.bound, relaxation: sentences.relaxation,
      files: files, details: isDetailed ? details() : nil)
  }

  /// The points that have a part of their own in a report: the first and the last, and between them
  /// others at even distances.
  package static func detailed(count: Int, limit: Int = 10) -> Set<Int> {
    guard count > limit else { return Set(0..<count) }
    var chosen: Set<Int> = [0, count - 1]
    for step in 1..<max(2, limit - 1) where chosen.count < limit {
      chosen.insert(step * (count - 1) / max(1, limit - 1))
    }
    return chosen
  }

  /// What a report says of a platform and what is mapped onto it.
  package static func facts(
    _ platform: OpenedPlatform, _ shapes: [MappingSubject.Shape]
  ) -> [HTMLReport.Fact] {
    let (least, most) = (shapes.map(\.blocks).min() ?? 0, shapes.map(\.blocks).max() ?? 0)
    return [
      .init("platform", platform.model.platform.name),
      .init("blocks", least == most ? "\(least)" : "\(least) to \(most)"),
      .init("granularity", shapes.first?.granularity.rawValue ?? ""),
      .init("precision", platform.model.precision.description),
    ] + [PlatformNotes(platform.model.platform).fact].compactMap { $0 }
  }

  private func details() -> PointDetails {
    let profile = MemoryProfile(observed.schedule, of: point.placement, in: problem)
    return PointDetails(
      elements: problem.platform.elements.map(\.name), network: network,
      elementOfBlock: point.placement.elements.map { $0 >= 0 ? $0 : nil },
      loads: loads, trace: trace(profile), memories: memories(profile),
      stalls: observed.activity.stalls.prefix(20).map { stall in
        let reader = problem.graph.channels[stall.channel].destination.index
        return .init(
          block: point.subject.blockNames[stall.block],
          reader: point.subject.blockNames[reader],
          seconds: Self.seconds(stall.ticks) / rounds)
      })
  }

  private static func seconds(_ ticks: Int64) -> Double {
    Double(ticks) / MappingProblem.ticksPerSecond
  }

  private var network: PointDetails.Network {
    let graph = problem.graph
    let blocks = graph.actors.indices.map { block in
      let element = point.placement.elements[block]
      let use = element >= 0 ? problem.uses[block][element] : nil
      return PointDetails.Block(
        graph.actors[block].name, operation: point.subject.operators(of: block),
        seconds: element >= 0 ? Self.seconds(problem.ticks(ofBlock: block, on: element)) : nil,
        weightBytes: use.flatMap { $0.weightBytes > 0 ? Double($0.weightBytes) : nil })
    }
    let edges = graph.channels.filter { !$0.isSelfEdge }.map {
      PointDetails.Edge($0.source.index, $0.destination.index)
    }
    return .init(blocks: blocks, edges: edges)
  }

  /// How many inferences end in the window of the activity.
  private var rounds: Double { max(1, Double(observed.activity.inferences.count)) }

  private var loads: [PointDetails.Load] {
    func seconds(_ ticks: Int64) -> Double { Self.seconds(ticks) / rounds }
    let elements = zip(problem.platform.elements, observed.activity.elements).map {
      PointDetails.Load(
        $0.name, executing: seconds($1.executing), moving: seconds($1.moving),
        waiting: seconds($1.waitingForLinks), stalled: seconds($1.waitingForRoom),
        starved: seconds($1.waitingForTokens), delayed: seconds($1.waitingForTurn),
        idle: seconds($1.idle))
    }
    let others = evaluation.loads.filter { $0.kind != .element && $0.seconds > .zero }.map {
      PointDetails.Load(
        $0.name, moving: $0.seconds.value,
        idle: max(0, (evaluation.period?.value ?? 0) - $0.seconds.value))
    }
    return elements + others
  }

  private func trace(_ profile: MemoryProfile) -> PointDetails.Trace {
    let elements = problem.platform.elements.map(\.name)
    let schedule = observed.schedule
    var usedLinks: UInt64 = 0
    for segment in schedule.segments { usedLinks |= segment.resources }
    let links = problem.resources.indices.filter { usedLinks >> UInt64($0) & 1 == 1 }
    let (origin, end) = (self.origin, profile.window.upperBound)
    var events: [PointDetails.Event] = []
    for firing in schedule.firings where firing.element >= 0 && firing.start < end {
      for segment in schedule.segments[firing.segments]
      where segment.start < end && segment.end > max(origin, segment.start) {
        let kind: PointDetails.EventKind =
          switch segment.kind {
          case .read: .read
          case .execute: .execute
          case .write: .write
          }
        let lanes =
          [firing.element]
          + links.indices.filter { segment.resources >> UInt64(links[$0]) & 1 == 1 }
          .map { elements.count + $0 }
        for lane in lanes {
          events.append(
            .init(
              lane: lane, kind: kind, block: firing.block, phase: firing.phase,
              firing: firing.number, start: Self.seconds(max(origin, segment.start) - origin),
              end: Self.seconds(min(segment.end, end) - origin)))
        }
      }
    }
    return .init(
      lanes: elements + links.map { problem.resources[$0].name }, events: events,
      periodStart: Self.seconds(profile.window.lowerBound - origin),
      period: Self.seconds(profile.window.upperBound - profile.window.lowerBound),
      span: span(profile))
  }

  /// Where drawings begin, in ticks.
  private var origin: Int64 { observed.schedule.beginning?.time ?? 0 }

  /// What drawings show, in words.
  private func span(_ profile: MemoryProfile) -> String {
    if observed.schedule.repetition != nil {
      return profile.inferences.count == 1
        ? "One period" : "One repetition, \(profile.inferences.count) inferences"
    }
    guard !profile.inferences.isEmpty else { return "Up to the deadlock" }
    return "Inferences \(profile.inferences.lowerBound + 1) to \(profile.inferences.upperBound)"
  }

  private func memories(_ profile: MemoryProfile) -> [PointDetails.MemoryCurve] {
    let end = profile.window.upperBound
    return profile.memories.enumerated().compactMap { memory, steps in
      guard steps.contains(where: { $0.bytes > 0 }) else { return nil }
      return .init(
        problem.memoryName(memory), capacity: problem.memoryCapacity(memory).map { Double($0) },
        steps: steps.filter { $0.time <= end }.map {
          (time: Self.seconds($0.time - origin), bytes: Double($0.bytes))
        })
    }
  }
}
