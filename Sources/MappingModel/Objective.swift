/// What a mapping is judged by; less is better.
package enum Objective: String, Hashable, Sendable, CaseIterable, Codable {
  /// The time between two inferences, in seconds.
  case period
  /// The time of one inference alone, in seconds.
  case latency
  /// The energy of an inference, in joules.
  case energy
  /// Energy over period, in watts.
  case power
  /// The bytes of weights and channels in all memories.
  case memory
  /// The price of the elements used.
  case cost
}

extension Objective {
  /// The unit, empty for a plain number.
  package var unit: String {
    switch self {
    case .period, .latency: "s"
    case .energy: "J"
    case .power: "W"
    case .memory: "B"
    case .cost: ""
    }
  }
}
