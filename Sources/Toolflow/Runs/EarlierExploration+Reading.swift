import Diagnostics
import Documents
import Exploration
import Files
import Foundation
package import MappingModel
package import Reporting
import Search

extension EarlierExploration {
  /// Reads a run directory.
  ///
  /// - Parameter objectives: The objectives to read, which it must have searched for.
  /// - Throws: ``RequestError`` or ``DocumentError``.
  package init(run path: String, objectives: [Objective]) throws {
    let name = path.trailingSlashesRemoved.nameOfPath
    let file = "\(path)/pareto.json"
    guard FileManager.default.fileExists(atPath: file) else {
      let isThere = FileManager.default.fileExists(atPath: path)
      throw FileError.unreadable(
        path: path,
        reason: isThere
          ? "it is no run directory of explore (it has no pareto.json)"
          : "it is not there; `beside` expects a run directory of explore")
    }
    let fields = try DocumentNode(path: file).fields()
    let searched = try fields.required("objectives")
    let kinds = try searched.list().map { try $0.word(Objective.self) }
    guard Set(objectives).isSubset(of: kinds) else {
      throw searched.invalid(
        "\(objectives.map(\.rawValue).joined(separator: ", ")), which this search is for")
    }
    let isWhole =
      try fields.required("method").text() == ExploreRequest.Method.exhaustive.rawValue
      && fields.required("stop_reason").text() == SearchResult.StopReason.exhausted.rawValue
    let front = try fields.required("front").list().map { point in
      let point = try point.fields()
      return ObjectiveVector(
        try objectives.map { try point.required($0.key).number(atLeast: 0) })
    }
    let evaluated = try EvaluatedFile.read("\(path)/\(EvaluatedFile.name)", objectives)
    self.init(name: name, isWhole: isWhole, front: front, evaluated: evaluated)
  }
}

extension String {
  fileprivate var trailingSlashesRemoved: String {
    var text = self[...]
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    return String(text)
  }
}
