import CostModel
import Dataflow
import DataflowFormats
import Diagnostics
import Documents
import Exploration
import Figures
package import Files
import Foundation
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import PlatformModel
import Preparation
import Reporting

/// The files that the main job leaves: everything a person or a program may want of the run.
package struct FlowReport: Sendable {
  /// What came out.
  package let result: FlowResult
  /// The command that made it, for the report.
  package let command: String

  package init(_ result: FlowResult, command: String) {
    self.result = result
    self.command = command
  }
}

extension FlowReport {
  /// Writes the run into a folder.
  ///
  /// - Returns: What executing the mappings has shown that the user should know.
  /// - Throws: ``FileError`` or ``ONNXError``.
  package func write(to folder: RunDirectory) throws -> [String] {
    let summaries = result.columns.map(\.summary)
    let network = try RunRecord.Input(result.run.source.path)
    let platform = try result.run.platform.map { try RunRecord.Input($0.path) }
    let inputs = platform.map { ExplorationInputs(subject: network, platform: $0) }
    try folder.write(try JSONText.encode(summaries), to: "partitions.json")
    try folder.write(PartitionTable.csv(summaries), to: "partitions.csv")
    let charts = charts()
    for (name, figure) in charts { try folder.write(figure.svgFile(), to: "figures/\(name).svg") }
    var drawings: [Figure] = []
    var warnings: [String] = []
    for column in result.columns {
      let drawing = column.drawing()
      drawings.append(drawing)
      warnings += try writeColumn(column, drawing, inputs, to: folder).map {
        "\(column.summary.partitions) blocks: \($0)"
      }
    }
    let told = result.diagnostics.map(\.description) + warnings
    let record = RunRecord(result, command, network, platform, warnings: told)
    try folder.write(try JSONText.encode(record), to: "run.json")
    try folder.write(page(charts.map(\.1), drawings, warnings: told).html(), to: "report.html")
    if let last = result.columns.max(by: { $0.summary.partitions < $1.summary.partitions }) {
      try writeNetwork(last, to: folder)
    }
    return warnings
  }

  /// Writes the network, unless its weights have no values, of which a warning tells already.
  private func writeNetwork(_ column: FlowColumn, to folder: RunDirectory) throws {
    do {
      let path = try folder.file("partitions-\(column.summary.partitions)/network.onnx")
      try ONNXModel(exporting: column.graph).write(to: path)
    } catch ONNXError.valuesAbsent {
      return
    }
  }

  private func writeColumn(
    _ column: FlowColumn, _ drawing: Figure, _ inputs: ExplorationInputs?,
    to folder: RunDirectory
  ) throws -> [String] {
    let name = "partitions-\(column.summary.partitions)"
    try folder.write(try JSONText.encode(NetworkDump(column.graph)), to: "\(name)/network.json")
    let graph = try column.evaluation.csdf.withSequentialActors()
    let sizes = column.evaluation.schedule.bufferSizes.map { Int64?($0) }
    let selfEdges = graph.channels.count - sizes.count
    let document = SDF3Format.Document(
      graph: graph, bufferSizes: sizes + [Int64?](repeating: nil, count: selfEdges))
    try folder.write(try SDF3Format.write(document), to: "\(name)/graph.csdf.xml")
    try folder.write(drawing.svgFile(), to: "\(name)/graph.svg")
    guard let inputs else { return [] }
    return try writeMappings(column, inputs, to: folder.folder("\(name)/mappings"))
  }

  /// Writes the mappings that were found for a column, with a report of their own.
  ///
  /// - Returns: The warnings of that report.
  private func writeMappings(
    _ column: FlowColumn, _ inputs: ExplorationInputs, to folder: RunDirectory
  ) throws -> [String] {
    guard let outcome = column.exploration, let platform = result.run.platform else { return [] }
    return try ExplorationFolder(outcome, folder).write(
      command: command, name: "\(result.run.source.name), \(column.summary.partitions) blocks,",
      platform: platform, inputs: inputs, warnings: []
    ).warnings
  }

  private var platformName: String { result.run.platform?.name ?? "no platform" }

  /// How the quantities of the table go with the number of blocks.
  private func charts() -> [(String, Figure)] {
    let columns = result.columns.map(\.summary)
    func chart(
      _ title: String, _ axis: String, _ unit: String, scale: ChartAxis.Scale = .linear,
      _ series: [(String, (PartitionSummary) -> Double?)]
    ) -> Figure {
      XYChart(
        title: title, horizontal: ChartAxis("blocks"),
        vertical: ChartAxis(axis, unit: unit, scale: scale),
        series: series.map { name, value in
          XYChart.Series(
            name, style: name.contains("self-timed") ? .points : .linePoints,
            points: columns.compactMap { column in
              value(column).map { XYChart.Point(Double(column.partitions), $0) }
            })
        }
      ).figure()
    }
    return [
      (
        "period",
        chart(
          "Period and latency", "time", "s", scale: .logarithmic,
          [
            ("period", { $0.periodS }), ("latency", { $0.latencyS }),
            ("period, self-timed", { $0.selfTimedPeriodS }),
          ])
      ),
      (
        "processors",
        chart("Processors", "processors", "", [("processors", { Double($0.processors) })])
      ),
      (
        "memory",
        chart(
          "Memory of the channels", "memory", "B", [("channels", { Double($0.bufferBytes) })])
      ),
    ]
  }

  private func page(
    _ charts: [Figure], _ drawings: [Figure], warnings: [String]
  ) -> HTMLReport {
    var sections: [HTMLReport.Section] = [
      HTMLReport.Section(
        "Partitions", [.table(PartitionTable.table(result.columns.map(\.summary)))]),
      HTMLReport.Section(
        "How it goes with the number of blocks", charts.map { .figure($0, caption: "") }),
    ]
    for (column, drawing) in zip(result.columns, drawings) {
      sections.append(
        HTMLReport.Section(
          "\(column.summary.partitions) blocks",
          [.paragraph(column.sentence)]
            + (column.exploration == nil
              ? []
              : [.paragraph(column.mappingSentence)] + column.mappingFiles)
            + [.figure(drawing, caption: column.caption)]))
    }
    sections.append(HTMLReport.Section("What the numbers mean", Self.explanations))
    if let fact = PlatformNotes(result.run.model?.platform).fact {
      sections.append(HTMLReport.Section("What the numbers rest on", [.facts([fact])]))
    }
    if !warnings.isEmpty {
      sections.append(HTMLReport.Section("Warnings", warnings.map { .note($0) }))
    }
    sections.append(
      HTMLReport.Section("How to make this report again", [.preformatted(command)]))
    return HTMLReport(
      title: "\(result.run.source.name) on \(platformName)",
      subtitle: "Partitions of the network and what they need", sections: sections,
      footer: "Made by Outrigger \(outriggerVersion).")
  }

  private static let explanations: [HTMLReport.Content] = [
    .paragraph(
      "Every block is an actor of a CSDF graph and runs on the slowest element that supports it, so "
        + "the numbers hold for every mapping. Period and latency are those of the strictly periodic "
        + "schedule; the self-timed period is that of blocks that fire as soon as they can in the "
        + "same buffers. Processors are the total utilisation rounded up."),
    .paragraph(
      "Memory is the weights once and one tensor for every channel. Dynamic energy is the time of "
        + "each block times the active power of its element, for one inference."),
  ]
}

extension FlowColumn {
  /// What bounds the period, and what would lower it.
  fileprivate var sentence: String {
    let share = 100 / summary.utilization
    let stop: String
    switch summary.stopReason {
    case "bottleneck_not_splittable": stop = "It cannot be split."
    case "no_gain": stop = "Splitting it would not lower the period."
    default: stop = "Splitting it would lower the period."
    }
    return "\(summary.bottleneck) bounds the period: it takes "
      + "\(EngineeringNumber.text(summary.periodS ?? 0, unit: "s")), "
      + "\(EngineeringNumber.text(share, unit: "%", digits: 3)) of all work. \(stop)"
  }

  /// What a search for mappings has found.
  fileprivate var mappingSentence: String {
    guard let exploration, !exploration.front.isEmpty else {
      return "\(summary.mappingRefusal ?? "")."
    }
    return "Of \(exploration.evaluations) mappings, \(exploration.front.count) are beaten by none; "
      + "their shortest period is \(EngineeringNumber.text(summary.mappedPeriodS ?? 0, unit: "s"))."
  }

  /// The report of the mappings, where there are some.
  fileprivate var mappingFiles: [HTMLReport.Content] {
    guard summary.mappingViolations == nil else { return [] }
    let path = "partitions-\(summary.partitions)/mappings/report.html"
    return [.files([.init("report of the mappings", path: path)])]
  }

  /// What a drawing of the network shows.
  fileprivate var caption: String {
    "Blocks in topological order from the top; the thick frame marks the bottleneck."
  }

  fileprivate func drawing() -> Figure {
    GraphDrawing(
      graph, title: "\(graph.name), \(graph.blocks.count) blocks",
      seconds: evaluation.csdf.actors.map {
        Double($0.worstCaseExecutionTime) * (evaluation.secondsPerTick ?? 0)
      },
      bottleneck: evaluation.schedule.bottleneck.actor.index
    ).figure()
  }
}
