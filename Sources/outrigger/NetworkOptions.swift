import ArgumentParser
import NetworkImport
import NetworkModel
import ONNXFormat
import Toolflow

/// The network that a command works on, and how it is read.
struct NetworkOptions: ParsableArguments {
  @Argument(help: "An ONNX file, or the name of a network of the model zoo.")
  var network: String

  @Option(
    name: .customLong("input-shape"),
    help: ArgumentHelp(
      "The shape of an input, as in data=1,3,224,224; may be given again.",
      valueName: "name=d,d,…"))
  var inputShapes: [String] = []

  @Flag(
    name: .customLong("no-fold"),
    help: "Keep views (Reshape, Dropout, …) and what could be folded into convolutions as blocks.")
  var noFold = false

  /// How operators become blocks.
  var importOptions: ImportOptions { noFold ? .layers : .blocks }

  /// Opens the network.
  func open() throws -> NetworkSource {
    var shapes: [String: [Int]] = [:]
    for text in inputShapes {
      guard let separator = text.lastIndex(of: "="), separator != text.startIndex else {
        throw Self.malformed(text)
      }
      let dimensions = text[text.index(after: separator)...]
        .split(omittingEmptySubsequences: false) { $0 == "," || $0 == "x" || $0 == "×" }
        .map { Int($0) }
      let shape = dimensions.compactMap { $0 }
      guard shape.count == dimensions.count, shape.allSatisfy({ $0 > 0 }) else {
        throw Self.malformed(text)
      }
      shapes[String(text[..<separator])] = shape
    }
    return try NetworkSource(network, inputShapes: shapes)
  }

  private static func malformed(_ text: String) -> ToolflowError {
    .option(
      name: "--input-shape", reason: "expected name=d,d,… as data=1,3,224,224, found \"\(text)\"")
  }
}
