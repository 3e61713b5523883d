import Diagnostics
import Foundation

/// A folder of results that appears under its name only when it is complete, and that one process at a time
/// makes.
package struct RunDirectory: Sendable {
  /// The path that the folder has when it is complete.
  package let path: String
  private let aside: String
  private let mayReplace: Bool
  /// Nil for a folder within another.
  private let lock: PathLock?

  /// Makes an empty folder aside.
  ///
  /// - Parameters:
  ///   - mayReplace: Whether a folder that is there may be replaced; one that we have not made never is.
  ///   - marker: The file by which a folder is known that we have made.
  /// - Throws: ``FileError``.
  package init(path: String, mayReplace: Bool, marker: String = "run.json") throws {
    guard !path.isEmpty else {
      throw RequestError("output", "expected a folder, found nothing")
    }
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let folder = path.folderOfPath
    if !folder.isEmpty { try Self.makeFolder(folder, for: path) }
    let lock = try PathLock(path)
    Self.clearLeftovers(of: path)
    try Self.check(path, mayReplace: mayReplace, marker: marker)
    (self.path, self.mayReplace, self.lock) = (path, mayReplace, lock)
    aside = Leftovers.part(of: path)
    Leftovers.add(aside)
    do { try Self.makeFolder(aside, for: path) } catch {
      discard()
      throw error
    }
  }

  /// A folder within this one, which appears with it.
  package func folder(_ name: String) -> RunDirectory {
    RunDirectory(path: "\(path)/\(name)", aside: "\(aside)/\(name)")
  }

  private init(path: String, aside: String) {
    (self.path, self.aside, mayReplace, lock) = (path, aside, false, nil)
  }

  /// The path under which a file is written until the folder is complete.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)`` where its folder cannot be made.
  package func file(_ name: String) throws -> String {
    let full = "\(aside)/\(name)"
    try Self.makeFolder(full.folderOfPath, for: path)
    return full
  }

  /// Writes a text file into the folder.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  package func write(_ text: String, to name: String) throws {
    try OutputFile.replace(try file(name), with: text)
  }

  /// Gives the folder its name, in the place of an older one.
  ///
  /// No other process may make it until ``release()``.
  ///
  /// - Throws: ``FileError`` where a folder of this name may not be replaced, or cannot be renamed.
  package func commit() throws {
    let isThere = FileManager.default.fileExists(atPath: path)
    guard mayReplace || !isThere else { throw FileError.exists(path: path) }
    try Self.attempt(path) {
      let old = "\(aside)\(Self.oldEnding)"
      if isThere { try FileManager.default.moveItem(atPath: path, toPath: old) }
      try FileManager.default.moveItem(atPath: aside, toPath: path)
      Leftovers.forget(aside)
      if isThere { try FileManager.default.removeItem(atPath: old) }
    }
  }

  /// Removes what was written, after an error.
  package func discard() {
    try? FileManager.default.removeItem(atPath: aside)
    Leftovers.forget(aside)
    release()
  }

  /// Lets others make the folder again.
  package func release() { lock?.release() }
}

// MARK: - What is there already

extension RunDirectory {
  private static func check(_ path: String, mayReplace: Bool, marker: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    guard mayReplace else { throw FileError.exists(path: path) }
    guard FileManager.default.fileExists(atPath: "\(path)/\(marker)") else {
      let kind = marker == "run.json" ? "run directory" : "export"
      throw FileError.unwritable(
        path: path, reason: "it is there and is no \(kind) (it has no \(marker))")
    }
  }

  private static let oldEnding = ".old"

  /// Removes what processes left aside that were killed; a folder that was complete gets its name.
  private static func clearLeftovers(of path: String) {
    for part in Leftovers.parts(of: path, endings: ["", oldEnding]) where part.hasSuffix(oldEnding)
    {
      guard !FileManager.default.fileExists(atPath: path) else { break }
      // The old folder had made room for one that was complete.
      if rename(String(part.dropLast(oldEnding.count)), path) != 0 { rename(part, path) }
    }
    for part in Leftovers.parts(of: path, endings: ["", oldEnding]) {
      try? FileManager.default.removeItem(atPath: part)
    }
  }

  private static func makeFolder(_ folder: String, for path: String) throws {
    try attempt(path) {
      try Leftovers.making {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
    }
  }

  private static func attempt(_ path: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError.unwritable(
        path: path, reason: obstacle(path) ?? error.systemReason)
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
