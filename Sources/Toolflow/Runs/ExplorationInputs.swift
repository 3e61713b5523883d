/// The files that a search has read.
package struct ExplorationInputs: Sendable {
  /// The network or the dataflow graph.
  package let subject: RecordedFile
  /// The platform.
  package let platform: RecordedFile
  /// The measured times; nil for none.
  package let times: RecordedFile?
  /// The mapping that keeps blocks where they are; nil for none.
  package let mapping: RecordedFile?

  /// Reads the files.
  ///
  /// - Throws: `FileError` for one that cannot be read.
  package init(
    subject: String, platform: String, times: String? = nil, mapping: String? = nil
  ) throws {
    self.subject = try RecordedFile(subject)
    self.platform = try RecordedFile(platform)
    self.times = try times.map { try RecordedFile($0) }
    self.mapping = try mapping.map { try RecordedFile($0) }
  }
}
