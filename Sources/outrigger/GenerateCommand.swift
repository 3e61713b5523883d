import ArgumentParser
import Diagnostics
import Documents
import Files
import Foundation
import NetworkImport
import ONNXFormat
import Preparation
import Reporting

/// Writes a network that we know, with seeded random weights.
struct GenerateCommand: ParsableCommand {
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
  var seed: UInt64 = 1

  @Flag(help: "Write the shapes of the weights, but not their values.")
  var withoutWeights = false

  @Flag(help: "AlexNet without groups in its convolutions.")
  var ungrouped = false

  @Flag(help: "Replace a file that exists.")
  var force = false

  @OptionGroup var result: ResultOptions

  /// What was written.
  private struct Summary: Encodable {
    var output: String
    var bytes: Int
    var parameters: Int
  }

  func run() throws {
    if ungrouped, network != .alexnet {
      throw RequestError("ungrouped", "only alexnet has groups")
    }
    let file = try OutputFile(output, force: force)
    let model = network.model(seed: withoutWeights ? nil : seed, grouped: !ungrouped)
    try file.write { try model.write(to: $0) }
    let attributes = try FileManager.default.attributesOfItem(atPath: output)
    let parameters = try NetworkSource(output).parameterCount()
    let summary = Summary(
      output: output, bytes: attributes[.size] as? Int ?? 0, parameters: parameters)
    if result.json {
      Console.show(try JSONText.encode(summary))
    } else {
      print("\(output): \(network.rawValue), \(parameters) parameters, \(summary.bytes) bytes")
    }
  }
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
