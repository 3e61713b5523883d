import Dataflow
import PlatformModel
import Quantities

extension MappingChecker {
  /// The figures of a mapping, in SI units.
  package struct Figures: Hashable, Sendable {
    /// Whether an inference follows another for ever.
    package var isLive: Bool
    /// The time between two inferences, in seconds.
    package var period: Double
    /// The time of one inference alone, in seconds.
    package var latency: Double
    /// The energy of computing an inference, in joules.
    package var dynamicEnergy: Double
    /// The energy of its transfers, in joules.
    package var transferEnergy: Double
    /// The power of idle elements, in watts.
    package var idlePower: Double
    /// The highest sum of active and idle powers at an instant of what was seen, the average at least.
    package var peakPower: Double
    /// The price of all elements that run a block.
    package var cost: Double
    /// The bytes reserved in each memory; those of elements lie behind those of the platform.
    package var memories: [Int]

    /// The energy of idle elements in a period, in joules.
    package var idleEnergy: Double { idlePower * period }
    /// The energy of an inference, in joules.
    package var energy: Double { dynamicEnergy + transferEnergy + idleEnergy }
    /// The mean power in watts; 0 where nothing takes time.
    package var power: Double { period > 0 ? energy / period : 0 }

    /// The same with another period.
    func at(period: Double) -> Figures {
      var figures = self
      figures.period = period
      return figures
    }
  }

  /// The limits that a feasible mapping keeps.
  package struct Limits {
    /// The limits to keep.
    package var requirements: [Requirement]
    /// Whether the weights of an element that streams must fit its own memory.
    package var localMemory: Bool

    /// Limits to keep; without any, all mappings do.
    package init(requirements: [Requirement] = [], localMemory: Bool = false) {
      (self.requirements, self.localMemory) = (requirements, localMemory)
    }
  }

  /// What an evaluation and its schedule say that is not so, each in a line with both values; empty where they agree.
  ///
  /// What the schedule does not show is taken from the evaluation: the period where no repetition is recorded from the
  /// start on, and how often blocks run then.
  ///
  /// - Parameter alone: The schedule of one inference on the idle platform.
  /// - Complexity: That of ``check(_:)``.
  package func disagreements(
    with evaluation: Evaluation, _ schedule: MappingSchedule, alone: MappingSchedule? = nil,
    limits: Limits = Limits()
  ) -> [String] {
    // What cannot be executed has no figures.
    for case .impossible in evaluation.violations { return [] }
    let isWhole = schedule.beginning == nil && schedule.omitted == 0
    let report = isWhole ? check(schedule) : Report()
    let aloneReport = alone.flatMap { $0.omitted == 0 ? check($0) : nil } ?? Report()
    let faults = report.faults + aloneReport.faults
    guard faults.isEmpty else { return faults }
    var seen = SeenExecution(self, schedule, report.window)
    seen.latency = aloneReport.inferenceEnds.first
    return FigureComparison(self, evaluation, seen, exactPeriod: report.period).lines(limits)
  }
}

/// What a schedule shows of figures.
struct SeenExecution {
  /// For how many inferences each block runs in one of the repetition; nil where none is recorded from the start on.
  let runs: [Double]?
  /// The highest sum of active powers at an instant of the repetition, or of all there is.
  let activePower: Double
  /// The ticks of one inference alone; nil where none was seen.
  var latency: Int64?

  init(_ checker: MappingChecker, _ schedule: MappingSchedule, _ window: Range<Int64>?) {
    runs = window.map { Self.runs(checker.problem, schedule, $0) }
    activePower = Self.activePower(checker.problem, schedule, window)
  }

  private static func runs(
    _ problem: MappingProblem, _ schedule: MappingSchedule, _ window: Range<Int64>
  ) -> [Double] {
    var ended = problem.graph.actors.map { _ in 0 }
    for firing in schedule.firings {
      guard let end = firing.end, end > window.lowerBound, end <= window.upperBound else {
        continue
      }
      ended[firing.block] += 1
    }
    let inferences = Double(schedule.repetition?.count ?? 1)
    return ended.indices.map { Double(ended[$0]) / (Double(problem.firings[$0]) * inferences) }
  }

  private static func activePower(
    _ problem: MappingProblem, _ schedule: MappingSchedule, _ window: Range<Int64>?
  ) -> Double {
    var changes: [Int64: [Double]] = [:]
    for firing in schedule.firings where firing.element >= 0 {
      let watts = problem.uses[firing.block][firing.element]?.power.value ?? 0
      for segment in schedule.segments[firing.segments] where segment.kind == .execute {
        let start = max(segment.start, window?.lowerBound ?? segment.start)
        let end = min(segment.end, window?.upperBound ?? segment.end)
        guard start < end else { continue }
        changes[start, default: []].append(watts)
        changes[end, default: []].append(-watts)
      }
    }
    var (now, most) = (0.0, 0.0)
    for time in changes.keys.sorted() {
      for change in (changes[time] ?? []).sorted() { now += change }
      most = max(most, now)
    }
    return most
  }
}
