import Diagnostics
import Files
import Foundation
import PlatformModel

/// An argument that may be a network or a platform.
enum PlatformArgument {
  /// The file of the platform that an argument names, or nil where it can only be a network.
  static func path(of argument: String) -> String? {
    let endings = ["json", "yaml", "yml"]
    if isRegularFile(argument) {
      return endings.contains(argument.endingOfPath.lowercased()) ? argument : nil
    }
    let folders = ResourceFolders.standard()
    guard folders.model(named: argument) == nil else { return nil }
    return try? PlatformLibrary(folders: folders.platformFolders).path(of: argument)
  }
}
