import Diagnostics
import Foundation

/// Texts that become files of a folder together: none where one of them cannot be written.
package struct FileGroup {
  private let folder: String
  private var texts: [(name: String, text: String)] = []

  /// A group without files.
  ///
  /// - Parameter folder: The folder, which need not be there; it may have other files.
  package init(in folder: String) { self.folder = folder }

  /// Adds a text file to the group.
  ///
  /// - Parameter name: Its path within the folder.
  package mutating func add(_ text: String, to name: String) { texts.append((name, text)) }

  /// Writes all files aside, and gives them their names when all are complete.
  ///
  /// - Throws: ``FileError``.
  package func write() throws {
    guard !texts.isEmpty else { return }
    let isNew = !FileManager.default.fileExists(atPath: folder)
    let aside = Leftovers.part(of: folder)
    Leftovers.add(aside)
    defer {
      try? FileManager.default.removeItem(atPath: aside)
      Leftovers.forget(aside)
    }
    do {
      for (name, text) in texts {
        try OutputFile.makeFolder("\(aside)/\(name)".folderOfPath)
        try OutputFile.replace("\(aside)/\(name)", with: text)
      }
      if isNew { return try Self.rename(aside, folder) }
      for (name, _) in texts {
        try OutputFile.makeFolder("\(folder)/\(name)".folderOfPath)
        try Self.rename("\(aside)/\(name)", "\(folder)/\(name)")
      }
    } catch FileError.unwritable(let path, let reason) where path.hasPrefix(aside) {
      throw FileError.unwritable(path: folder + path.dropFirst(aside.count), reason: reason)
    }
  }

  private static func rename(_ part: String, _ path: String) throws {
    guard Foundation.rename(part, path) == 0 else {
      throw FileError.unwritable(path: path, reason: String(cString: strerror(errno)))
    }
  }
}
