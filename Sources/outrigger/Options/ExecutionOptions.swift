import ArgumentParser
import DataflowConversion
import Toolflow

/// How a mapping is executed.
struct ExecutionOptions: ParsableArguments {
  @Option(help: "What a firing of a network's block works on: tensor or line.")
  var granularity: Granularity = ExecutionInput().granularity

  @Option(
    help: ArgumentHelp(
      "What channels hold: periodic, as the strictly periodic schedule needs, or the tensors of "
        + "so many inferences.", valueName: "periodic|N"))
  var buffers: String = "periodic"
}

extension Granularity: ExpressibleByArgument {}
