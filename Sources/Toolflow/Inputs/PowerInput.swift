import Dataflow
import Diagnostics
import Quantities
package import Reporting

/// The clock and the power of the processors of a strictly periodic schedule.
package struct PowerInput: Hashable, Sendable {
  /// The clock of all processors, in MHz or with a unit such as `1.4GHz`; nil for no power at all.
  package var frequency: String?
  /// The watts of a processor by its clock in MHz, A·f^B at work and C always, as `A,B,C`; nil for an Odroid XU3.
  package var model: String?

  /// The defaults: no clock, so that no power is computed.
  package init() {}

  static let keys: [JobKey<PowerInput>] = [
    JobKey("frequency", \.frequency, .scalar { _ = try megahertz($0, $1) }),
    JobKey("power_model", \.model, .scalar { _ = try model($0, $1) }),
  ]

  /// The options of the power of a schedule; nil without a clock.
  ///
  /// - Parameter secondsPerTick: The length of a tick in seconds; nil for a cycle of the clock.
  /// - Throws: `RequestError` for a clock or a model that cannot be read.
  package func options(secondsPerTick: Double?) throws -> PowerSummary.Options? {
    guard let frequency else { return nil }
    return .init(
      model: try model.map { try Self.model($0, "power_model") } ?? .odroidXU3,
      megahertz: try Self.megahertz(frequency, "frequency"), secondsPerTick: secondsPerTick)
  }

  @Sendable private static func megahertz(_ text: String, _ key: String) throws -> Double {
    guard let megahertz = UnitTable.clock.value(of: text), megahertz > 0, megahertz < 1e6 else {
      throw RequestError(key, "expected MHz, or as 1.4GHz, found \"\(text)\"")
    }
    return megahertz
  }

  @Sendable private static func model(_ text: String, _ key: String) throws -> PowerModel {
    let values = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard values.count == 3, let a = values[0], let b = values[1], let c = values[2],
      let model = PowerModel(coefficient: a, exponent: b, idle: c)
    else {
      throw RequestError(key, "expected three numbers A,B,C of at least 0, found \"\(text)\"")
    }
    return model
  }
}
