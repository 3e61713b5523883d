extension CSDFGraph {
  /// A process that fires over and over and goes through its phases in a circle.
  package struct Actor: Hashable, Sendable {
    /// The name, unique among the actors of a graph.
    package let name: String
    /// What the actor computes, `nil` when that has no name other than the actor's own.
    package let function: String?
    /// The execution time of each phase in ticks; a list shorter than the phases is repeated.
    package let executionTimes: [Int64]

    /// Makes an actor; a function named like the actor is stored as `nil`.
    package init(name: String, function: String? = nil, executionTimes: [Int64]) {
      self.name = name
      self.function = function == name ? nil : function
      self.executionTimes = executionTimes
    }
  }
}

extension CSDFGraph.Actor {
  /// The execution time of the slowest phase in ticks.
  ///
  /// - Complexity: O(*n*) for *n* listed times.
  package var worstCaseExecutionTime: Int64 { executionTimes.max() ?? 0 }

  func check() throws(DataflowError) {
    guard !executionTimes.isEmpty else {
      throw .emptyList(element: .actor(name), list: "execution times")
    }
    if let time = executionTimes.first(where: { $0 < 0 }) {
      throw .negativeValue(element: .actor(name), quantity: "execution time", value: time)
    }
  }
}
