package import Dataflow
package import DataflowConversion
import DataflowFormats
import Diagnostics
import Figures
import Files
import Preparation
import Quantities
package import Reporting

/// Answers about a dataflow graph, or about the dataflow graph of a network.
package struct AnalyzeJob: Job {
  /// The job `analyze`.
  package static let kind = JobKind.analyze

  /// The network or the dataflow graph, and how it is read.
  package var subject = SubjectInput()
  /// The platform that gives a network its times; without one they are operations.
  package var platform = PlatformInput()
  /// What a firing of a network's block works on.
  package var granularity = Granularity.tensor
  /// Whether the throughput is asked for.
  package var throughput = false
  /// Whether periodic schedules are asked for.
  package var periodic = false
  /// Whether the bottleneck is asked for.
  package var bottleneck = false
  /// Whether the latency between two actors is asked for.
  package var latency = false
  /// Whether the trade-offs of buffer sizes and period are asked for.
  package var buffers = false
  /// Whether the strictly periodic schedule is asked for.
  package var sps = false
  /// Whether the firings of the first iterations are asked for.
  package var schedule = false
  /// Whether everything but the schedule is asked for, as far as it has an answer.
  package var all = false
  /// How many iterations a schedule shows.
  package var iterations = 2
  /// The actor at which latency begins; nil for one that is chosen.
  package var from: String?
  /// The actor at which latency ends; nil for one that is chosen.
  package var to: String?
  /// How the period is found.
  package var method = Throughput.Method.auto
  /// The seconds for each answer; nil for a minute.
  package var timeLimit: Double?
  /// Where deadlines lie between the execution time (0) and the period (1), as a decimal or a fraction.
  package var deadlineFactor = "1"
  /// The clock and the power of the processors of the strictly periodic schedule.
  package var power = PowerInput()
  /// An SVG file for the Gantt chart of the schedule.
  package var output = OutputInput()

  /// The keys of the job, in the order in which they are written.
  package static let keys: [JobKey<AnalyzeJob>] =
    SubjectInput.keys.of(\.subject) + PlatformInput.keys.of(\.platform) + [
      JobKey("granularity", \.granularity, .word),
      JobKey("throughput", \.throughput, .flag), JobKey("periodic", \.periodic, .flag),
      JobKey("bottleneck", \.bottleneck, .flag), JobKey("latency", \.latency, .flag),
      JobKey("buffers", \.buffers, .flag), JobKey("sps", \.sps, .flag),
      JobKey("schedule", \.schedule, .flag), JobKey("all", \.all, .flag),
      JobKey("iterations", \.iterations, .integer(1...Int.max)),
      JobKey("from", \.from, .text), JobKey("to", \.to, .text),
      JobKey("method", \.method, .word), JobKey("time_limit", \.timeLimit, .seconds),
      JobKey("deadline_factor", \.deadlineFactor, .scalar { _ = try factor($0, $1) }),
    ] + PowerInput.keys.of(\.power) + OutputInput.keys.of(\.output)

  /// A job that asks for nothing yet.
  package init() {}

  @Sendable private static func factor(_ text: String, _ key: String) throws -> Fraction {
    guard let factor = Fraction(decimal: text), factor >= .zero, factor <= .one else {
      throw RequestError(key, "expected a number from 0 to 1, found \"\(text)\"")
    }
    return factor
  }
}

extension AnalyzeJob {
  /// The answers, for programs and for people.
  package struct Outcome: JobOutcome {
    /// The answers that were asked for.
    package var report: AnalysisReport

    /// The answers as JSON.
    package func json() throws -> String { try report.json() }

    /// The answers as text.
    package func text() -> String { report.text() }
  }

  /// Computes the answers, and draws the schedule where a file is named.
  ///
  /// - Throws: `JobError.nothingAsked`, or the error of a file, a key or an analysis.
  package func run(in context: JobContext) throws -> Outcome {
    guard throughput || periodic || bottleneck || latency || buffers || sps || schedule || all
    else {
      throw JobError.nothingAsked
    }
    let file = try output.file()
    let powerOptions = try power.options(secondsPerTick: secondsPerTick)
    let report = try report(on: try graph(context), power: powerOptions, drawing: file)
    if method != .auto, report.isWorkAlone {
      context.warn([
        "`method` \(method.rawValue): no method was needed: single actors alone give the answer"
      ])
    }
    return Outcome(report: report)
  }

  /// Computes the answers that are asked for; with `all` those that exist, and an error only where
  /// none does.
  private func report(
    on graph: CSDFGraph, power: PowerSummary.Options?, drawing file: OutputFile?
  ) throws -> AnalysisReport {
    var report = AnalysisReport()
    func add<Answer>(
      _ part: WritableKeyPath<AnalysisReport, Answer?>, _ name: String, if isAsked: Bool,
      _ answer: () throws -> Answer
    ) throws {
      guard isAsked || all else { return }
      try report.add(part, named: name, isOneOfAll: all && !isAsked, answer)
    }
    try add(\.throughput, "throughput", if: throughput) {
      try ThroughputSummary(graph, options: options)
    }
    try add(\.periodic, "periodic", if: periodic) {
      try PeriodicSummary(graph, autoConcurrency: overlaps, timeLimit: limit)
    }
    try add(\.bottleneck, "bottleneck", if: bottleneck) {
      try BottleneckSummary(graph, options: options)
    }
    try add(\.latency, "latency", if: latency) {
      try LatencySummary(
        graph, bounded: try boundedForLatency(graph), from: from, to: to,
        autoConcurrency: overlaps, timeLimit: limit)
    }
    try add(\.buffers, "buffers", if: buffers) {
      try BufferSummary(graph, autoConcurrency: overlaps, timeLimit: limit)
    }
    try add(\.sps, "sps", if: sps) {
      try ScheduleSummary(
        graph, deadlineFactor: try Self.factor(deadlineFactor, "deadline_factor"), power: power)
    }
    if schedule {
      let table = try FiringTable(
        try boundedForLatency(graph) ?? graph, iterations: iterations, autoConcurrency: overlaps,
        timeLimit: limit)
      try file?.write(table.figure().svgFile())
      report.schedule = table
    }
    if report.isEmpty, let reason = report.unanswered?.sorted(by: { $0.key < $1.key }).first {
      throw RequestError("all", "nothing can be answered: \(reason.value)")
    }
    return report
  }

  private var limit: Duration { .seconds(min(timeLimit ?? 60, 1e9)) }

  private var options: Throughput.Options {
    var options = Throughput.Options()
    options.method = method
    options.autoConcurrency = overlaps
    options.timeLimit = limit
    // Time is the limit.
    options.firingLimit = .max
    return options
  }

  /// The length of a tick where a platform gives times; otherwise a tick is a cycle.
  private var secondsPerTick: Double? {
    platform.platform == nil || subject.isGraph ? nil : 1e-12
  }

  /// A network's channels have the capacities of its strictly periodic schedule.
  private func boundedForLatency(_ graph: CSDFGraph) throws -> CSDFGraph? {
    guard !subject.isGraph else { return nil }
    return try graph.bounded(by: try StrictlyPeriodicSchedule(of: graph).bufferSizes)
  }

  /// Whether firings of an actor may overlap where no self-edge forbids it.
  private var overlaps: Bool { GraphFile.format(ofFile: subject.path)?.overlapsFirings ?? false }

  private func graph(_ context: JobContext) throws -> CSDFGraph {
    if subject.isGraph { return try subject.graph(context) }
    var run = try PartitionRun(
      network: try subject.network(), options: subject.importOptions, platform: try platform.open())
    context.warn(try run.diagnostics())
    return try run.dataflow(of: run.graph, granularity: granularity)
  }
}

extension Fraction {
  /// Reads a decimal number, as `0.25`, or a fraction, as `1/4`, exactly.
  fileprivate init?(decimal text: String) {
    if text.contains("/") {
      self.init(text)
      return
    }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = parts.count > 1 ? String(parts[1]) : ""
    guard digits.count <= 9, let whole = Int64(parts[0].isEmpty ? "0" : parts[0]),
      let rest = Int64(digits.isEmpty ? "0" : digits), whole >= 0, rest >= 0, whole < 1 << 20
    else { return nil }
    let scale = (0..<digits.count).reduce(Int64(1)) { power, _ in power * 10 }
    self.init(whole * scale + rest, scale)
  }
}
