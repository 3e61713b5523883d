/// Elitist genetic search with a (µ + λ) strategy, and Pareto local search beside it.
///
/// Source: NSGA-II (Deb, Pratap, Agarwal, Meyarivan 2002, "A fast and elitist multiobjective
/// genetic algorithm: NSGA-II", IEEE Transactions on Evolutionary Computation 6(2)). We differ in
/// that no genome is evaluated twice, that seeds may begin it, and that a share of each generation
/// are neighbours of the front of all genomes so far; the share follows how often either way has
/// given a point of the front. The last evaluations are all neighbours. A generation has two halves:
/// while one is evaluated, the next is bred of what was evaluated before, so that no thread waits for
/// selection and breeding.
///
/// ## Symbols
/// | paper | DEAP | here |
/// |---|---|---|
/// | *N* | `mu` | ``population`` |
/// | size of *Q_t* | `lambda_` | ``offspring`` |
/// | *p_c* | `cxpb` | ``crossover`` |
/// | *p_m* | `indpb` | ``mutation`` |
/// | *P_t* | | `GeneticState.survivors` |
/// | *R_t* | | `GeneticState.candidates` |
package struct GeneticSearch: SearchMethod {
  /// The number of genomes that survive a generation, µ.
  package var population = 100
  /// The number of new genomes in a generation, λ.
  package var offspring = 100
  /// How often two parents are crossed.
  package var crossover = 0.7
  /// How likely each gene of a new genome is to change; nil for one gene on average.
  package var mutation: Double?
  /// What the first population is made of.
  package var initial = InitialPopulation.mixed
  /// The least and the greatest share of neighbours in a generation.
  package var neighbours = 0.1...0.7
  /// The share of the evaluations that are left to neighbours alone at the end.
  package var finalNeighbours = 0.1

  /// The defaults: a population of 100 and as many offspring.
  package init() {}

  /// Breeds generations until the configuration ends the search.
  ///
  /// - Throws: ``SearchError`` before the search begins, or what a hook throws.
  package func run(
    _ problem: some SearchProblem, _ configuration: SearchConfiguration, hooks: SearchHooks,
    resuming checkpoint: SearchCheckpoint?
  ) throws -> SearchResult {
    try check()
    var run = try SearchRun(problem, configuration, hooks)
    var state = GeneticState(problem, self, seed: configuration.seed)
    let identity = SearchCheckpoint.Identity(
      problem, configuration, method: "genetic", settings: settings)
    if let checkpoint {
      try checkpoint.check(identity)
      try run.restore(checkpoint)
      try state.restore(checkpoint)
    } else {
      try run.beginCheckpoint(identity)
    }
    while !run.mustStop() {
      let before = run.evaluations
      if state.isBeginning {
        state.begin(&run)
        let new = run.evaluatePending()
        state.learn(new, firstChild: state.firstChild, run)
        state.select(run)
      } else {
        for half in 0..<2 where run.stopReason == nil { evaluate(half, &state, &run) }
      }
      guard run.evaluations > before else {
        if !run.mustStop() { run.exhaust() }
        break
      }
      try run.endGeneration(of: state.survivors) { state.encoded() }
    }
    return run.result()
  }

  /// Evaluates half a generation; meanwhile selects from what was evaluated before and breeds the next
  /// half.
  private func evaluate(_ half: Int, _ state: inout GeneticState, _ run: inout SearchRun) {
    if run.archive.pending.isEmpty { state.breed(half, &run) }
    guard !run.archive.pending.isEmpty else { return }
    let firstChild = state.firstChild
    let new = run.evaluatePending { state.breed(1 - half, &$0) }
    state.learn(new, firstChild: firstChild, run)
  }

  private func check() throws(SearchError) {
    guard (1...1_000_000).contains(population), (1...1_000_000).contains(offspring) else {
      throw .configuration(
        "the population is \(population) and \(offspring) offspring; "
          + "from 1 to 1,000,000 are expected"
      )
    }
    for (name, value) in [("crossover", crossover), ("mutation", mutation ?? 0)] {
      guard (0...1).contains(value) else {
        throw .configuration("the \(name) rate is \(value); from 0 to 1 is expected")
      }
    }
  }

  private var settings: [String] {
    [
      "population \(population)", "offspring \(offspring)", "crossover \(crossover)",
      "mutation \(mutation.map { "\($0)" } ?? "1/n")", "initial population \(initial.rawValue)",
      "neighbours \(neighbours)", "neighbours at the end \(finalNeighbours)",
    ]
  }
}

/// What the first population of a genetic search is made of.
package enum InitialPopulation: String, CaseIterable, Sendable {
  /// Random genomes only.
  case random
  /// Genomes with one choice throughout, then random ones.
  case single
  /// Those, and loads balanced over subsets of the choices, then random ones.
  case subset
  /// All kinds of seeds, and random ones.
  case mixed

  /// The kinds of seeds, in the order in which they take turns.
  var kinds: [SeedKind] {
    switch self {
    case .random: []
    case .single: [.single]
    case .subset: [.single, .subset]
    case .mixed: [.single, .constructed, .subset]
    }
  }
}
