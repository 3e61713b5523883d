import Diagnostics
import Foundation

/// A folder of results that appears under its name only when it is complete.
package struct RunDirectory: Sendable {
  /// The folder's path.
  package let path: String
  private let aside: String

  /// Makes an empty folder aside.
  ///
  /// - Parameters:
  ///   - mayReplace: Whether a folder that is there may be replaced; one that we have not made never is.
  ///   - marker: The file by which a folder is known that we have made.
  /// - Throws: ``ToolflowError``.
  package init(path: String, mayReplace: Bool, marker: String = "run.json") throws {
    guard !path.isEmpty else {
      throw ToolflowError.option(name: "--output", reason: "expected a folder, found nothing")
    }
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    if FileManager.default.fileExists(atPath: path) {
      guard mayReplace else { throw ToolflowError.exists(path: path) }
      guard FileManager.default.fileExists(atPath: "\(path)/\(marker)") else {
        let kind = marker == "run.json" ? "run directory" : "export"
        throw ToolflowError.unwritable(
          path: path, reason: "it is there and is no \(kind) (it has no \(marker))")
      }
    }
    self.path = path
    aside = "\(path).\(ProcessInfo.processInfo.processIdentifier).part"
    Self.removeLeftovers(of: path)
    try Self.attempt(path) {
      try FileManager.default.createDirectory(atPath: aside, withIntermediateDirectories: true)
    }
  }

  /// A folder within this one, which appears with it.
  package func folder(_ name: String) -> RunDirectory {
    RunDirectory(path: "\(path)/\(name)", aside: "\(aside)/\(name)")
  }

  private init(path: String, aside: String) { (self.path, self.aside) = (path, aside) }

  /// The path under which a file is written until the folder is complete.
  package func file(_ name: String) throws -> String {
    let full = "\(aside)/\(name)"
    try Self.attempt(path) {
      try FileManager.default.createDirectory(
        atPath: full.folderOfPath, withIntermediateDirectories: true)
    }
    return full
  }

  /// Writes a text file into the folder.
  package func write(_ text: String, to name: String) throws {
    try OutputFile.write(text, to: try file(name))
  }

  /// Gives the folder its name, in the place of an older one.
  package func commit() throws {
    try Self.attempt(path) {
      let old = "\(aside).old"
      if FileManager.default.fileExists(atPath: path) {
        try FileManager.default.moveItem(atPath: path, toPath: old)
      }
      try FileManager.default.moveItem(atPath: aside, toPath: path)
      if FileManager.default.fileExists(atPath: old) {
        try FileManager.default.removeItem(atPath: old)
      }
    }
  }

  /// Removes what runs left aside that were killed.
  private static func removeLeftovers(of path: String) {
    let folder = path.folderOfPath
    let prefix = path.nameOfPath + "."
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    for name in names ?? [] where name.hasPrefix(prefix) && name.hasSuffix(".part") {
      guard let owner = Int32(name.dropFirst(prefix.count).dropLast(".part".count)),
        kill(owner, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: folder.isEmpty ? name : "\(folder)/\(name)")
    }
  }

  /// Removes what was written, after an error.
  package func discard() { try? FileManager.default.removeItem(atPath: aside) }

  private static func attempt(_ path: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as ToolflowError {
      throw error
    } catch {
      throw ToolflowError.unwritable(
        path: path, reason: obstacle(path) ?? error.localizedDescription)
    }
  }

  /// What stands where a folder of the path should be.
  private static func obstacle(_ path: String) -> String? {
    var folder = path.folderOfPath
    while !folder.isEmpty, folder != "/" {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
        return isFolder.boolValue ? nil : "\(folder) is not a folder"
      }
      folder = folder.folderOfPath
    }
    return nil
  }
}
