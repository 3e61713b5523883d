import Exploration
import Foundation
import Toolflow

/// The checkpoint beside a run directory, while a search goes on.
struct SearchCheckpointing {
  private let path: String
  private let file: CheckpointFile?
  /// What an earlier run has left; nil for a search from the start.
  let checkpoint: SearchCheckpoint?

  /// Begins a checkpoint, or goes on with the one that is there.
  init(path: String, isResumed: Bool, isUsed: Bool) throws {
    self.path = path
    guard isUsed else {
      guard !isResumed else {
        throw ToolflowError.option(
          name: "--resume", reason: "an exhaustive search has no checkpoints")
      }
      (file, checkpoint) = (nil, nil)
      return
    }
    if isResumed {
      guard FileManager.default.fileExists(atPath: path) else {
        throw ToolflowError.option(name: "--resume", reason: "there is no checkpoint \(path)")
      }
      let opened = try CheckpointFile.resume(path: path)
      (file, checkpoint) = (opened.file, opened.checkpoint)
    } else {
      let folder = (path as NSString).deletingLastPathComponent
      if !folder.isEmpty {
        try? FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      (file, checkpoint) = (try CheckpointFile.create(path: path), nil)
    }
  }

  /// Appends to the checkpoint; nil where there is none.
  var append: (([UInt8]) throws -> Void)? {
    file.map { file in { try file.append($0) } }
  }

  /// Removes the checkpoint of a search that has ended.
  func remove() {
    if file != nil { try? FileManager.default.removeItem(atPath: path) }
  }
}
