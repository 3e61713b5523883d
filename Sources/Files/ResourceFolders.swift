import Diagnostics
import Foundation

/// Where the files that come with Outrigger are: platforms, and networks that the set-up brings.
package struct ResourceFolders: Sendable {
  /// Folders in which `Platforms/` and `.native/models/` are looked for, the first hit counts.
  package var roots: [String]

  /// Folders in the order in which they are looked through.
  package init(roots: [String]) { self.roots = roots }

  /// The folder that `OUTRIGGER_HOME` names, the folders above the program, and the checkout that it
  /// was built from.
  package static func standard() -> ResourceFolders {
    var roots: [String] = []
    if let home = ProcessInfo.processInfo.environment["OUTRIGGER_HOME"], !home.isEmpty {
      roots.append(home)
    }
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    if let program {
      var folder = program.folderOfPath
      for _ in 0..<6 where folder.count > 1 {
        roots.append(folder)
        folder = folder.folderOfPath
      }
    }
    let source = URL(fileURLWithPath: #filePath)
    roots.append(
      source.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path)
    return ResourceFolders(roots: roots)
  }

  /// The folders that may hold platforms.
  package var platformFolders: [String] { roots }

  /// The path of a network of the model zoo, or nil where it is not there.
  package func model(named name: String) -> String? {
    guard !name.contains("/") else { return nil }
    return roots.lazy.map { "\($0)/.native/models/\(name).onnx" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The names of the networks of the model zoo that are there.
  package var modelNames: [String] {
    for root in roots {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/.native/models"))
      let names = (files ?? []).filter { $0.hasSuffix(".onnx") }.map { String($0.dropLast(5)) }
      if !names.isEmpty { return names.sorted() }
    }
    return []
  }
}
