package import Dataflow
import Diagnostics
package import Foundation

/// The JSON form of a cyclo-static dataflow graph that the ESPAM and DARTS tools exchange.
///
/// Nodes have an id, a function, worst-case times and ports with rates; edges join ports by the ids
/// of the actor and the port. Beyond those tools an edge may have `token_size` and `buffer_size`.
package enum CSDFJSONFormat {
  /// Reads the graph of a file's contents.
  ///
  /// - Throws: As ``readDocument(_:file:)``.
  package static func read(_ data: Data, file: String) throws(DataflowError) -> CSDFGraph {
    try readDocument(data, file: file).graph
  }

  /// Reads a file's contents.
  ///
  /// - Parameters:
  ///   - data: The bytes of the file.
  ///   - file: The name for messages.
  /// - Throws: ``DataflowError/malformedFile(file:line:reason:)`` with the key path at fault.
  package static func readDocument(
    _ data: Data, file: String
  ) throws(DataflowError) -> SDF3Format.Document {
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
      return SDF3Format.Document(
        graph: try document.graph(), bufferSizes: try document.bufferSizes())
    } catch {
      throw malformed("\(error)")
    }
  }

  /// Writes a graph; every list is written out to the number of phases of its actor, as the format
  /// asks.
  package static func write(_ graph: CSDFGraph) throws(DataflowError) -> String {
    try write(SDF3Format.Document(graph: graph))
  }

  /// Writes a graph with its buffer sizes.
  package static func write(
    _ document: SDF3Format.Document
  ) throws(DataflowError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let (name, document) = (document.graph.name, try Document(document))
    do {
      return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    } catch {
      throw .malformedFile(file: name, line: nil, reason: "cannot be written as JSON")
    }
  }
}
