import Figures
package import MappingModel

/// What `simulate` says of a mapping, for people.
package enum SimulationText {
  /// The measures, the memories, the loads, and why the mapping is not feasible.
  package static func text(_ summary: SimulationSummary, _ evaluation: Evaluation) -> String {
    numbers(summary) + "\n" + memories(evaluation) + "\n" + loads(summary, evaluation)
      + verdict(summary)
  }

  private static func numbers(_ summary: SimulationSummary) -> String {
    var table = Table(columns: [Table.Column("what"), .number("value"), Table.Column("")])
    func add(_ name: String, _ value: Double?, _ unit: String, _ remark: String = "") {
      table.append([name, value.map { EngineeringNumber.text($0, unit: unit) } ?? "none", remark])
    }
    table.append([
      "period",
      summary.periodS.map { UncertainText.text($0, summary.periodUncertaintyS ?? 0, unit: "s") }
        ?? "none", period(summary),
    ])
    add("throughput", summary.periodS.flatMap { $0 > 0 ? 1 / $0 : nil }, "/s")
    add("latency", summary.latencyS, "s", "one inference alone")
    add("energy", summary.energyJ, "J", summary.energyJ == nil ? "" : parts(summary))
    add("average power", summary.powerW, "W")
    add("peak power", summary.peakPowerW, "W")
    add("memory", Double(summary.memoryBytes), "B")
    add("cost", summary.cost, "")
    return table.text()
  }

  private static func period(_ summary: SimulationSummary) -> String {
    if summary.deadlock != nil { return "deadlock: nothing can go on" }
    if summary.periodS == nil { return "" }
    if summary.exact { return "exact, bound by \(summary.boundBy)" }
    let window = summary.window.map { " of inferences \($0[0] + 1) to \($0[1])" } ?? ""
    return "mean\(window), bound by \(summary.boundBy)"
  }

  private static func parts(_ summary: SimulationSummary) -> String {
    let parts = [
      ("computing", summary.dynamicEnergyJ), ("idle", summary.staticEnergyJ),
      ("transfers", summary.transferEnergyJ),
    ]
    return parts.map { "\($0.0) \(EngineeringNumber.text($0.1, unit: "J"))" }.joined(
      separator: ", ")
  }

  private static func memories(_ evaluation: Evaluation) -> String {
    var table = Table(columns: [Table.Column("memory"), .number("reserved"), .number("size")])
    for use in evaluation.memories {
      table.append([
        use.name, EngineeringNumber.text(Double(use.bytes), unit: "B"),
        use.capacity.map { EngineeringNumber.text(Double($0), unit: "B") } ?? "",
      ])
    }
    return table.text()
  }

  private static func loads(_ summary: SimulationSummary, _ evaluation: Evaluation) -> String {
    var table = Table(columns: [
      Table.Column("busy"), Table.Column("what"), .number("of a period"), .number("executing"),
      .number("moving"), .number("waits for links"), .number("for tokens"), .number("for room"),
      .number("for its turn"), .number("idle"),
    ])
    func percent(_ share: Double) -> String { "\(DecimalText.fixed(share * 100, digits: 1)) %" }
    for load in evaluation.loads {
      let share = summary.load[load.name] ?? 0
      var row = [load.name, load.kind.rawValue, percent(share)]
      if load.kind == .element, let activity = summary.activity[load.name] {
        row += [
          activity.executing, activity.moving, activity.waitingForLinks,
          activity.waitingForTokens, activity.blockedByFullChannels, activity.waitingForTurn,
          activity.idle,
        ].map(percent)
      }
      row += [String](repeating: "", count: table.columns.count - row.count)
      table.append(row)
    }
    return table.text()
  }

  private static func verdict(_ summary: SimulationSummary) -> String {
    summary.violations.isEmpty
      ? "" : "\nnot feasible:\n" + summary.violations.map { "  \($0)\n" }.joined()
  }
}
