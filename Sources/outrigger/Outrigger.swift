import ArgumentParser
import Toolflow

/// The command line.
@main
struct Outrigger: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outrigger",
    abstract: "Finds the best way to run a trained neural network on an embedded platform.",
    discussion: """
      NETWORK is an ONNX file, or the name of a network of the model zoo that ./setup has brought \
      (bvlc_alexnet, vgg19, squeezenet, resnet50, …). PLATFORM is a platform description, or the \
      name of one that ships (neuraghe-v1).
      """,
    version: outriggerVersion,
    subcommands: [
      FlowCommand.self, InspectCommand.self, PartitionCommand.self, AnalyzeCommand.self,
      SimulateCommand.self, ExploreCommand.self, ReportCommand.self, ExportCommand.self,
      GenerateCommand.self,
    ])
}
