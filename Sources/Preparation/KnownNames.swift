import Diagnostics
package import Files
import PlatformModel

/// The networks and platforms that are known by name, for those who ask for another.
package struct KnownNames: Hashable, Sendable {
  /// The networks of the model zoo and those that are generated.
  package var networks: [String]
  /// The platforms that are found by name.
  package var platforms: [String]

  /// The names that are found in some folders.
  package init(_ folders: ResourceFolders) {
    networks = folders.modelNames
    platforms = PlatformLibrary(folders: folders.platformFolders).names
  }

  /// What to say where no network has a name.
  func message(missing name: String) -> String {
    guard !platforms.contains(name) else {
      return "\(name) is a platform, and a network is expected; `platform` takes platforms"
    }
    let similar = name.stemOfPath.similar(in: networks + platforms)
    let start = "there is no file \"\(name)\""
    guard !networks.isEmpty else {
      return start + similar.asQuestion + " (./setup brings the networks of the model zoo)"
    }
    return start + " and no network of that name"
      + (similar.isEmpty
        ? "; known names are \(networks.joined(separator: ", "))" : question(similar))
  }

  /// The question, in which platforms are called so.
  private func question(_ names: [String]) -> String {
    names.map { platforms.contains($0) ? "\($0) (a platform)" : $0 }.asQuestion
  }
}
