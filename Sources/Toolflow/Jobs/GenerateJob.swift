import Diagnostics
import Documents
import Files
import Foundation
package import NetworkImport
import ONNXFormat
import Preparation
import Reporting

/// A well-known network with seeded random weights as an ONNX file.
package struct GenerateJob: Job {
  /// The job `generate`.
  package static let kind = JobKind.generate

  /// The network that is generated.
  package var network = GeneratedNetwork.alexnet
  /// The seed of the random weights.
  package var seed: UInt64 = 1
  /// Whether weights have shapes but no values.
  package var withoutWeights = false
  /// Whether the convolutions of AlexNet have no groups.
  package var ungrouped = false
  /// The ONNX file.
  package var output = OutputInput()

  /// The keys of the job, in the order in which they are written.
  package static let keys: [JobKey<GenerateJob>] =
    [
      JobKey("input", \.network, .word), JobKey("seed", \.seed, .seed),
      JobKey("without_weights", \.withoutWeights, .flag), JobKey("ungrouped", \.ungrouped, .flag),
    ] + OutputInput.keys.of(\.output)

  /// A job for AlexNet with all defaults.
  package init() {}

  /// The file that was written.
  package struct Outcome: JobOutcome, Encodable {
    /// The path of the ONNX file.
    package var output: String
    /// The size of the file in bytes.
    package var bytes: Int
    /// The number of weights of the network.
    package var parameters: Int
    private let network: GeneratedNetwork

    fileprivate init(_ network: GeneratedNetwork, output: String, bytes: Int, parameters: Int) {
      (self.network, self.output) = (network, output)
      (self.bytes, self.parameters) = (bytes, parameters)
    }

    private enum CodingKeys: String, CodingKey { case output, bytes, parameters }

    /// The outcome as JSON.
    package func json() throws -> String { try JSONText.encode(self) }

    /// The outcome as a line.
    package func text() -> String {
      "\(output): \(network.rawValue), \(parameters) parameters, \(bytes) bytes\n"
    }
  }

  /// Writes the ONNX file.
  ///
  /// - Throws: `RequestError` without a file or for `ungrouped` with another network, or the error
  ///   of the file.
  package func run(in context: JobContext) throws -> Outcome {
    if ungrouped, network != .alexnet {
      throw RequestError("ungrouped", "only alexnet has groups")
    }
    guard let file = try output.file() else {
      throw RequestError("output", "a network needs the name of a file")
    }
    let model = network.model(seed: withoutWeights ? nil : seed, grouped: !ungrouped)
    try file.write { try model.write(to: $0) }
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    return Outcome(
      network, output: file.path, bytes: attributes[.size] as? Int ?? 0,
      parameters: try NetworkSource(file.path).parameterCount())
  }
}
