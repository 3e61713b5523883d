/// What ended an analysis before its answer was exact.
package enum AnalysisLimit: String, Hashable, Sendable, Codable {
  /// The limit of time.
  case time
  /// The memory that an analysis may take.
  case memory
  /// The limit of firings, iterations or trials.
  case work
  /// Numbers beyond 64 bits.
  case numbers
}

extension AnalysisLimit {
  /// The limit in a sentence.
  package var description: String {
    switch self {
    case .time: "the time limit"
    case .memory: "the limit of memory"
    case .work: "the limit of work"
    case .numbers: "numbers beyond 64 bits"
    }
  }
}
