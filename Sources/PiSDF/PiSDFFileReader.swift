import Diagnostics
import Files
import Foundation

extension PiSDFModel {
  /// Reads a file and those of its sub-graphs.
  ///
  /// A refinement is looked for relative to the file that names it, then to the folder of the
  /// project; older files write it as `/project/Algo/sub.pi`.
  ///
  /// - Parameters:
  ///   - path: The file of the top-level graph.
  ///   - root: The folder of the project; by default the nearest one above the file that holds a
  ///     `.project` file, or else the file's own, or the one above when that is named `Algo`. No
  ///     file outside is read.
  /// - Throws: ``PiSDFError`` naming the file and the place at fault.
  package init(path: String, root: String? = nil) throws(PiSDFError) {
    var reader = PiSDFFileReader(path: path, root: root)
    let graphs = try reader.read()
    do {
      try self.init(graphs: graphs, top: reader.top)
    } catch {
      throw error.inFile(path)
    }
  }
}

/// Reads the files of a hierarchy one by one.
struct PiSDFFileReader {
  /// The path of the top-level graph below the root.
  let top: String
  private let root: URL
  /// The path of the top-level file as it was given, for messages.
  private let path: String
  private var byteCount = 0

  private static let fileLimit = 10_000
  private static let byteLimit = 1 << 28

  init(path: String, root: String?) {
    let file = URL(fileURLWithPath: path).standardizedFileURL
    let folder = root.map { URL(fileURLWithPath: $0).standardizedFileURL } ?? Self.project(of: file)
    self.path = path
    (self.root, top) = (folder, Self.path(of: file, below: folder) ?? file.lastPathComponent)
  }

  private static func project(of file: URL) -> URL {
    let own = file.deletingLastPathComponent()
    var folder = own
    while folder.path != "/" {
      if isRegularFile(folder.appendingPathComponent(".project").path) { return folder }
      folder = folder.deletingLastPathComponent()
    }
    return own.lastPathComponent == "Algo" ? own.deletingLastPathComponent() : own
  }

  /// What is left of a path behind a folder, `nil` for a path that does not lead into the folder.
  private static func path(of file: URL, below folder: URL) -> String? {
    let parts = file.standardizedFileURL.pathComponents
    let above = folder.pathComponents
    guard parts.count > above.count, parts.starts(with: above) else { return nil }
    return parts[above.count...].joined(separator: "/")
  }

  mutating func read() throws(PiSDFError) -> [String: PiSDFGraph] {
    var graphs: [String: PiSDFGraph] = [:]
    var rest = [top]
    while let next = rest.popLast() {
      if graphs[next] != nil { continue }
      let graph = try read(next)
      graphs[next] = graph
      guard graphs.count <= Self.fileLimit else {
        throw .file(path: path, reason: "it leads to more than \(Self.fileLimit) files")
      }
      rest += graph.nodes.compactMap(\.subgraph)
    }
    return graphs
  }

  private mutating func read(_ name: String) throws(PiSDFError) -> PiSDFGraph {
    let url = root.appendingPathComponent(name)
    let shown = name == top ? path : url.path
    guard isRegularFile(url.path), let data = try? Data(contentsOf: url) else {
      throw .file(path: shown, reason: "the file cannot be read")
    }
    byteCount += data.count
    guard byteCount <= Self.byteLimit else {
      throw .file(path: shown, reason: "the files are larger than \(Self.byteLimit) bytes in all")
    }
    let folder = url.deletingLastPathComponent()
    let root = self.root
    var reader = PiSDFReader(file: shown) {
      (text: String, line: Int) throws(PiSDFError) -> PiSDFGraph.Node.Refinement? in
      guard text.lowercased().hasSuffix(".pi") else { return .code(text) }
      guard let file = Self.file(text, from: folder, root: root) else {
        throw .malformedFile(
          file: shown, line: line,
          reason: "there is no file \"\(text)\" beside it or in \(root.path)")
      }
      return .graph(file)
    }
    return try reader.graph(data)
  }

  /// The path below the root of the file that a refinement names.
  private static func file(_ text: String, from folder: URL, root: URL) -> String? {
    guard !text.contains("\0") else { return nil }
    let parts = text.split(separator: "/")
    // In paths of a workspace the first part is the name of the project.
    let isAbsolute = text.hasPrefix("/")
    let relative = parts.dropFirst(isAbsolute ? 1 : 0).joined(separator: "/")
    for base in isAbsolute ? [root] : [folder, root] {
      let url = base.appendingPathComponent(relative)
      if let path = path(of: url, below: root), isRegularFile(url.path) { return path }
    }
    return nil
  }
}
