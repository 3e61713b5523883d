import Files
import Foundation

/// Paths of run directories of searches.
enum RunPath {
  /// The run directory that a path names, itself or by one of its files; nil for anything else.
  static func folder(of path: String) -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    if isFolder.boolValue { return path }
    let folder = path.folderOfPath.isEmpty ? "." : path.folderOfPath
    let files = ["run.json", "pareto.json", "report.html"]
    guard (files + ["pareto.csv", "logbook.csv", "evaluated.csv"]).contains(path.nameOfPath),
      files.allSatisfy({ isRegularFile("\(folder)/\($0)") })
    else { return nil }
    return folder
  }
}
