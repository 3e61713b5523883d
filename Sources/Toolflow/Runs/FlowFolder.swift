import CostModel
import Dataflow
import DataflowFormats
import Diagnostics
import Documents
import Exploration
import Figures
import Files
import NetworkImport
import ONNXFormat
import Preparation
import Reporting

/// The files that the main job leaves: the value of each phase.
struct FlowFolder {
  /// What the phases have made; the figures of mappings are those of their last executions once these are written.
  private(set) var result: FlowResult
  private let opened: InspectJob.Outcome
  /// The command that repeats the job.
  private let command: String

  init(_ result: FlowResult, opened: InspectJob.Outcome, command: String) {
    (self.result, self.opened, self.command) = (result, opened, command)
  }
}

extension FlowFolder {
  /// Writes the phases into a folder.
  ///
  /// - Returns: The warnings that the executions of the mappings led to.
  /// - Throws: `FileError` or `ONNXError`.
  mutating func write(to folder: RunDirectory) throws -> [String] {
    try folder.write(try opened.json(), to: "inspect.json")
    var warnings: [String] = []
    if result.hasReached(.explore), let platform = result.run.platform {
      let inputs = try ExplorationInputs(
        subject: result.run.source.path, platform: platform.path,
        times: result.job.platform.times)
      warnings = try writeMappings(inputs, to: folder)
    }
    if result.hasReached(.partition) { try writePartitions(to: folder) }
    if result.hasReached(.analyze) { try writeGraphs(to: folder) }
    let told = result.diagnostics.map(\.description) + warnings
    if result.hasReached(.report) { try writePage(warnings: told, to: folder) }
    let record = try RunRecord(result, command, warnings: told)
    try folder.write(try JSONText.encode(record), to: "run.json")
    return warnings
  }

  private func name(_ column: FlowColumn) -> String { "partitions-\(column.summary.partitions)" }

  private func writePartitions(to folder: RunDirectory) throws {
    let summaries = result.columns.map(\.summary)
    try folder.write(try JSONText.encode(summaries), to: "partitions.json")
    try folder.write(PartitionTable.csv(summaries), to: "partitions.csv")
    for column in result.columns {
      try folder.write(
        try JSONText.encode(NetworkDump(column.graph)), to: "\(name(column))/network.json")
    }
    if let last = result.columns.max(by: { $0.summary.partitions < $1.summary.partitions }) {
      try writeNetwork(last, to: folder)
    }
  }

  /// Writes the network, unless its weights have no values, of which a warning tells already.
  private func writeNetwork(_ column: FlowColumn, to folder: RunDirectory) throws {
    do {
      let path = try folder.file("\(name(column))/network.onnx")
      try AtomicFile.write(to: path) { try ONNXModel(exporting: column.graph).write(to: $0) }
    } catch ONNXError.valuesAbsent {
      return
    }
  }

  private func writeGraphs(to folder: RunDirectory) throws {
    for column in result.columns {
      let graph = try column.evaluation.csdf.withSequentialActors()
      let sizes = column.evaluation.schedule.bufferSizes.map { Int64?($0) }
      let selfEdges = graph.channels.count - sizes.count
      let document = SDF3Format.Document(
        graph: graph, bufferSizes: sizes + [Int64?](repeating: nil, count: selfEdges))
      try folder.write(try SDF3Format.write(document), to: "\(name(column))/graph.csdf.xml")
      try folder.write(column.drawing().svgFile(), to: "\(name(column))/graph.svg")
    }
  }

  /// Writes the mappings that were found for each column, with a report of their own.
  ///
  /// - Returns: The warnings of those reports.
  private mutating func writeMappings(
    _ inputs: ExplorationInputs, to folder: RunDirectory
  ) throws -> [String] {
    guard let platform = result.run.platform else { return [] }
    var warnings: [String] = []
    var written: [String: ExploreSummary] = [:]
    for index in result.columns.indices {
      let column = result.columns[index]
      guard let outcome = column.exploration else { continue }
      if let same = written[name(column)] {
        result.columns[index].take(same)
        continue
      }
      let summary = try ExplorationFolder(
        outcome, folder.folder("\(name(column))/mappings")
      ).write(
        command: command,
        name: "\(result.run.source.name), \(column.summary.partitions) blocks,",
        platform: platform, inputs: inputs, warnings: [])
      written[name(column)] = summary
      result.columns[index].take(summary)
      warnings += summary.warnings.map { "\(column.summary.partitions) blocks: \($0)" }
    }
    return warnings
  }

  private func writePage(warnings: [String], to folder: RunDirectory) throws {
    let page = FlowPage(
      of: result.run.source.name, result.columns, on: result.run.platform, warnings: warnings,
      command: command)
    for (name, figure) in page.charts() {
      try folder.write(figure.svgFile(), to: "figures/\(name).svg")
    }
    try folder.write(page.report().html(), to: "report.html")
  }
}
