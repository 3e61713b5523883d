import Files

/// Where a result is written.
package struct OutputInput: Hashable, Sendable {
  /// The path of a file or folder; nil for what the job does without one.
  package var path: String?
  /// Whether an existing file or folder is replaced.
  package var force = false

  /// The defaults: no path, and nothing is replaced.
  package init() {}

  static let keys: [JobKey<OutputInput>] = [
    JobKey("output", \.path, .text, isPath: true), JobKey("force", \.force, .flag),
  ]

  /// The file; nil without a path.
  ///
  /// - Throws: `FileError` or `RequestError` for one that may not be written.
  func file() throws -> OutputFile? { try path.map { try OutputFile($0, force: force) } }
}
