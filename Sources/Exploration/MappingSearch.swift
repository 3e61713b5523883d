import Dataflow
package import MappingModel
import PlatformModel
import Quantities
package import Search
package import Simulation

/// The search for the best mappings of a problem: a gene for each block that takes an element, which
/// element it is.
package struct MappingSearch: SearchProblem {
  /// The blocks, the platform and the times of blocks on elements.
  package let problem: MappingProblem
  /// The elements that each block may run on, and what else is fixed.
  package let rules: PlacementRules
  /// The names of the objectives, one to four.
  package let objectives: [String]
  /// The choices of each gene: the elements of its block.
  package let space: GenomeSpace
  /// The genes of blocks that share a channel.
  package let relatedGenes: [(Int, Int)]
  /// For each gene its block.
  package let blocks: [Int]
  /// The objectives, in the order of the scores.
  package let kinds: [Objective]
  /// The limits that mappings have to keep.
  package let limits: MappingEvaluator.Limits
  /// What an execution has to measure, and how long it is.
  package var options: MeasureOptions
  /// Asked now and then by executions, and between two seeds: whether to leave them, so that what takes very long
  /// does not hold up a search whose time is over.
  package var shouldStop: (@Sendable () -> Bool)?
  /// What seeds are made of: how long each block takes on each element, and which elements are alike.
  let times: BlockTimes
  let interchangeable: [[Int]]

  /// A search over the placements that rules allow.
  ///
  /// - Parameters:
  ///   - rules: The elements that each block may run on, and what else is fixed.
  ///   - objectives: One to four objectives.
  ///   - limits: The limits that mappings have to keep.
  ///   - extent: How long an execution takes where the state does not repeat.
  /// - Throws: ``SearchError`` where there is nothing to choose, ``SimulationError`` for a platform with
  ///   too many links.
  package init(
    _ problem: MappingProblem, _ rules: PlacementRules, objectives: [Objective],
    limits: MappingEvaluator.Limits, extent: ExecutionExtent
  ) throws {
    _ = try Simulator(problem)
    self.problem = problem
    self.rules = rules
    self.limits = limits
    kinds = objectives
    self.objectives = objectives.map(\.rawValue)
    options = MeasureOptions(objectives, limits.requirements, extent: extent)
    let blocks = rules.allowed.indices.filter { !rules.allowed[$0].isEmpty }
    self.blocks = blocks
    guard !blocks.isEmpty else {
      throw SearchError.nothing(
        "no block of \(problem.graph.name) takes any time, so that there is nothing to map")
    }
    times = BlockTimes(problem)
    interchangeable = problem.interchangeableElements(rules)
    space = try GenomeSpace(
      domains: blocks.map { rules.allowed[$0] }, interchangeable: interchangeable)
    let genes = Dictionary(uniqueKeysWithValues: zip(blocks, blocks.indices))
    relatedGenes = problem.graph.channels.compactMap { channel in
      guard !channel.isSelfEdge, let source = genes[channel.source.index],
        let target = genes[channel.destination.index]
      else { return nil }
      return (source, target)
    }
  }

  /// An evaluator with a simulator of its own.
  package func makeEvaluator() -> PlacementEvaluator { PlacementEvaluator(self) }

  /// The placement that a genome stands for.
  package func placement(_ genome: [Allele]) -> Placement {
    var placement = rules.base
    for (gene, block) in blocks.enumerated() {
      placement.elements[block] = space.label(gene: gene, allele: genome[gene])
    }
    return placement
  }

  /// The genome of a placement; where it breaks the rules, the first choice is taken.
  package func genome(_ placement: Placement) -> [Allele] {
    blocks.enumerated().map { gene, block in
      space.allele(gene: gene, label: placement.elements[block]) ?? 0
    }
  }
}

/// Scores genomes of a ``MappingSearch``.
///
/// Its lists are its own: threads that count references to lists that they share wait for one another.
package struct PlacementEvaluator: GenomeEvaluator {
  private let options: MeasureOptions
  private let objectives: [Objective]
  private let blocks: [Int]
  private var evaluator: MappingEvaluator?
  private var placement: Placement
  /// The elements of the alleles, gene after gene.
  private let elements: [Int]
  private let starts: [Int]

  init(_ search: MappingSearch) {
    options = search.options
    objectives = search.kinds.map(\.self)
    blocks = search.blocks.map(\.self)
    evaluator = try? MappingEvaluator(search.problem, limits: search.limits)
    evaluator?.shouldStop = search.shouldStop
    placement = search.rules.base
    var (elements, starts): ([Int], [Int]) = ([], [])
    for block in search.blocks {
      starts.append(elements.count)
      elements += search.rules.allowed[block]
    }
    (self.elements, self.starts) = (elements, starts)
  }

  /// The score of the placement that a genome stands for.
  package mutating func evaluate(_ genome: Span<Allele>) -> Score {
    for gene in genome.indices {
      placement.elements[blocks[gene]] = elements[starts[gene] + Int(genome[gene])]
    }
    guard let measures = evaluator?.measure(placement, options) else { return .unknown }
    return Score(measures, objectives)
  }
}

extension Score {
  /// The score of measured numbers.
  package init(_ measures: Measures, _ objectives: [Objective]) {
    var vector = ObjectiveVector(0)
    for (index, objective) in objectives.enumerated() { vector[index] = measures[objective] }
    self.init(vector, violation: measures.violation)
  }
}

extension MeasureOptions {
  /// The measurements that objectives and requirements need.
  package init(_ objectives: [Objective], _ requirements: [Requirement], extent: ExecutionExtent) {
    let needsLatency =
      objectives.contains(.latency) || requirements.contains { $0.quantity == .latency }
    let withoutPeriod: Set<Requirement.Quantity> = [.latency, .memory, .cost, .peakPower]
    let needsPeriod =
      objectives.contains { [.period, .energy, .power].contains($0) }
      || requirements.contains { !withoutPeriod.contains($0.quantity) }
    // Whether a mapping works at all shows in an execution.
    self.init(
      findsPeriod: needsPeriod || !needsLatency, findsLatency: needsLatency,
      extent: extent)
  }
}
