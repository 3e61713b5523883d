import ArgumentParser

/// What the user says of a network where its file leaves a choice, and which part of it is wanted.
struct ReadingOptions: ParsableArguments {
  @Option(
    name: .customLong("input-shape"),
    help: ArgumentHelp(
      "The shape of an input, as in data=1,3,224,224; may be given again.",
      valueName: "name=d,d,…"))
  var shapes: [String] = []

  @Option(
    name: .customLong("dim"),
    help: ArgumentHelp(
      "The sizes of named dimensions, as in batch=1,sequence=128.", valueName: "name=size,…"))
  var dimensions: [String] = []

  @Option(
    name: .customLong("input-value"),
    help: ArgumentHelp(
      "What an input always is, as in rate=16000 or sizes=1,2,3; may be given again.",
      valueName: "name=value,…"))
  var values: [String] = []

  @Option(
    help: ArgumentHelp(
      "Inputs that are weights written without their values.", valueName: "name,…"))
  var weights: [String] = []

  @Option(
    name: .customLong("no-weights"),
    help: ArgumentHelp("Inputs that are no weights but inputs.", valueName: "name,…"))
  var noWeights: [String] = []

  @Option(
    name: .customLong("network-inputs"),
    help: ArgumentHelp(
      "Values at which the network begins, to leave out what is before them.",
      valueName: "name,…"))
  var first: [String] = []

  @Option(
    name: .customLong("network-outputs"),
    help: ArgumentHelp(
      "Values at which the network ends, to leave out what is behind them.", valueName: "name,…"))
  var last: [String] = []
}
