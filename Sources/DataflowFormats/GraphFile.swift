package import Dataflow
package import Foundation

/// Dataflow graphs in files of any known format.
package enum GraphFile {
  /// The largest file that is read.
  static let sizeLimit = 1 << 30

  /// Reads a graph, from XML when the contents begin with `<` and from JSON when they begin with
  /// `{`.
  ///
  /// - Throws: ``DataflowError`` naming the file and the place at fault.
  package static func read(path: String) throws(DataflowError) -> CSDFGraph {
    try readDocument(path: path).graph
  }

  /// Reads a graph with the buffer sizes that its file has.
  ///
  /// - Throws: ``DataflowError`` naming the file and the place at fault.
  package static func readDocument(path: String) throws(DataflowError) -> SDF3Format.Document {
    let data: Data
    do {
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      guard size <= sizeLimit else {
        throw DataflowError.unreadableFile(path: path, reason: "larger than \(sizeLimit) bytes")
      }
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch let error as DataflowError {
      throw error
    } catch {
      throw .unreadableFile(path: path, reason: "the file cannot be read")
    }
    return try document(data, file: path)
  }

  /// Reads a graph from the contents of a file whose name is used in messages.
  package static func read(_ data: Data, file: String) throws(DataflowError) -> CSDFGraph {
    try document(data, file: file).graph
  }

  private static func document(
    _ data: Data, file: String
  ) throws(DataflowError) -> SDF3Format.Document {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let contents = data.starts(with: byteOrderMark) ? data.dropFirst(byteOrderMark.count) : data
    switch contents.first(where: { !" \t\r\n".utf8.contains($0) }) {
    case UInt8(ascii: "<"): return try SDF3Format.read(Data(contents), file: file)
    case UInt8(ascii: "{"): return try CSDFJSONFormat.readDocument(Data(contents), file: file)
    default:
      throw .malformedFile(file: file, line: nil, reason: "expected SDF3 XML or CSDF JSON")
    }
  }
}
