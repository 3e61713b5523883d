package import Dataflow
package import Diagnostics
import Documents
package import Foundation

/// The XML files of the SDF3 tools: synchronous and cyclo-static dataflow graphs with their
/// properties.
///
/// Source: Stuijk, Geilen, Basten 2006, "SDF3: SDF For Free", ACSD, DOI 10.1109/ACSD.2006.23, and
/// the files that come with the tool.
package enum SDF3Format {
  /// What a file describes.
  package struct Document: Hashable, Sendable {
    /// The graph.
    package let graph: CSDFGraph
    /// For each channel its buffer size in tokens, `nil` where the file gives none. A buffer size
    /// belongs to a mapping, so nothing in the graph enforces it.
    package let bufferSizes: [Int64?]
    /// Whether the file is one of synchronous dataflow, in which actors have no phases.
    package let isSynchronous: Bool
    /// What the file says otherwise than it is taken.
    package let diagnostics: [Diagnostic]

    /// Joins a graph with buffer sizes, one for each channel; by default none is known.
    package init(
      graph: CSDFGraph, bufferSizes: [Int64?]? = nil, isSynchronous: Bool = false,
      diagnostics: [Diagnostic] = []
    ) {
      self.graph = graph
      self.bufferSizes = bufferSizes ?? graph.channels.map { _ in nil }
      self.diagnostics = diagnostics
      self.isSynchronous = isSynchronous && graph.phaseCounts.allSatisfy { $0 == 1 }
    }
  }

  /// The most entries of all lists of a file together once `n*v` is written out.
  static let entryLimit = 4_000_000

  /// Reads a file's contents.
  ///
  /// - Parameters:
  ///   - data: The bytes of the file.
  ///   - file: The name for messages.
  /// - Throws: ``DataflowError/malformedFile(file:line:reason:)`` with the line of the element at
  /// fault.
  package static func read(_ data: Data, file: String) throws(DataflowError) -> Document {
    let root: XMLTree
    do { root = try XMLTree.parse(data, file: file) } catch {
      throw .malformedFile(file: error.file, line: error.line, reason: error.reason)
    }
    var reader = SDF3Reader(file: file)
    return try reader.document(root)
  }

  /// Writes a graph as `sdf` or `csdf` so that reading gives an equal document.
  ///
  /// - Throws: ``DataflowError/unwritableName(element:format:)`` for a name that XML cannot hold.
  package static func write(_ document: Document) throws(DataflowError) -> String {
    try SDF3Writer(document: document).text()
  }
}
