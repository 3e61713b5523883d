import ArgumentParser
import Quantities

/// Seconds in an option, written with or without a unit: `5`, `5s`, `2min`, `1h`, `500 ms`.
struct Timespan: ExpressibleByArgument, Hashable {
  let seconds: Double
  /// As it was written.
  let defaultValueDescription: String

  init?(argument: String) {
    guard let seconds = UnitTable.duration.value(of: argument), seconds >= 0 else { return nil }
    (self.seconds, defaultValueDescription) = (seconds, argument)
  }

  /// What a text should look like, for messages.
  static let units = UnitTable.duration.units.map(\.name).joined(separator: ", ")
}
