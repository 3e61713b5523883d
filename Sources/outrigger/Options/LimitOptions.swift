import ArgumentParser

/// What mappings are held against.
struct LimitOptions: ParsableArguments {
  @OptionGroup var required: RequirementOptions

  @Flag(help: "Let the weights on an element be limited by its own memory.")
  var localMemory = false
}

/// The limits that a mapping has to keep.
struct RequirementOptions: ParsableArguments {
  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "Limits, as in throughput>=30,latency<=50ms,power<=5W,energy<=0.1J,memory<=64MB,cost<=3; also "
        + "period and peak_power, and 15fps for a rate to reach.", valueName: "limits"))
  var texts: [String] = []
}
