import Diagnostics
import Files
import Foundation

extension GraphFile {
  /// The formats of graph files.
  package enum Format: Sendable {
    /// SDF3 XML, in which firings of an actor overlap unless a self-edge forbids it.
    case sdf3
    /// CSDF JSON, in which they never do.
    case json
    /// PiSDF XML, GraphML that only becomes a graph when it is flattened; firings overlap too.
    case piSDF
    /// The application of a Sesame export; a process fires once after the other.
    case sesame

    /// Whether firings of an actor overlap where no self-edge forbids it.
    package var overlapsFirings: Bool { self == .sdf3 || self == .piSDF }
  }

  /// The format of a file that begins like a graph file, with `<` or `{`, rather than like a binary
  /// network.
  package static func format(ofFile path: String) -> Format? {
    guard isRegularFile(path), let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    guard let start = try? handle.read(upToCount: 4096) else { return nil }
    let blank: Set<UInt8> = [0x20, 0x09, 0x0d, 0x0a, 0xef, 0xbb, 0xbf]
    switch start.first(where: { !blank.contains($0) }) {
    case UInt8(ascii: "<"):
      let root = root(of: start)
      // A web page in the place of a download and a network of another tool are no graphs.
      let isForeign = ["!doctype html", "html", "net "].contains { root.lowercased().hasPrefix($0) }
      return isForeign
        ? nil : root.hasPrefix("graphml") ? .piSDF : root.hasPrefix("network") ? .sesame : .sdf3
    case UInt8(ascii: "{"): return .json
    default: return nil
    }
  }

  /// Whether a file begins like a graph file.
  package static func looksLikeGraph(path: String) -> Bool { format(ofFile: path) != nil }

  /// What the first element begins with, as far as the start of a file shows.
  private static func root(of start: Data) -> Substring {
    var text = String(decoding: start, as: UTF8.self)[...]
    while let mark = text.firstIndex(of: "<") {
      text = text[mark...]
      guard text.hasPrefix("<!--") || text.hasPrefix("<?") else { break }
      guard let end = text.firstRange(of: text.hasPrefix("<?") ? "?>" : "-->") else { return "" }
      text = text[end.upperBound...]
    }
    return text.dropFirst()
  }
}
