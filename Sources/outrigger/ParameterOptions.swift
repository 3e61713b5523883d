import ArgumentParser
import Dataflow
import DataflowFormats
import Diagnostics
import Interchange
import PiSDF

/// The values of the parameters of a PiSDF graph.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: .customLong("parameter"),
    help: ArgumentHelp(
      "Set or override a parameter of a PiSDF graph, as in agg=4 or layer1/agg=4; may be given again.",
      valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    name: .customLong("execution-time"),
    help: ArgumentHelp(
      "The ticks that an actor of a PiSDF graph takes, 1 by default, as in layer1/conv=20; may be given again.",
      valueName: "actor=ticks"))
  var executionTimes: [String] = []

  /// Reads a graph file of any format and says what it found odd.
  func graph(path: String, quiet: Bool) throws -> CSDFGraph {
    let document = try document(path: path)
    Console.warn(document.diagnostics, quiet: quiet)
    return document.graph
  }

  /// Reads a graph file of any format with the buffer sizes that it gives.
  func document(path: String) throws -> SDF3Format.Document {
    let format = GraphFile.format(ofFile: path)
    guard format == .piSDF else {
      return format == .sesame
        ? SDF3Format.Document(graph: try SesameReader.application(path: path).graph)
        : try GraphFile.readDocument(path: path)
    }
    let model = try PiSDFModel(path: path)
    let options = PiSDFFlattening.Options(
      valuation: try values(of: parameters, "--parameter"),
      executionTimes: try values(of: executionTimes, "--execution-time"))
    do {
      let flat = try PiSDFFlattening(model, options: options)
      return SDF3Format.Document(
        graph: flat.graph,
        diagnostics: flat.diagnostics.map { Diagnostic("\(path): \($0.subject)", $0.message) })
    } catch {
      throw error.inFile(path)
    }
  }

  private func values(of texts: [String], _ option: String) throws -> [String: Int64] {
    var values: [String: Int64] = [:]
    for text in texts {
      guard let separator = text.lastIndex(of: "="), separator != text.startIndex,
        let value = Int64(text[text.index(after: separator)...])
      else {
        throw OptionError(
          option, "expected name=value with an integer, found \"\(text)\"")
      }
      guard values.updateValue(value, forKey: String(text[..<separator])) == nil else {
        throw OptionError(
          option, "\"\(text[..<separator])\" is given twice")
      }
    }
    return values
  }
}
