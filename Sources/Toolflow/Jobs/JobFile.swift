package import Diagnostics
import Documents
import Files
import Foundation

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
      return isName && !isThere ? value : .text(inside)
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
  /// The file.
  let file: String
  let error: RequestError

  /// An error at a key of a file.
  package init(_ file: String, _ error: RequestError) { (self.file, self.error) = (file, error) }

  /// The file, the key and the reason, for the user.
  package var message: String {
    "\(file): \(error.key): \(error.reason.replacing(/`([a-z][a-z_]*)`/) { $0.1 })"
  }

  /// The fault lies in the input.
  package var fault: Fault { .input }
}
