/// The keys that have a meaning for each job, input and format; all others are refused.
package enum KeyTable {
  /// The row of a key of a job.
  package static func row(_ name: String, of job: JobKind) -> KeyRow? {
    rows.first { $0.name == name && $0.jobs.contains(job) }
  }

  /// The rows of all keys; a key with two meanings has two.
  package static let rows: [KeyRow] =
    (networkRows + platformRows + partitionRows + graphRows + mappingRows + analysisRows
    + searchRows + resultRows).map { row in
      flowPhases[row.name].map { row.needing($0, of: .flow) } ?? row
    }

  /// What a flow must come to so that a key means something.
  private static let flowPhases: [String: KeyNeed] = {
    let partitions = KeyNeed.noneOf(
      ["until open"], reason: "the flow ends before the network is partitioned")
    let mappings = KeyNeed.noneOf(
      ["until open", "until partition", "until analyze"],
      reason: "the flow ends before mappings are searched")
    let early = ["split", "merge", "step", "bottleneck", "partitions", "shared_inputs"]
    let late = [
      "objectives", "method", "evaluations", "time_limit", "inferences", "jobs", "seed",
      "population", "offspring", "initial", "require",
    ]
    return Dictionary(
      uniqueKeysWithValues: early.map { ($0, partitions) } + late.map { ($0, mappings) })
  }()

  /// The exports that take a mapping on a platform.
  private static let mapped: [ExportFormat] = [.sesame, .preesm, .perfetto]
  /// The exports that hold dataflow graphs.
  private static let dataflow: [ExportFormat] = [.sdf3, .csdfJSON]
  /// The exports that write a network's blocks.
  private static let blocks: [ExportFormat] = [.onnx, .dot, .csv, .times] + dataflow
  private static let all = JobKind.allCases

  // MARK: - How a network is read

  private static let networkRows =
    [
      "input_shape", "dim", "input_value", "weights", "no_weights", "network_inputs",
      "network_outputs",
    ].map { KeyRow($0, .list, KeyCells(all, of: [.network])) } + [
      KeyRow("no_fold", .flag, KeyCells(all, of: [.network])),
      KeyRow(
        "view", .value, KeyCells([.inspect, .explore], of: [.network]),
        KeyCells([.export], of: [.network], formats: blocks)),
    ]

  // MARK: - The platform, and what blocks cost on it

  /// What a platform is used for where only the partitioning of a network depends on it.
  private static let partitioning = KeyNeed.oneOf(["partitions", "merge platform"])
  private static let platform = KeyNeed.oneOf(["platform"])
  private static let executing: [JobKind] = [.simulate, .explore, .report]
  private static let anyGraph: [Situation.Subject] = [.network, .graph, .piSDF]

  private static let platformRows = [
    KeyRow(
      "platform", .value,
      KeyCells([.flow, .inspect, .partition, .analyze], of: [.network]),
      KeyCells(executing, of: anyGraph),
      KeyCells([.export], of: [.network], formats: [.onnx, .dot, .csv], partitioning),
      KeyCells([.export], of: [.network], formats: dataflow + [.times]),
      KeyCells([.export], of: anyGraph, formats: mapped)),
    KeyRow("precision", .value, KeyCells([.flow], of: [.network]), ofPlatform),
    KeyRow("strict_operators", .flag, KeyCells([.flow], of: [.network]), ofPlatform),
    KeyRow(
      "times", .value, KeyCells([.flow], of: [.network]), ofPlatform,
      KeyCells(executing, of: [.graph, .piSDF], platform),
      KeyCells([.export], of: [.graph, .piSDF], formats: mapped, platform)),
  ]

  private static let ofPlatform = KeyCells(
    [.inspect, .partition, .analyze, .simulate, .explore, .report, .export], of: [.network],
    formats: blocks + mapped, platform)

  // MARK: - Splits and merges

  private static let partitionRows = [
    KeyRow("split", .list, byHand),
    KeyRow("merge", .list, byHand),
    KeyRow("step", .value, KeyCells([.flow], of: [.network]), automatic, onItsOwn),
    KeyRow(
      "bottleneck", .value, KeyCells([.flow], of: [.network]), automatic, onItsOwn),
    KeyRow(
      "partitions", .value,
      KeyCells([.flow, .partition, .explore], of: [.network]),
      KeyCells([.export], of: [.network], formats: blocks)),
    KeyRow("shared_inputs", .flag, KeyCells([.flow, .partition], of: [.network])),
  ]

  private static let byHand = KeyCells(
    [.flow, .inspect, .partition, .export], of: [.network], formats: blocks)
  private static let automatic = KeyCells(
    [.export], of: [.network], formats: blocks, .oneOf(["partitions"]))
  /// A network is split automatically unless only splits and merges by hand are asked for.
  private static let onItsOwn = KeyCells(
    [.partition], of: [.network], .ifGiven(["split", "merge"], .oneOf(["partitions"])))

  // MARK: - Parameters of graphs

  private static let graphRows = [
    KeyRow("parameter", .list, KeyCells(all, of: [.piSDF])),
    KeyRow("execution_time", .list, KeyCells(all, of: [.piSDF])),
  ]

  // MARK: - Mappings and how they are executed

  private static let mappingRows = [
    KeyRow(
      "mapping", .value, KeyCells([.inspect], of: [.network], platform),
      KeyCells([.simulate, .explore]),
      KeyCells([.export], of: anyGraph, formats: mapped, platform)),
    KeyRow("mapping", .list, KeyCells([.report], of: anyGraph)),
    KeyRow(
      "granularity", .value, KeyCells([.analyze] + executing, of: [.network]),
      KeyCells([.export], of: [.network], formats: dataflow + [.sesame, .perfetto])),
    KeyRow(
      "buffers", .value, KeyCells(executing, of: anyGraph),
      KeyCells([.export], formats: [.perfetto])),
    KeyRow(
      "require", .list, KeyCells([.flow] + executing, of: anyGraph)),
    KeyRow("local_memory", .flag, KeyCells(executing, of: [.network])),
    KeyRow("events", .value, KeyCells([.export], formats: [.sesame])),
    KeyRow("traces", .flag, KeyCells([.export], formats: [.sesame])),
  ]

  // MARK: - Analysis

  /// The answers that are found step by step.
  private static let timed = [
    "throughput", "periodic", "bottleneck", "latency", "buffers", "schedule", "all",
  ]

  private static let analysisRows =
    [
      "throughput", "periodic", "bottleneck", "latency", "buffers", "sps", "schedule",
      "all",
    ].map { KeyRow($0, .flag, KeyCells([.analyze])) } + [
      analysis("iterations", with: ["schedule"]),
      analysis("from", with: ["latency", "all"]),
      analysis("to", with: ["latency", "all"]),
      analysis("method", with: ["throughput", "bottleneck", "all"]),
      analysis("time_limit", with: timed),
      analysis("deadline_factor", with: ["sps", "all"]),
      analysis("frequency", with: ["sps", "all"]),
      analysis("power_model", with: ["frequency"]),
    ]

  private static func analysis(_ name: String, with others: [String]) -> KeyRow {
    KeyRow(name, .value, KeyCells([.analyze], .oneOf(others)))
  }

  // MARK: - Searches

  private static let searching: [JobKind] = [.flow, .explore]
  private static let drawn = KeyNeed.noneOf(
    ["method exhaustive"], reason: "an exhaustive search draws no random numbers")
  private static let genetic = KeyNeed.noneOf(
    ["method exhaustive", "method random"], reason: "it is for the method nsga2")

  private static let searchRows = [
    KeyRow(
      "objectives", .value, KeyCells(searching), KeyCells([.report], of: anyGraph)),
    KeyRow("method", .value, KeyCells(searching)),
    KeyRow("evaluations", .value, KeyCells(searching)),
    KeyRow("time_limit", .value, KeyCells(searching)),
    KeyRow(
      "inferences", .value, KeyCells(searching + [.simulate]),
      KeyCells([.export], formats: [.perfetto])),
    KeyRow("jobs", .value, KeyCells(searching)),
    KeyRow(
      "seed", .value, KeyCells(searching, drawn),
      KeyCells(
        [.generate],
        .noneOf(["without_weights"], reason: "without weights there is nothing to draw"))),
    KeyRow("population", .value, KeyCells(searching, genetic)),
    KeyRow("offspring", .value, KeyCells(searching, genetic)),
    KeyRow("initial", .value, KeyCells(searching, genetic)),
    KeyRow("search_splits", .flag, KeyCells([.explore], of: [.network])),
    KeyRow("search_merges", .flag, KeyCells([.explore], of: [.network])),
    KeyRow("max_parts", .value, ofSplits),
    KeyRow("split_axes", .value, ofSplits),
    KeyRow("beside", .list, KeyCells([.explore])),
    KeyRow(
      "resume", .flag,
      KeyCells(
        [.explore],
        .noneOf(["method exhaustive"], reason: "an exhaustive search has no checkpoints"),
        .noneOf(["force"], reason: "it goes on with what `force` gives up"))),
  ]

  private static let ofSplits = KeyCells(
    [.explore], of: [.network], .oneOf(["search_splits"]))

  // MARK: - What comes out

  private static let output = KeyNeed.oneOf(["output"])

  private static let resultRows = [
    KeyRow(
      "output", .value, KeyCells(all.filter { $0 != .analyze && $0 != .simulate }),
      KeyCells([.analyze], .oneOf(["schedule"]))),
    KeyRow("until", .value, KeyCells([.flow], of: [.network])),
    KeyRow(
      "force", .flag, KeyCells(searching),
      KeyCells([.inspect, .partition, .analyze, .export, .generate], output),
      KeyCells([.report], .oneOf(["output", "figures"]))),
    KeyRow("trace", .flag, KeyCells([.explore])),
    KeyRow("points", .value, KeyCells([.report])),
    KeyRow("figures", .value, KeyCells([.report])),
    KeyRow("without_weights", .flag, KeyCells([.generate])),
    KeyRow("ungrouped", .flag, KeyCells([.generate])),
  ]
}
