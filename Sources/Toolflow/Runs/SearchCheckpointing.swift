import Diagnostics
import Files
import Foundation
import Search

/// The checkpoint beside a run directory, while a search goes on.
struct SearchCheckpointing {
  private let path: String
  private let isUsed: Bool
  private let file: CheckpointFile?
  /// The checkpoint of an earlier run; nil for a search from the start.
  let checkpoint: SearchCheckpoint?

  /// How a checkpoint of an earlier run is treated.
  enum Policy {
    /// The search resumes from it.
    case resume
    /// Give it up.
    case discard
    /// Say that it is there, and leave it.
    case keep
  }

  /// Goes on with the checkpoint that is there, or with none.
  ///
  /// - Parameter isUsed: Whether the search writes a checkpoint of its own.
  /// - Throws: ``JobError/checkpoint(path:)`` for one that is neither to be resumed nor given up.
  init(path: String, _ policy: Policy, isUsed: Bool) throws {
    (self.path, self.isUsed) = (path, isUsed)
    let isThere = FileManager.default.fileExists(atPath: path)
    guard policy == .resume else {
      guard !isThere || policy == .discard else { throw JobError.checkpoint(path: path) }
      (file, checkpoint) = (nil, nil)
      return
    }
    guard isThere else {
      throw RequestError("resume", "there is no checkpoint \(path)")
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
      if let file { return try file.append(bytes) }
      file = try CheckpointFile.create(path: path, beginning: bytes)
    }
  }

  /// Removes the checkpoint of a search that has ended.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
