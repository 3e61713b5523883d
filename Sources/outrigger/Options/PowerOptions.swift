import ArgumentParser

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
}
