import Diagnostics
import Foundation

extension GraphFile {
  /// The formats of graph files.
  package enum Format: Sendable {
    /// SDF3 XML, in which firings of an actor overlap unless a self-edge forbids it.
    case sdf3
    /// CSDF JSON, in which they never do.
    case json
  }

  /// The format of a file that begins like a graph file, with `<` or `{`, rather than like a binary
  /// network.
  package static func format(ofFile path: String) -> Format? {
    guard isRegularFile(path), let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    guard let start = try? handle.read(upToCount: 512) else { return nil }
    let blank: Set<UInt8> = [0x20, 0x09, 0x0d, 0x0a, 0xef, 0xbb, 0xbf]
    switch start.first(where: { !blank.contains($0) }) {
    case UInt8(ascii: "<"): return .sdf3
    case UInt8(ascii: "{"): return .json
    default: return nil
    }
  }

  /// Whether a file begins like a graph file.
  package static func looksLikeGraph(path: String) -> Bool { format(ofFile: path) != nil }
}
