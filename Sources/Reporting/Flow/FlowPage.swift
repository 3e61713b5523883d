import CostModel
import Dataflow
import Diagnostics
import Exploration
package import Figures
import MappingModel
import NetworkModel
import PlatformModel
package import Preparation
import Search

/// The page of the main job: how a network's partitions compare, and what each needs.
package struct FlowPage {
  private let network: String
  private let columns: [FlowColumn]
  private let platform: OpenedPlatform?
  private let warnings: [String]
  private let command: String

  /// - Parameters:
  ///   - network: The name of the network.
  ///   - command: The command that makes the page again.
  package init(
    of network: String, _ columns: [FlowColumn], on platform: OpenedPlatform?, warnings: [String],
    command: String
  ) {
    (self.network, self.columns, self.platform) = (network, columns, platform)
    (self.warnings, self.command) = (warnings, command)
  }
}

extension FlowPage {
  /// How the quantities of the table go with the number of blocks.
  package func charts() -> [(name: String, figure: Figure)] {
    let columns = columns.map(\.summary)
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

  /// The page itself.
  package func report() -> HTMLReport {
    let charts = charts().map(\.figure)
    var sections: [HTMLReport.Section] = [
      HTMLReport.Section(
        "Partitions", [.table(PartitionTable.table(columns.map(\.summary)))]),
      HTMLReport.Section(
        "How it goes with the number of blocks", charts.map { .figure($0, caption: "") }),
    ]
    for column in columns {
      sections.append(
        HTMLReport.Section(
          "\(column.summary.partitions) blocks",
          [.paragraph(column.sentence)]
            + (column.exploration == nil
              ? []
              : [.paragraph(column.mappingSentence)] + column.mappingFiles)
            + [.figure(column.drawing(), caption: column.caption)]))
    }
    sections.append(HTMLReport.Section("What the numbers mean", Self.explanations))
    if let fact = PlatformNotes(platform?.model.platform).fact {
      sections.append(HTMLReport.Section("What the numbers rest on", [.facts([fact])]))
    }
    if !warnings.isEmpty {
      sections.append(HTMLReport.Section("Warnings", warnings.map { .note($0) }))
    }
    sections.append(
      HTMLReport.Section("How to make this report again", [.preformatted(command)]))
    return HTMLReport(
      title: "\(network) on \(platform?.name ?? "no platform")",
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

  /// The result of a search for mappings.
  fileprivate var mappingSentence: String {
    guard let exploration, !exploration.front.isEmpty else {
      return "\(summary.mappingRefusal ?? "")."
    }
    return "Of \(exploration.evaluations) mappings, \(exploration.front.count) are beaten by none; "
      + "their shortest period is \(UncertainText.text(summary.mappedPeriodS ?? 0, summary.mappedPeriodUncertaintyS ?? 0, unit: "s"))."
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

  /// A drawing of its blocks.
  package func drawing() -> Figure {
    GraphDrawing(
      graph, title: "\(graph.name), \(graph.blocks.count) blocks",
      seconds: evaluation.csdf.actors.map {
        Double($0.worstCaseExecutionTime) * (evaluation.secondsPerTick ?? 0)
      },
      bottleneck: evaluation.schedule.bottleneck.actor.index
    ).figure()
  }
}
