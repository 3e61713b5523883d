import ArgumentParser
import Dataflow
import Toolflow

/// The clock and the power of the processors of a strictly periodic schedule.
struct PowerOptions: ParsableArguments {
  @Option(help: "A clock in MHz: --sps also gives power and energy.")
  var frequency: Double?

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
    guard let frequency else {
      guard powerModel == nil else {
        throw ToolflowError.option(name: "--power-model", reason: "it needs a --frequency")
      }
      return nil
    }
    guard frequency > 0, frequency < 1e6 else {
      throw ToolflowError.option(name: "--frequency", reason: "expected MHz, found \(frequency)")
    }
    let model = try powerModel.map(model) ?? .odroidXU3
    return .init(model: model, megahertz: frequency, secondsPerTick: secondsPerTick)
  }

  private func model(_ text: String) throws -> PowerModel {
    let values = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard values.count == 3, let a = values[0], let b = values[1], let c = values[2],
      let model = PowerModel(coefficient: a, exponent: b, idle: c)
    else {
      throw ToolflowError.option(
        name: "--power-model",
        reason: "expected three numbers A,B,C of at least 0, found \"\(text)\"")
    }
    return model
  }
}
