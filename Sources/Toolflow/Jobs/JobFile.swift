package import Diagnostics
import Documents
import Files
import Foundation
import PlatformModel

/// A file that asks for a job.
package struct JobFile: Sendable {
  /// The path of the file.
  package let path: String
  /// Its keys and values, relative paths as seen from the folder of the process.
  package var document: JobDocument

  /// Reads a job file, YAML or JSON. Relative paths in it are those from its folder; what is the name of a network
  /// or a platform stays one.
  ///
  /// - Throws: `DocumentError`, or ``JobFileError`` naming the key.
  package init(path: String) throws {
    self.path = path
    do {
      document = try JobDocument(try DocumentNode(path: path))
    } catch let error as RequestError {
      throw JobFileError(path, error)
    }
    let folder = path.folderOfPath
    let pathKeys = document.kind.pathKeys
    for member in document.values where pathKeys.contains(member.key) {
      document[member.key] = Self.resolve(member.value, in: folder, member.key)
    }
  }

  private static func resolve(
    _ value: DocumentValue, in folder: String, _ key: String
  ) -> DocumentValue {
    switch value {
    case .text(let text):
      guard !folder.isEmpty, !text.hasPrefix("/") else { return value }
      let inside = "\(folder)/\(text)"
      let isName = ["input", "platform"].contains(key) && !text.contains("/")
      let isThere = FileManager.default.fileExists(atPath: inside)
      guard isName, !isThere else { return .text(inside) }
      // What lies in the folder of the process and is called so is not meant.
      guard FileManager.default.fileExists(atPath: text) else { return value }
      let folders = ResourceFolders.standard()
      let known =
        key == "input"
        ? folders.model(named: text)
        : PlatformLibrary(folders: folders.platformFolders).path(named: text)
      return .text(known ?? inside)
    case .list(let items): return .list(items.map { resolve($0, in: folder, key) })
    default: return value
    }
  }

  /// The job of the file.
  ///
  /// - Throws: ``JobFileError`` naming the key.
  package func job() throws -> any Job {
    do {
      return try document.job()
    } catch let error as RequestError {
      throw JobFileError(path, error)
    }
  }
}

/// A key of a job file has an impossible value, or no meaning.
package struct JobFileError: UserFacingError, Hashable {
  /// The file, the key where it is known, and the reason, for the user.
  package let message: String

  /// An error at a key of a file.
  package init(_ file: String, _ error: RequestError) {
    message = "\(file): \(error.key): \(Self.plain(error.reason))"
  }

  /// An error in what a file asks for.
  package init(_ file: String, _ error: any UserFacingError) {
    message = "\(file): \(Self.plain(error.message))"
  }

  private static func plain(_ text: String) -> String {
    text.replacing(/`([a-z][a-z_]*)`/) { String($0.1) }
  }

  /// The fault lies in the input.
  package var fault: Fault { .input }
}
