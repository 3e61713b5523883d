import Diagnostics
import Foundation

extension GraphFile {
  /// Whether a file begins like a graph file, with `<` or `{`, rather than like a binary network.
  package static func looksLikeGraph(path: String) -> Bool {
    guard isRegularFile(path), let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    guard let start = try? handle.read(upToCount: 512) else { return false }
    let blank: Set<UInt8> = [0x20, 0x09, 0x0d, 0x0a, 0xef, 0xbb, 0xbf]
    let first = start.first { !blank.contains($0) }
    return first == UInt8(ascii: "<") || first == UInt8(ascii: "{")
  }
}
