/// A text file of an export, which the caller writes.
package struct ExportedFile: Hashable, Sendable {
  /// The path below the folder of the export.
  package let path: String
  /// The contents.
  package let text: String

  /// A file with its contents.
  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}
