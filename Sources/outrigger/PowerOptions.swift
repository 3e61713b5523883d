import ArgumentParser
import Dataflow
import Diagnostics
import Quantities
import Reporting

/// The clock and the power of the processors of a strictly periodic schedule.
struct PowerOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A clock, in MHz or with a unit, as 1.4GHz: --sps also gives power and energy.",
      valueName: "clock"))
  var frequency: String?

  @Option(
    name: .customLong("power-model"),
    help: ArgumentHelp(
      "The watts of a processor by its clock in MHz, A*f^B at work and C always; an Odroid XU3 by default.",
      valueName: "A,B,C"))
  var powerModel: String?

  /// What was given; nil without a clock.
  ///
  /// - Parameter secondsPerTick: The length of a tick, nil for a cycle of the clock.
  func options(secondsPerTick: Double?) throws -> PowerSummary.Options? {
    guard let frequency else { return nil }
    guard let megahertz = UnitTable.clock.value(of: frequency), megahertz > 0, megahertz < 1e6
    else {
      throw RequestError(
        "frequency", "expected MHz, or as 1.4GHz, found \"\(frequency)\"")
    }
    let model = try powerModel.map(model) ?? .odroidXU3
    return .init(model: model, megahertz: megahertz, secondsPerTick: secondsPerTick)
  }

  private func model(_ text: String) throws -> PowerModel {
    let values = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard values.count == 3, let a = values[0], let b = values[1], let c = values[2],
      let model = PowerModel(coefficient: a, exponent: b, idle: c)
    else {
      throw RequestError(
        "power_model", "expected three numbers A,B,C of at least 0, found \"\(text)\"")
    }
    return model
  }
}
