import ArgumentParser
import Dataflow
import DataflowConversion
import DataflowFormats
import Diagnostics
import Figures
import Files
import Foundation
import Preparation
import Reporting

/// Analyses a dataflow graph, or the dataflow graph of a network.
struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Analyse the CSDF graph of a network, or of a graph file.",
    discussion: """
      The argument is an ONNX network, an SDF3 XML file, a CSDF JSON file or a PiSDF file (.pi), \
      which is flattened and whose actors take a tick, or the _app.yml of a Sesame export. Times of a network are those of the slowest \
      element of --platform in picoseconds; without a platform an operation takes a tick.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var power: PowerOptions
  @OptionGroup var result: ResultOptions

  @Option(help: "What a firing of a network's block works on: tensor or line.")
  var granularity: Granularity = .tensor

  @Flag(help: "The exact period of an iteration, and a cycle of actors that sets it.")
  var throughput = false

  @Flag(help: "The periods of the best 1-periodic and strictly periodic schedules.")
  var periodic = false

  @Flag(help: "What bounds the period, and how far times must fall before something else does.")
  var bottleneck = false

  @Flag(help: "The time from a firing of --from to the firing of --to that depends on it.")
  var latency = false

  @Flag(help: "The capacities of channels that none beat, in tokens and in speed.")
  var buffers = false

  @Flag(help: "The strictly periodic schedule: periods, start times, buffers, latency, processors.")
  var sps = false

  @Flag(help: "When each actor fires in the first --iterations, as soon as it can.")
  var schedule = false

  @Option(help: "How many iterations --schedule shows.")
  var iterations: Int = 2

  @Option(help: "An SVG file for the Gantt chart of --schedule.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var force = false

  @Flag(help: "Everything but the schedule.")
  var all = false

  @Option(help: "An actor; by default the first without inputs that a path joins with an end.")
  var from: String?

  @Option(help: "An actor; by default the last without outputs that a path leads to.")
  var to: String?

  @Option(help: "How to find the period: auto, k-periodic or self-timed.")
  var method: Throughput.Method = .auto

  @Option(
    name: .customLong("time-limit"), parsing: .unconditional,
    help: ArgumentHelp(
      "The time after which what is known by then is given, for each answer: 90, 90s, 2min; 60 s by default.",
      valueName: "time"))
  var timeLimit: Timespan?

  @Option(
    name: .customLong("deadline-factor"), parsing: .unconditional,
    help: "Where deadlines lie between the execution time (0) and the period (1).")
  var deadlineFactor: String = "1"

  func run() throws {
    guard throughput || periodic || bottleneck || latency || buffers || sps || schedule || all
    else {
      throw OptionError(
        "analyze",
        "say what to analyse: --throughput, --periodic, --bottleneck, --latency, --buffers, "
          + "--sps, --schedule or --all")
    }
    guard let factor = Fraction(decimal: deadlineFactor), factor >= .zero, factor <= .one else {
      throw RequestError(
        "deadline_factor",
        "expected a number from 0 to 1, found "
          + "\"\(deadlineFactor)\"")
    }
    guard iterations >= 1 else {
      throw RequestError(
        "iterations", "expected 1 or more, found \(iterations)")
    }
    let file = try output.map { try OutputFile($0, force: force) }
    let powerOptions = try power.options(secondsPerTick: secondsPerTick)
    let report = try report(
      on: try dataflowGraph(), deadlineFactor: factor, power: powerOptions, drawing: file)
    if method != .auto, report.isWorkAlone {
      let unneeded = Diagnostic(
        "--method \(method.rawValue)",
        "no method was needed: single actors alone give the answer")
      Console.warn([unneeded], quiet: result.quiet)
    }
    Console.show(try result.json ? report.json() : report.text())
  }

  /// Answers what is asked for; with --all what can be answered, as long as something can.
  private func report(
    on graph: CSDFGraph, deadlineFactor: Fraction, power: PowerSummary.Options?,
    drawing file: OutputFile?
  ) throws -> AnalysisReport {
    var report = AnalysisReport()
    let limit = Duration.seconds(min(timeLimit?.seconds ?? 60, 1e9))
    var options = Throughput.Options()
    options.method = method
    options.autoConcurrency = overlaps
    options.timeLimit = limit
    // Time is the limit.
    options.firingLimit = .max
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
      try ScheduleSummary(graph, deadlineFactor: deadlineFactor, power: power)
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

  /// The length of a tick where a platform gives times; otherwise a tick is a cycle.
  private var secondsPerTick: Double? { platform.platform == nil || isGraphFile ? nil : 1e-12 }

  /// A network's channels have the capacities of its strictly periodic schedule.
  private func boundedForLatency(_ graph: CSDFGraph) throws -> CSDFGraph? {
    guard !isGraphFile else { return nil }
    return try graph.bounded(by: try StrictlyPeriodicSchedule(of: graph).bufferSizes)
  }

  /// Whether firings of an actor may overlap where no self-edge forbids it.
  private var overlaps: Bool {
    GraphFile.format(ofFile: network.network)?.overlapsFirings ?? false
  }

  private var isGraphFile: Bool { GraphFile.looksLikeGraph(path: network.network) }

  private func dataflowGraph() throws -> CSDFGraph {
    if isGraphFile {
      return try parameters.graph(path: network.network, quiet: result.quiet)
    }
    var run = try PartitionRun(
      network: try network.open(), options: network.importOptions, platform: try platform.open())
    Console.warn(try run.diagnostics(), quiet: result.quiet)
    return try run.dataflow(of: run.graph, granularity: granularity)
  }
}

extension Throughput.Method: ExpressibleByArgument {}

extension Granularity: ExpressibleByArgument {}

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
