import Diagnostics
import Exploration
import Foundation
import Toolflow

/// The checkpoint beside a run directory, while a search goes on.
struct SearchCheckpointing {
  private let path: String
  private let isUsed: Bool
  private let file: CheckpointFile?
  /// What an earlier run has left; nil for a search from the start.
  let checkpoint: SearchCheckpoint?

  /// Goes on with the checkpoint that is there, or with none.
  init(path: String, isResumed: Bool, isUsed: Bool) throws {
    (self.path, self.isUsed) = (path, isUsed)
    guard isResumed else {
      (file, checkpoint) = (nil, nil)
      return
    }
    guard isUsed else {
      throw ToolflowError.option(
        name: "--resume", reason: "an exhaustive search has no checkpoints")
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw ToolflowError.option(name: "--resume", reason: "there is no checkpoint \(path)")
    }
    let opened = try CheckpointFile.resume(path: path)
    (file, checkpoint) = (opened.file, opened.checkpoint)
  }

  /// Appends to the checkpoint; nil where there is none.
  ///
  /// A new file begins with the first bytes, so that a search that cannot begin takes no old one away.
  var append: (([UInt8]) throws -> Void)? {
    guard isUsed else { return nil }
    var file = file
    return { [path] bytes in
      let opened = try file ?? Self.create(path)
      file = opened
      try opened.append(bytes)
    }
  }

  private static func create(_ path: String) throws -> CheckpointFile {
    let folder = path.folderOfPath
    if !folder.isEmpty {
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    return try CheckpointFile.create(path: path)
  }

  /// Removes the checkpoint of a search that has ended.
  func remove() {
    if isUsed { try? FileManager.default.removeItem(atPath: path) }
  }
}
