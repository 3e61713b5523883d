import RandomNumbers

/// Evaluates random genomes, each once: the baseline for other methods.
package struct RandomSearch: SearchMethod {
  /// How many genomes are evaluated between two rows of the logbook.
  package var batch = 100

  /// The defaults: batches of 100.
  package init() {}

  /// Evaluates random genomes until the configuration ends the search.
  ///
  /// - Throws: ``SearchError`` before the search begins, or what a hook throws.
  package func run(
    _ problem: some SearchProblem, _ configuration: SearchConfiguration, hooks: SearchHooks,
    resuming checkpoint: SearchCheckpoint?
  ) throws -> SearchResult {
    guard batch > 0 else { throw SearchError.configuration("the batch is \(batch)") }
    var run = try SearchRun(problem, configuration, hooks)
    var random = RandomSource(seed: configuration.seed)
    var fresh = FreshGenomes()
    let identity = SearchCheckpoint.Identity(
      problem, configuration, method: "random", settings: ["batch \(batch)"])
    if let checkpoint {
      try checkpoint.check(identity)
      try run.restore(checkpoint)
      if let state = checkpoint.records.last?.state {
        var reader = ByteReader(state[...])
        random = try RandomSource(&reader)
        if try reader.integer(UInt8.self) != 0 { fresh.enumerate(problem.space) }
      }
    } else {
      try run.beginCheckpoint(identity)
    }
    while !run.mustStop() {
      let first = run.archive.count
      while run.archive.count - first < batch, run.remaining > 0, !run.isLate() {
        guard fresh.propose(&run, &random) else {
          run.exhaust()
          break
        }
      }
      guard run.archive.count > first else {
        _ = run.mustStop()
        break
      }
      run.evaluatePending()
      try run.endGeneration(of: first..<run.archive.scores.count) {
        random.encoded + [fresh.isEnumerating ? 1 : 0]
      }
    }
    return run.result()
  }
}

extension RandomSource {
  init(_ reader: inout ByteReader) throws(SearchError) {
    self.init(seed: 0)
    state = (
      try reader.integer(), try reader.integer(), try reader.integer(), try reader.integer()
    )
  }

  /// The state as bytes.
  var encoded: [UInt8] {
    var writer = ByteWriter()
    for word in [state.0, state.1, state.2, state.3] { writer.append(word) }
    return writer.bytes
  }
}
