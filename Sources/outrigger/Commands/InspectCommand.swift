import ArgumentParser
import Toolflow

/// Says what a network or a platform consists of, and what blocks cost.
struct InspectCommand: JobCommand {
  static let kind = JobKind.inspect

  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show a network's size and what its blocks cost, or what a platform consists of.",
    discussion: """
      With --platform the table says what each block costs on each element; with --mapping too, how \
      long an inference keeps each element and link busy. The argument may also be a platform. \
      --output draws the network or the platform.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var partition: PartitionOptions
  @OptionGroup var result: ResultOptions

  @Option(help: "Show the nodes and edges of this view: layer, block or neuron.")
  var view: NetworkView = InspectJob().view

  @Option(help: ArgumentHelp("A mapping, whose load is reported.", valueName: "file"))
  var mapping: String?

  @Option(help: "An SVG file to draw to.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var force = false
}
