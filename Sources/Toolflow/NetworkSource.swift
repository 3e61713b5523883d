import Diagnostics
import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat

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
  /// - Parameter inputShapes: Shapes for inputs whose dimensions are free.
  /// - Throws: ``ToolflowError/networkNotFound(name:known:)`` or ``ONNXError``.
  package init(
    _ pathOrName: String, inputShapes: [String: [Int]] = [:],
    folders: ResourceFolders = .standard()
  ) throws {
    if FileManager.default.fileExists(atPath: pathOrName) {
      path = pathOrName
    } else if let found = folders.model(named: pathOrName) {
      path = found
    } else {
      throw ToolflowError.networkNotFound(name: pathOrName, known: folders.modelNames)
    }
    name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    resolved = try ResolvedGraph(try ONNXModel(path: path), inputShapes: inputShapes)
  }

  /// The network as blocks.
  package func blocks(_ options: ImportOptions = .blocks) throws -> BlockGraph {
    try BlockGraph(resolved, name: name, options: options)
  }
}
