import Files

/// Where a result is written.
package struct OutputInput: Hashable, Sendable {
  /// The path of a file or folder; nil for the default of the job.
  package var path: String?
  /// Whether what is there is replaced.
  package var force = false

  package init() {}

  static let keys: [JobKey<OutputInput>] = [
    JobKey("output", \.path, .text, isPath: true), JobKey("force", \.force, .flag),
  ]

  /// The file; nil where none is asked for.
  ///
  /// - Throws: `FileError` or `RequestError` for one that may not be written.
  func file() throws -> OutputFile? { try path.map { try OutputFile($0, force: force) } }
}
