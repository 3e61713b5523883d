import ArgumentParser
import Diagnostics
import NetworkImport
import Toolflow

/// Writes a network that we know, with seeded random weights.
struct GenerateCommand: JobCommand {
  static let kind = JobKind.generate

  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write a well-known network with seeded random weights as an ONNX file.",
    discussion: "Weights are normal, He-scaled, and depend on the seed alone.")

  @Argument(
    help: ArgumentHelp(
      "One of \(GeneratedNetwork.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "network"), transform: { try GeneratedNetwork(called: $0) })
  var network: GeneratedNetwork

  @Option(help: "The ONNX file to write.")
  var output: String

  @Option(parsing: .unconditional, help: "The seed of the weights.")
  var seed: UInt64 = GenerateJob().seed

  @Flag(help: "Write the shapes of the weights, but not their values.")
  var withoutWeights = false

  @Flag(help: "AlexNet without groups in its convolutions.")
  var ungrouped = false

  @Flag(help: "Replace a file that exists.")
  var force = false

  @OptionGroup var result: ResultOptions
}

extension GeneratedNetwork {
  /// - Throws: `ValidationError` with the names that are known.
  fileprivate init(called name: String) throws {
    guard let network = GeneratedNetwork(rawValue: name) else {
      let names = Self.allCases.map(\.rawValue)
      let similar = name.similar(in: names)
      throw ValidationError(
        "expected one of \(names.joined(separator: ", "))\(similar.asQuestion)")
    }
    self = network
  }
}
