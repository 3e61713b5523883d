import Diagnostics
package import Files
import Foundation
package import NetworkImport
package import NetworkModel
import ONNXFormat
package import ONNXResolution

/// A network as it was opened: resolved, and ready to be seen as blocks.
package struct NetworkSource: Sendable {
  /// The path of the file.
  package let path: String
  /// The name of the network: the file's name without its ending.
  package let name: String
  /// The graph with all shapes and constants.
  package let resolved: ResolvedGraph

  /// Opens a network by the path of its file or by its name in the model zoo.
  ///
  /// - Parameter reading: What the user says of its inputs, and which part is wanted.
  /// - Throws: ``PreparationError`` or ``ONNXError``; either names the file.
  package init(
    _ pathOrName: String, reading: NetworkReading = NetworkReading(),
    folders: ResourceFolders = .standard()
  ) throws {
    if FileManager.default.fileExists(atPath: pathOrName) {
      path = pathOrName
    } else if let found = folders.model(named: pathOrName) {
      path = found
    } else {
      throw PreparationError.networkNotFound(name: pathOrName, known: KnownNames(folders))
    }
    name = path.stemOfPath
    let path = path
    resolved = try Self.namingFile(path) {
      try ResolvedGraph(try ONNXModel(path: path), reading: reading)
    }
  }

  /// The network as blocks.
  ///
  /// - Throws: ``ONNXError``, ``PreparationError`` or `RequestError`, with the path of the file.
  package func blocks(_ options: ImportOptions = .blocks) throws -> BlockGraph {
    try Self.namingFile(path) { try BlockGraph(resolved, name: name, options: options) }
  }

  /// Puts the name of the file before an error that names only a node, a tensor or a value.
  private static func namingFile<Result>(
    _ path: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as ONNXError {
      switch error {
      case .file, .malformed: throw error
      case .reading(let key, let reason):
        throw RequestError(key, "\(path): \(reason)")
      default: throw PreparationError.network(path: path, reason: error.message)
      }
    }
  }
}
