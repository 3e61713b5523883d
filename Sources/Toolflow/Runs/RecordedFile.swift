import Files

/// A file that a run has read, with what identifies its contents.
package struct RecordedFile: Encodable, Sendable {
  /// The path as the job has it.
  package let path: String
  /// The SHA-256 digest of the contents, in hexadecimal digits.
  package let sha256: String

  /// The beginning of the digest, which tells files apart.
  package var digest: String { String(sha256.prefix(12)) }

  /// Reads a file.
  ///
  /// - Throws: `FileError` for one that cannot be read.
  package init(_ path: String) throws {
    self.path = path
    sha256 = try MappedFile(path: path).withBytes { SHA256.hexadecimal(of: $0) }
  }
}
