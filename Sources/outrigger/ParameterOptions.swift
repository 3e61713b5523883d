import ArgumentParser
import Dataflow
import PiSDF
import Toolflow

/// The values of the parameters of a PiSDF graph.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: .customLong("parameter"),
    help: ArgumentHelp(
      "Set or override a parameter of a PiSDF graph, as in agg=4 or layer1/agg=4; may be given again.",
      valueName: "name=value"))
  var parameters: [String] = []

  /// Reads a graph file of any format.
  func graph(path: String) throws -> CSDFGraph {
    guard GraphFile.format(ofFile: path) == .piSDF else {
      try checkUnused()
      return try GraphFile.read(path: path)
    }
    let model = try PiSDFModel(path: path)
    do {
      return try PiSDFFlattening(model, options: .init(valuation: try valuation())).graph
    } catch let error as PiSDFError {
      throw error.inFile(path)
    }
  }

  /// Checks that no parameters are given, where there are none.
  func checkUnused() throws {
    guard let first = parameters.first else { return }
    throw ToolflowError.option(
      name: "--parameter", reason: "only PiSDF files have parameters, found \"\(first)\"")
  }

  private func valuation() throws -> [String: Int64] {
    var values: [String: Int64] = [:]
    for text in parameters {
      guard let separator = text.lastIndex(of: "="), separator != text.startIndex,
        let value = Int64(text[text.index(after: separator)...])
      else {
        throw ToolflowError.option(
          name: "--parameter", reason: "expected name=value with an integer, found \"\(text)\"")
      }
      guard values.updateValue(value, forKey: String(text[..<separator])) == nil else {
        throw ToolflowError.option(
          name: "--parameter", reason: "\"\(text[..<separator])\" is given twice")
      }
    }
    return values
  }
}
