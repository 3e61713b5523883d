import Dataflow
import DataflowConversion
import Files
import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import ONNXSchema
import Partitioning
import Preparation
import SwiftProtobuf

/// Measures the stages of the main job on this machine and prints ratios, all from one run:
/// `swift run -c release Benchmarks`; with graph files as arguments, the throughput of these; with the
/// word `search` or `mapping`, the search over genomes or the evaluation of mappings alone; with
/// `deliverable`, the explorations of ALOHA's deliverable D3.2; with `means`, what is said of executions that
/// do not repeat.
@main
struct Benchmarks {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("Error: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ files: [String]) throws {
    guard files != ["search"] else { return try SearchBenchmark.run() }
    guard files.first != "means" else {
      return try MeansBenchmark.run(count: files.dropFirst().first.flatMap { Int($0) } ?? 75)
    }
    guard files != ["deliverable"] else { return try DeliverableBenchmark.run() }
    guard files.first != "mapping" else {
      try MappingBenchmark.run(only: files.dropFirst().first)
      try SearchShare.run(only: files.dropFirst().first)
      return
    }
    guard files.isEmpty else { return try ThroughputBenchmark.run(files: files) }
    try ImportBenchmark.run()
    try PartitionBenchmark.run()
    try ScheduleBenchmark.run()
    try ThroughputBenchmark.run()
    try SearchBenchmark.run()
    try MappingBenchmark.run()
    try SearchShare.run()
  }
}

/// One measured quantity beside what it is compared with.
struct Measurement {
  /// The shortest of several runs, in seconds: what the work takes when nothing else gets in its way.
  static func seconds(runs: Int = 9, _ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<runs {
      let start = clock.now
      try body()
      best = min(best, start.duration(to: clock.now).inSeconds)
    }
    return best
  }

  /// How many times as fast the second of two ways is, by the shortest run of each: they take turns, so
  /// that a time in which the machine does little else serves both.
  static func ratio(
    runs: Int = 15, _ one: () throws -> Void, to other: () throws -> Void
  ) rethrows -> Double {
    var (first, second) = (Double.infinity, Double.infinity)
    for _ in 0..<runs {
      first = min(first, try seconds(runs: 1, one))
      second = min(second, try seconds(runs: 1, other))
    }
    return first / second
  }

  /// Prints a line: what was measured, its time, and how many times as long the other way takes.
  static func report(_ name: String, _ seconds: Double, versus other: String, _ ratio: Double) {
    let time = String(format: "%10.3f ms", seconds * 1e3)
    print(
      "\(name.padding(toLength: 58, withPad: " ", startingAt: 0))\(time)   "
        + String(format: "%8.1f×", ratio) + " \(other)")
  }
}

/// A 250 MB model: mapped, beside parsing the whole message.
enum ImportBenchmark {
  static func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("outrigger-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("alexnet.onnx").path
    try GeneratedNetwork.alexnet.model(seed: 1, grouped: false).write(to: path)
    let before = residentBytes()
    var graph: BlockGraph?
    let mapped = try Measurement.seconds {
      graph = try BlockGraph(
        try ResolvedGraph(try ONNXModel(path: path)), name: "alexnet")
    }
    let grown = residentBytes() - before
    let whole = try Measurement.seconds(runs: 3) {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      _ = try Onnx_ModelProto(serializedBytes: data)
    }
    let bytes = try MappedFile(path: path).count
    Measurement.report(
      "open a model of \(bytes / 1_000_000) MB as \(graph?.blocks.count ?? 0) blocks", mapped,
      versus: "faster than parsing the whole message", whole / mapped)
    print(
      "  memory grows by \(grown / 1_000_000) MB, "
        + String(format: "%.1f %% of the file", 100 * Double(grown) / Double(bytes)))
  }

  private static func residentBytes() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}

/// Algorithm 1 on AlexNet, beside the times of the original implementation.
enum PartitionBenchmark {
  static func run() throws {
    var run = try alexnet()
    for limit in [32, 59, 90] {
      var result: PartitionResult?
      let seconds = try Measurement.seconds {
        var request = PartitionRequest()
        request.automatic = BottleneckPartitioning(limit: limit)
        var fresh = run
        result = try fresh.partition(request)
      }
      let blocks = result?.network.graph.blocks.count ?? 0
      // Published: 1.53 s for 90 partitions.
      let published = limit == 90 ? 1.53 : Double.nan
      Measurement.report(
        "partition AlexNet to \(blocks) blocks", seconds,
        versus: published.isNaN ? "(no published time)" : "faster than the published 1.53 s",
        published.isNaN ? 1 : published / seconds)
      guard limit == 90, let graph = result?.network.graph else { continue }
      let evaluation = try Measurement.seconds { _ = try run.evaluate(graph) }
      Measurement.report(
        "evaluate \(blocks) blocks: CSDF, schedule, self-timed, memory", evaluation,
        versus: "faster than the published 70 ms", 0.070 / evaluation)
      let export = try Measurement.seconds { _ = try ONNXModel(exporting: graph) }
      Measurement.report(
        "export \(blocks) blocks to ONNX, without the weights", export,
        versus: "of the time of an evaluation", export / evaluation)
    }
  }

  /// AlexNet with the shapes of the model zoo on NEURAghe; its weights are not looked at.
  static func alexnet() throws -> PartitionRun {
    let folders = ResourceFolders.standard()
    let source = try NetworkSource("bvlc_alexnet", folders: folders)
    return try PartitionRun(
      network: source, options: .blocks,
      platform: try OpenedPlatform("neuraghe-v1", folders: folders))
  }
}

/// Conversion and strictly periodic scheduling over growing graphs.
enum ScheduleBenchmark {
  static func run() throws {
    var reference: (blocks: Int, seconds: Double)?
    for limit in [23, 90, 400, 1600] {
      var run = try PartitionBenchmark.alexnet()
      var request = PartitionRequest()
      request.automatic = BottleneckPartitioning(limit: limit)
      let graph = try run.partition(request).network.graph
      let ticks = graph.blockIDs.map { Int64(graph.work($0).operations) }
      let csdf = try CSDFGraph(graph, ticks: ticks)
      let conversion = try Measurement.seconds { _ = try CSDFGraph(graph, ticks: ticks) }
      let schedule = try Measurement.seconds { _ = try StrictlyPeriodicSchedule(of: csdf) }
      let blocks = graph.blocks.count
      let first = reference ?? (blocks, schedule)
      reference = first
      Measurement.report(
        "convert \(blocks) blocks, \(csdf.channels.count) channels", conversion,
        versus: "of the time of a schedule", conversion / schedule)
      Measurement.report(
        "schedule \(blocks) blocks strictly periodically", schedule,
        versus: "the time of \(first.blocks) blocks", schedule / first.seconds)
    }
  }
}
