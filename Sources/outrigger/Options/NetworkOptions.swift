import ArgumentParser

/// The network that a command works on, and how it is read.
struct NetworkOptions: ParsableArguments {
  @Argument(help: "An ONNX file, or the name of a network of the model zoo.")
  var network: String

  @OptionGroup var reading: ReadingOptions

  @Flag(
    name: .customLong("no-fold"),
    help: "Keep views (Reshape, Dropout, …) and what could be folded into convolutions as blocks.")
  var noFold = false
}
