import ArgumentParser
import CostModel
import Toolflow

/// The platform that a command works with, and how values are stored on it.
struct PlatformOptions: ParsableArguments {
  @Option(help: "A platform description, or the name of one that ships, as neuraghe-v1.")
  var platform: String?

  @Option(
    help: ArgumentHelp(
      "The width of values: model (the types in the file), platform, float32, float16, int8, ….",
      valueName: "format"))
  var precision: String = PlatformInput().precision.description

  @Flag(help: "Refuse operators that no element lists, instead of running them slowly.")
  var strictOperators = false

  @Option(
    help: ArgumentHelp(
      "A CSV table of measured times, which go before computed ones (export times writes one).",
      valueName: "file"))
  var times: String?
}
