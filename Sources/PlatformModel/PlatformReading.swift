package import Diagnostics
import Documents
package import Foundation

/// What reading a platform description gives: the platform and what the user should know about it.
package struct PlatformReading: Hashable, Sendable {
  /// The platform of the description.
  package let platform: Platform
  /// Gaps in the description and how they were filled.
  package let diagnostics: [Diagnostic]

  /// A platform with what its reader noticed.
  package init(platform: Platform, diagnostics: [Diagnostic]) {
    self.platform = platform
    self.diagnostics = diagnostics
  }
}

extension PlatformReading {
  /// Reads a description in any of the formats, which its keys tell apart: our own has a `format` or
  /// `elements`, version 2 of the ALOHA description `core_types`, and its version 1 neither.
  ///
  /// - Throws: ``PlatformError`` or ``DocumentError``, naming the file and the key path.
  package init(_ data: Data, file: String) throws {
    do {
      self = try Self.read(data, file: file)
    } catch PlatformError.inconsistent(let platform, let reason) {
      // What contradicts itself does not know from which file it came.
      throw PlatformError.malformed(file: file, reason: "platform \(platform): \(reason)")
    }
  }

  private static func read(_ data: Data, file: String) throws -> PlatformReading {
    let document = try DocumentNode(data, file: file)
    let keys = Set(try document.members().map(\.key))
    if !keys.isDisjoint(with: ["format", "elements", "element_types", "clusters"]) {
      return try PlatformFormat.read(document)
    }
    if keys.contains("core_types") || keys.contains("cores") || document.isJSON(data) {
      return try ALOHAPlatformFormat.read(data, file: file)
    }
    throw DocumentError.missing(file: file, path: "", key: "format")
  }
}

extension DocumentNode {
  fileprivate func isJSON(_ data: Data) -> Bool {
    data.first { $0 > 0x20 } == UInt8(ascii: "{")
  }
}
