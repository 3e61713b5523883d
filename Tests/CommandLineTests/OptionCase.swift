import Toolflow

/// How it shows that an option counts.
enum OptionCase {
  /// With this value the command fails.
  case fails(String)
  /// With this value, or as a flag, something else comes out.
  case changes(String?)
  /// Other tests show it.
  case shownElsewhere

  /// Whether the command fails.
  var isFailure: Bool {
    if case .fails = self { true } else { false }
  }

  /// The value that makes the difference.
  var value: String? {
    switch self {
    case .fails(let value): value
    case .changes(let value): value
    case .shownElsewhere: nil
    }
  }
}

extension OptionCase {
  /// The case of an option in a situation. The files are those of ``OptionFiles``.
  static func of(_ name: String, _ situation: Situation) -> OptionCase {
    if situation.job == .analyze, let found = analysis[name] { return found }
    switch (name, situation.job) {
    // Blocks are chosen by hand where they say, whatever the kind of bottleneck is.
    case ("--bottleneck", _), ("--force", _), ("--until", _): return .shownElsewhere
    case ("--time-limit", .flow): return .shownElsewhere
    // A report compares what is not feasible too.
    case ("--local-memory", .report): return .changes(nil)
    case ("--ungrouped", _): return .fails("")
    case ("--view", .export) where situation.format == .onnx: return .changes("layer")
    case ("--objectives", .report): return .fails("speed")
    default: return general[name] ?? .shownElsewhere
    }
  }

  private static let general: [String: OptionCase] = [
    "--input-shape": .fails("nosuch"), "--dim": .fails("nosuch"), "--input-value": .fails("nosuch"),
    "--weights": .fails("nosuch"), "--no-weights": .fails("nosuch"),
    "--network-inputs": .fails("nosuch"), "--network-outputs": .fails("nosuch"),
    "--no-fold": .changes(nil), "--view": .changes("layer"),
    "--platform": .fails("nosuch"), "--precision": .fails("nosuch"),
    "--strict-operators": .fails(""), "--times": .fails("nosuch.csv"),
    "--split": .fails("nosuch=2"),
    "--merge": .fails("nosuch+conv1"), "--step": .fails("1"), "--partitions": .fails("-1"),
    "--shared-inputs": .changes(nil), "--parameter": .fails("nosuch=1"),
    "--execution-time": .fails("nosuch=1"), "--mapping": .fails("nosuch.json"),
    "--granularity": .changes("line"), "--buffers": .fails("0"), "--require": .fails("nosuch"),
    "--local-memory": .fails(""), "--events": .changes("token"), "--traces": .changes(nil),
    "--objectives": .changes("latency,cost"), "--method": .changes("random"),
    "--evaluations": .fails("0"), "--time-limit": .fails("0"), "--inferences": .fails("0"),
    "--jobs": .fails("0"), "--seed": .changes("2"), "--population": .fails("0"),
    "--offspring": .fails("0"), "--initial": .changes("random"), "--search-splits": .changes(nil),
    "--search-merges": .changes(nil), "--max-parts": .fails("1"), "--split-axes": .fails("nosuch"),
    "--beside": .fails("nosuch"), "--resume": .fails(""), "--output": .fails("m.onnx/below"),
    "--trace": .changes(nil), "--points": .fails("0"),
    "--figures": .fails("m.onnx/below"), "--without-weights": .changes(nil),
  ]

  private static let analysis: [String: OptionCase] = [
    "--iterations": .fails("0"), "--from": .fails("nosuch"), "--to": .fails("nosuch"),
    "--method": .changes("self-timed"), "--time-limit": .shownElsewhere,
    "--deadline-factor": .fails("2"), "--frequency": .fails("-1"), "--power-model": .fails("x"),
    "--throughput": .changes(nil), "--periodic": .changes(nil), "--bottleneck": .changes(nil),
    "--latency": .changes(nil), "--buffers": .changes(nil), "--sps": .changes(nil),
    "--schedule": .changes(nil), "--all": .changes(nil),
  ]
}
