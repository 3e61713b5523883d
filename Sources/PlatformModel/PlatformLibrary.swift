import Diagnostics
import Files
import Foundation

/// Finds platform descriptions by path or by the name of a shipped one.
package struct PlatformLibrary: Hashable, Sendable {
  /// The folders whose `Platforms/NAME.json` and `Platforms/NAME.yaml` are searched, in this order.
  package let folders: [String]

  /// A library of the platforms in some folders, the first hit counts.
  package init(folders: [String]) { self.folders = folders }
}

extension PlatformLibrary {
  /// Reads the platform that a path or a name stands for; a file of that path wins.
  ///
  /// - Throws: ``PlatformError`` or ``DocumentError``; one for an unknown name lists the names that
  ///   exist.
  package func read(_ pathOrName: String) throws -> PlatformReading {
    let path = try path(of: pathOrName)
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw PlatformError.unreadable(file: path, reason: error.localizedDescription)
    }
    return try PlatformReading(data, file: path)
  }

  /// The file that a path or a name stands for.
  ///
  /// - Throws: ``PlatformError/notFound(name:available:)``, or
  ///   ``PlatformError/unreadable(file:reason:)`` for the path of a folder.
  package func path(of pathOrName: String) throws(PlatformError) -> String {
    if isRegularFile(pathOrName) { return pathOrName }
    if let path = path(named: pathOrName) { return path }
    if pathOrName.contains("/"), FileManager.default.fileExists(atPath: pathOrName) {
      throw PlatformError.unreadable(file: pathOrName, reason: "it is not a regular file")
    }
    throw PlatformError.notFound(name: pathOrName, available: names)
  }

  /// The file of a platform in the folders; nil where none is called so.
  package func path(named name: String) -> String? {
    guard !name.isEmpty, !name.contains("/") else { return nil }
    return platformFolders.flatMap { folder in suffixes.map { "\(folder)/\(name)\($0)" } }
      .first { isRegularFile($0) }
  }

  /// The names of the platforms in the folders, sorted, each once.
  package var names: [String] {
    let files = platformFolders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { isRegularFile("\(folder)/\($0)") }
    }
    let names = files.compactMap { file in
      suffixes.first { file.hasSuffix($0) }.map { String(file.dropLast($0.count)) }
    }
    return Set(names).sorted()
  }

  /// The endings of platform files.
  private var suffixes: [String] { [".json", ".yaml", ".yml"] }

  private var platformFolders: [String] { folders.map { "\($0)/Platforms" } }
}
