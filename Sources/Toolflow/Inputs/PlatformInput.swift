package import CostModel
import Diagnostics
import Files
import Foundation
import PlatformModel
package import Preparation

/// The platform that a job works with, and how values are stored on it.
package struct PlatformInput: Hashable, Sendable {
  /// The path of a platform file, or the name of a platform that ships; nil for none.
  package var platform: String?
  /// The precision of weights and activations.
  package var precision = Precision.model
  /// Whether operators that no element lists are refused.
  package var strictOperators = false
  /// The path of a table of measured times; nil for none.
  package var times: String?

  /// The defaults: no platform, and the precision of the network.
  package init() {}

  /// A platform by its path or name.
  package init(named platform: String) { self.platform = platform }

  static let keys: [JobKey<PlatformInput>] = [
    JobKey("platform", \.platform, .text, isPath: true),
    JobKey("precision", \.precision, .precision),
    JobKey("strict_operators", \.strictOperators, .flag),
    JobKey("times", \.times, .text, isPath: true),
  ]

  /// Reads the platform; nil where none is named.
  ///
  /// - Throws: An error naming the file and the place in it that is at fault.
  package func open() throws -> OpenedPlatform? {
    guard let platform else { return nil }
    return try OpenedPlatform(
      platform, precision: precision, strictOperators: strictOperators, times: times)
  }

  /// Reads the platform that the job needs.
  ///
  /// - Throws: `RequestError` where none is named, or the error of its file.
  package func require() throws -> OpenedPlatform {
    guard let opened = try open() else {
      throw RequestError("platform", "this command needs one")
    }
    return opened
  }

  /// The file of the platform that an argument names, or nil where it can only be a network.
  static func path(ofPlatform argument: String) -> String? {
    let endings = ["json", "yaml", "yml"]
    if isRegularFile(argument) {
      return endings.contains(argument.endingOfPath.lowercased()) ? argument : nil
    }
    let folders = ResourceFolders.standard()
    guard folders.model(named: argument) == nil else { return nil }
    return try? PlatformLibrary(folders: folders.platformFolders).path(of: argument)
  }
}

extension JobForm where Value == Precision {
  fileprivate static let precision = parsed { text, key in
    guard let precision = Precision(text) else {
      throw RequestError(
        key, "expected one of \(Precision.names.joined(separator: ", ")), found \"\(text)\"")
    }
    return precision
  } write: {
    $0.description
  }
}
