import Files
import Foundation

extension PiSDFModel {
  /// The contents of a file for each graph, by its path.
  ///
  /// - Throws: ``PiSDFError/invalid(graph:element:reason:)`` for a name that XML cannot hold.
  package func files() throws(PiSDFError) -> [String: String] {
    var files: [String: String] = [:]
    for (path, graph) in graphs { files[path] = try PiSDFWriter(graph: graph).text() }
    return files
  }

  /// Writes a file for each graph below a folder, which is the root when they are read again.
  ///
  /// - Throws: ``PiSDFError`` for a name that XML cannot hold or a file that cannot be written.
  package func write(toFolder folder: String) throws(PiSDFError) {
    for (path, text) in try files().sorted(by: { $0.key < $1.key }) {
      let file = URL(fileURLWithPath: folder).appendingPathComponent(path)
      do {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try AtomicFile.write(Array(text.utf8), to: file.path)
      } catch {
        throw .file(path: file.path, reason: "the file cannot be written")
      }
    }
  }
}
