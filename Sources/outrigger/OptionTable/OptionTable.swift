/// Which option means something for which command, subject and format. What is not in it is refused.
enum OptionTable {
  /// The row of an option of a command.
  static func row(_ name: String, of command: Situation.Command) -> OptionRow? {
    rows.first { $0.name == name && $0.commands.contains(command) }
  }

  static let rows: [OptionRow] =
    networkRows + platformRows + partitionRows + graphRows + mappingRows + analysisRows
    + searchRows + resultRows

  /// The exports that take a mapping on a platform.
  private static let mapped: [ExportCommand.Format] = [.sesame, .preesm, .perfetto]
  /// The exports that hold dataflow graphs.
  private static let dataflow: [ExportCommand.Format] = [.sdf3, .csdfJSON]
  /// The exports that write a network's blocks.
  private static let blocks: [ExportCommand.Format] = [.onnx, .dot, .csv, .times] + dataflow
  private static let all = Situation.Command.allCases

  // MARK: - How a network is read

  private static let networkRows =
    [
      "--input-shape", "--dim", "--input-value", "--weights", "--no-weights", "--network-inputs",
      "--network-outputs",
    ].map { OptionRow($0, .list, OptionCells(all, of: [.network])) } + [
      OptionRow("--no-fold", .flag, OptionCells(all, of: [.network])),
      OptionRow(
        "--view", .value, OptionCells([.inspect, .explore], of: [.network]),
        OptionCells([.export], of: [.network], formats: blocks)),
    ]

  // MARK: - The platform, and what blocks cost on it

  /// What a platform is used for where only the partitioning of a network depends on it.
  private static let partitioning = OptionNeed.oneOf(["--partitions", "--merge platform"])
  private static let platform = OptionNeed.oneOf(["--platform"])
  private static let executing: [Situation.Command] = [.simulate, .explore, .report]
  private static let anyGraph: [Situation.Subject] = [.network, .graph, .piSDF]

  private static let platformRows = [
    OptionRow(
      "--platform", .value,
      OptionCells([.flow, .inspect, .partition, .analyze], of: [.network]),
      OptionCells(executing, of: anyGraph),
      OptionCells([.export], of: [.network], formats: [.onnx, .dot, .csv], partitioning),
      OptionCells([.export], of: [.network], formats: dataflow + [.times]),
      OptionCells([.export], of: anyGraph, formats: mapped)),
    OptionRow("--precision", .value, OptionCells([.flow], of: [.network]), ofPlatform),
    OptionRow("--strict-operators", .flag, OptionCells([.flow], of: [.network]), ofPlatform),
    OptionRow(
      "--times", .value, OptionCells([.flow], of: [.network]), ofPlatform,
      OptionCells(executing, of: [.graph, .piSDF], platform),
      OptionCells([.export], of: [.graph, .piSDF], formats: mapped, platform)),
  ]

  private static let ofPlatform = OptionCells(
    [.inspect, .partition, .analyze, .simulate, .explore, .report, .export], of: [.network],
    formats: blocks + mapped, platform)

  // MARK: - Splits and merges

  private static let partitionRows = [
    OptionRow("--split", .list, byHand),
    OptionRow("--merge", .list, byHand),
    OptionRow("--step", .value, OptionCells([.flow], of: [.network]), automatic, onItsOwn),
    OptionRow(
      "--bottleneck", .value, OptionCells([.flow], of: [.network]), automatic, onItsOwn),
    OptionRow(
      "--partitions", .value,
      OptionCells([.flow, .partition, .explore], of: [.network]),
      OptionCells([.export], of: [.network], formats: blocks)),
    OptionRow("--shared-inputs", .flag, OptionCells([.flow, .partition], of: [.network])),
  ]

  private static let byHand = OptionCells(
    [.flow, .inspect, .partition, .export], of: [.network], formats: blocks)
  private static let automatic = OptionCells(
    [.export], of: [.network], formats: blocks, .oneOf(["--partitions"]))
  /// A network is split automatically unless only splits and merges by hand are asked for.
  private static let onItsOwn = OptionCells(
    [.partition], of: [.network], .ifGiven(["--split", "--merge"], .oneOf(["--partitions"])))

  // MARK: - Parameters of graphs

  private static let graphRows = [
    OptionRow("--parameter", .list, OptionCells(all, of: [.piSDF])),
    OptionRow("--execution-time", .list, OptionCells(all, of: [.piSDF])),
  ]

  // MARK: - Mappings and how they are executed

  private static let mappingRows = [
    OptionRow(
      "--mapping", .value, OptionCells([.inspect], of: [.network], platform),
      OptionCells([.simulate, .explore]),
      OptionCells([.export], of: anyGraph, formats: mapped, platform)),
    OptionRow("--mapping", .list, OptionCells([.report], of: anyGraph)),
    OptionRow(
      "--granularity", .value, OptionCells([.analyze] + executing, of: [.network]),
      OptionCells([.export], of: [.network], formats: dataflow + [.sesame, .perfetto])),
    OptionRow(
      "--buffers", .value, OptionCells(executing, of: anyGraph),
      OptionCells([.export], formats: [.perfetto])),
    OptionRow(
      "--require", .list, OptionCells([.flow] + executing, of: anyGraph)),
    OptionRow("--local-memory", .flag, OptionCells(executing, of: [.network])),
    OptionRow("--events", .value, OptionCells([.export], formats: [.sesame])),
    OptionRow("--traces", .flag, OptionCells([.export], formats: [.sesame])),
  ]

  // MARK: - Analysis

  /// The answers that are found step by step.
  private static let timed = [
    "--throughput", "--periodic", "--bottleneck", "--latency", "--buffers", "--schedule", "--all",
  ]

  private static let analysisRows =
    [
      "--throughput", "--periodic", "--bottleneck", "--latency", "--buffers", "--sps", "--schedule",
      "--all",
    ].map { OptionRow($0, .flag, OptionCells([.analyze])) } + [
      analysis("--iterations", with: ["--schedule"]),
      analysis("--from", with: ["--latency", "--all"]),
      analysis("--to", with: ["--latency", "--all"]),
      analysis("--method", with: ["--throughput", "--bottleneck", "--all"]),
      analysis("--time-limit", with: timed),
      analysis("--deadline-factor", with: ["--sps", "--all"]),
      analysis("--frequency", with: ["--sps", "--all"]),
      analysis("--power-model", with: ["--frequency"]),
    ]

  private static func analysis(_ name: String, with others: [String]) -> OptionRow {
    OptionRow(name, .value, OptionCells([.analyze], .oneOf(others)))
  }

  // MARK: - Searches

  private static let searching: [Situation.Command] = [.flow, .explore]
  private static let drawn = OptionNeed.noneOf(
    ["--method exhaustive"], reason: "an exhaustive search draws no random numbers")
  private static let genetic = OptionNeed.noneOf(
    ["--method exhaustive", "--method random"], reason: "it is for the method nsga2")

  private static let searchRows = [
    OptionRow(
      "--objectives", .value, OptionCells(searching), OptionCells([.report], of: anyGraph)),
    OptionRow("--method", .value, OptionCells(searching)),
    OptionRow("--evaluations", .value, OptionCells(searching)),
    OptionRow("--time-limit", .value, OptionCells(searching)),
    OptionRow(
      "--inferences", .value, OptionCells(searching + [.simulate]),
      OptionCells([.export], formats: [.perfetto])),
    OptionRow("--jobs", .value, OptionCells(searching)),
    OptionRow(
      "--seed", .value, OptionCells(searching, drawn),
      OptionCells(
        [.generate],
        .noneOf(["--without-weights"], reason: "without weights there is nothing to draw"))),
    OptionRow("--population", .value, OptionCells(searching, genetic)),
    OptionRow("--offspring", .value, OptionCells(searching, genetic)),
    OptionRow("--initial", .value, OptionCells(searching, genetic)),
    OptionRow("--search-splits", .flag, OptionCells([.explore], of: [.network])),
    OptionRow("--search-merges", .flag, OptionCells([.explore], of: [.network])),
    OptionRow("--max-parts", .value, ofSplits),
    OptionRow("--split-axes", .value, ofSplits),
    OptionRow("--beside", .list, OptionCells([.explore])),
    OptionRow(
      "--resume", .flag,
      OptionCells(
        [.explore],
        .noneOf(["--method exhaustive"], reason: "an exhaustive search has no checkpoints"),
        .noneOf(["--force"], reason: "it goes on with what --force gives up"))),
  ]

  private static let ofSplits = OptionCells(
    [.explore], of: [.network], .oneOf(["--search-splits"]))

  // MARK: - What comes out

  private static let output = OptionNeed.oneOf(["--output"])

  private static let resultRows = [
    OptionRow(
      "--output", .value, OptionCells(all.filter { $0 != .analyze && $0 != .simulate }),
      OptionCells([.analyze], .oneOf(["--schedule"]))),
    OptionRow(
      "--force", .flag, OptionCells(searching),
      OptionCells([.inspect, .partition, .analyze, .export, .generate], output),
      OptionCells([.report], .oneOf(["--output", "--figures"]))),
    OptionRow("--json", .flag, OptionCells(all.filter { $0 != .export })),
    OptionRow("--quiet", .flag, OptionCells(all)),
    OptionRow("--trace", .flag, OptionCells([.explore])),
    OptionRow("--points", .value, OptionCells([.report])),
    OptionRow("--figures", .value, OptionCells([.report])),
    OptionRow("--without-weights", .flag, OptionCells([.generate])),
    OptionRow("--ungrouped", .flag, OptionCells([.generate])),
  ]
}
