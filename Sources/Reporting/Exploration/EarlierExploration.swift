import Diagnostics
import Documents
import Exploration
import Foundation
package import MappingModel
package import Search

/// The result of an earlier search, to be shown beside a new one.
package struct EarlierExploration: Sendable {
  /// The name of its run directory.
  package let name: String
  /// Whether it has evaluated all mappings there are.
  package let isWhole: Bool
  /// The objectives of the feasible mappings of its front.
  package let front: [ObjectiveVector]
  /// All feasible mappings that it has evaluated; empty where they were too many to be written.
  package let evaluated: [ObjectiveVector]

  /// An earlier search, read from its run directory.
  package init(
    name: String, isWhole: Bool, front: [ObjectiveVector], evaluated: [ObjectiveVector]
  ) {
    (self.name, self.isWhole) = (name, isWhole)
    (self.front, self.evaluated) = (front, evaluated)
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
