import Documents
import Exploration
import Foundation
import MappingModel
import Reporting

/// What an earlier search has found, to be shown beside a new one.
package struct EarlierExploration: Sendable {
  /// The name of its run directory.
  package let name: String
  /// Whether it has evaluated all mappings there are.
  package let isWhole: Bool
  package let front: [ObjectiveVector]
  /// All feasible mappings that it has evaluated; empty where they were too many to be written.
  package let evaluated: [ObjectiveVector]
}

extension EarlierExploration {
  /// Reads a run directory.
  ///
  /// - Parameter objectives: The objectives to read, which it must have searched for.
  /// - Throws: ``ToolflowError`` or ``DocumentError``.
  package init(run path: String, objectives: [Objective]) throws {
    name = path.trailingSlashesRemoved.nameOfPath
    let file = "\(path)/pareto.json"
    guard FileManager.default.fileExists(atPath: file) else {
      throw ToolflowError.option(
        name: "--beside", reason: "\(path) is no run directory of explore (it has no pareto.json)")
    }
    let fields = try DocumentNode(path: file).fields()
    let searched = try fields.required("objectives")
    let kinds = try searched.list().map { try $0.word(Objective.self) }
    guard Set(objectives).isSubset(of: kinds) else {
      throw searched.invalid(
        "\(objectives.map(\.rawValue).joined(separator: ", ")), which this search is for")
    }
    isWhole =
      try fields.required("method").text() == ExploreRequest.Method.exhaustive.rawValue
      && fields.required("stop_reason").text() == SearchResult.StopReason.exhausted.rawValue
    front = try fields.required("front").list().map { point in
      let point = try point.fields()
      return ObjectiveVector(
        try objectives.map { try point.required($0.key).number(atLeast: 0) })
    }
    evaluated = try EvaluatedFile.read("\(path)/\(EvaluatedFile.name)", objectives)
  }
}

extension Objective {
  /// The key of a point of a front in `--json`.
  package var key: String {
    switch self {
    case .period: "period_s"
    case .latency: "latency_s"
    case .energy: "energy_j"
    case .power: "power_w"
    case .memory: "memory_bytes"
    case .cost: "cost"
    }
  }
}

extension String {
  fileprivate var trailingSlashesRemoved: String {
    var text = self[...]
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    return String(text)
  }
}
