import Diagnostics
import Foundation

/// The JSON form of a cyclo-static dataflow graph that the ESPAM and DARTS tools exchange.
///
/// Nodes have an id, a function, worst-case times and ports with rates; edges join ports by the ids
/// of the actor and the port. Beyond those tools an edge may have `token_size`.
package enum CSDFJSONFormat {
  /// The most entries of all lists together once each is as long as its actor has phases.
  static let entryLimit: Int64 = 20_000_000

  /// Reads a file's contents.
  ///
  /// - Parameters:
  ///   - data: The bytes of the file.
  ///   - file: The name for messages.
  /// - Throws: ``DataflowError/malformedFile(file:line:reason:)`` with the key path at fault.
  package static func read(_ data: Data, file: String) throws(DataflowError) -> CSDFGraph {
    func malformed(_ reason: String) -> DataflowError {
      .malformedFile(file: file, line: nil, reason: reason)
    }
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: data)
    } catch let error as DecodingError {
      throw malformed(error.message(in: data))
    } catch {
      throw malformed("expected a JSON object")
    }
    do {
      return try document.graph()
    } catch {
      throw malformed("\(error)")
    }
  }

  /// Writes a graph; every list is written out to the number of phases of its actor, as the format
  /// asks.
  ///
  /// - Throws: ``DataflowError/tooManyPhases(graph:limit:)`` when that makes too many entries.
  package static func write(_ graph: CSDFGraph) throws(DataflowError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = try Document(graph)
    do {
      return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    } catch {
      throw .malformedFile(file: graph.name, line: nil, reason: "cannot be written as JSON")
    }
  }
}
