import ArgumentParser

/// The values of the parameters of a PiSDF graph.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: .customLong("parameter"),
    help: ArgumentHelp(
      "Set or override a parameter of a PiSDF graph, as in agg=4 or layer1/agg=4; may be given again.",
      valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    name: .customLong("execution-time"),
    help: ArgumentHelp(
      "The ticks that an actor of a PiSDF graph takes, 1 by default, as in layer1/conv=20; may be given again.",
      valueName: "actor=ticks"))
  var executionTimes: [String] = []
}
