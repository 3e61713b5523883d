/// A strongly connected component of a graph, with numbers of its own for its actors and channels.
struct DataflowComponent {
  struct Actor {
    /// The number in the whole graph.
    var index: Int
    /// The execution time of each phase.
    var times: [Int64]
    /// The rounds through all phases in one iteration of the component.
    var cycles: Int64
    /// Whether firings never overlap.
    var isSequential: Bool
  }

  struct Channel {
    /// The number in the whole graph.
    var index: Int
    var source: Int
    var target: Int
    /// One rate for each phase of the source.
    var production: [Int64]
    /// One rate for each phase of the target.
    var consumption: [Int64]
    var initialTokens: Int64
  }

  var actors: [Actor]
  /// The channels inside, without the self-edges that only make an actor sequential.
  var channels: [Channel]
  /// How often an iteration of the component passes in one of the graph.
  var turns: Int64

  /// The firings of one iteration of the component.
  var firings: Int128 {
    actors.reduce(0) { $0 + Int128($1.cycles) * Int128($1.times.count) }
  }

  /// The firings of one iteration and what they do at the ends of channels.
  var operations: Int128 {
    let firings = actors.indices.map { Int128(actors[$0].cycles) * Int128(actors[$0].times.count) }
    var operations = firings.reduce(0, +)
    for index in channels.indices {
      operations += firings[channels[index].source] + firings[channels[index].target]
    }
    return operations
  }
}
