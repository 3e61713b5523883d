import CostModel
import DataflowConversion
import Diagnostics
import Documents
import Foundation
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import PlatformModel
import Preparation
import RandomNumbers
import Search
import Simulation
import TestSupport
import Testing

@testable import Exploration

@Suite struct PartitionSearchTests {
  /// A network on a platform, with the splits and rules of a mapping.
  private struct Fixture {
    let graph: BlockGraph
    let model: CostModel

    init(_ network: GeneratedNetwork = .mnist, on platform: String) throws {
      graph = try BlockGraph(
        try ResolvedGraph(network.model(seed: nil)), name: network.rawValue)
      let library = PlatformLibrary(folders: [PythonTool.packageRoot])
      model = CostModel(platform: try library.read(platform).platform)
    }

    func subject(_ mapping: Mapping) throws -> (subject: MappingSubject, rules: PlacementRules) {
      let subject = try MappingSubject(
        try graph.applying(mapping, file: "m"), model, granularity: .tensor, buffers: .periodic)
      return (subject, try subject.rules(mapping, file: "m"))
    }

    func partitionable(_ mapping: Mapping = Mapping(blocks: [:])) throws -> PartitionableNetwork {
      let (subject, rules) = try subject(mapping)
      return try PartitionableNetwork(graph, mapping, subject, rules, model)
    }

    func search(_ mapping: Mapping = Mapping(blocks: [:])) throws -> PartitionSearch {
      try PartitionSearch(
        try partitionable(mapping), .withMerges, objectives: [.period, .energy],
        limits: .init(), extent: .inferences(100))
    }

    func explore(
      _ mapping: Mapping = Mapping(blocks: [:]), evaluations: Int = 160, jobs: Int = 1
    ) throws -> ExploreOutcome {
      let request = request(evaluations, jobs: jobs)
      return try request(try partitionable(mapping), .withMerges, hooks: SearchHooks())
    }

    func request(_ evaluations: Int, jobs: Int = 1) -> ExploreRequest {
      var request = ExploreRequest()
      request.configuration.evaluations = evaluations
      request.configuration.jobs = jobs
      request.genetic.population = 40
      request.genetic.offspring = 40
      return request
    }
  }

  // MARK: Canonical form

  @Test(arguments: ["mpsoc4", "odroid-xu4"])
  func `what canonical genomes have no use for does not matter`(platform: String) throws {
    let search = try Fixture(on: platform).search()
    var random = RandomSource(seed: 1)
    var unused = 0
    for _ in 0..<40 {
      let genome = search.canonical(search.space.random(&random))
      #expect(search.canonical(genome) == genome)
      for gene in genome.indices where search.isUnused(gene, in: genome) {
        var changed = genome
        changed[gene] = Allele(random.below(search.space.choices[gene]))
        #expect(search.canonical(changed) == genome)
        unused += 1
      }
    }
    #expect(unused > 40)
  }

  @Test func `elements of one type can be exchanged`() throws {
    let fixture = try Fixture(on: "odroid-xu4")
    let search = try fixture.search()
    let types = fixture.model.platform.elements.map(\.type)
    let pair = try #require(
      types.indices.dropLast().lazy.map { ($0, $0 + 1) }.first { types[$0] == types[$1] })
    var random = RandomSource(seed: 2)
    var evaluator = search.makeEvaluator()
    for _ in 0..<20 {
      let genome = search.canonical(search.space.random(&random))
      let exchanged = genome.indices.map { gene -> Allele in
        let label = search.space.label(gene: gene, allele: genome[gene])
        let other = label == pair.0 ? pair.1 : label == pair.1 ? pair.0 : label
        return search.space.allele(gene: gene, label: other) ?? genome[gene]
      }
      #expect(search.canonical(exchanged) == genome)
      #expect(evaluator.evaluate(exchanged.span) == evaluator.evaluate(genome.span))
    }
  }

  @Test func `scores do not depend on what was evaluated before`() throws {
    let search = try Fixture(on: "mpsoc4").search()
    var random = RandomSource(seed: 3)
    let genomes = (0..<80).map { _ in search.canonical(search.space.random(&random)) }
    var evaluator = search.makeEvaluator()
    let scores = genomes.map { evaluator.evaluate($0.span) }
    #expect(scores.contains { $0.isFeasible })
    for (genome, score) in zip(genomes, scores).reversed() {
      #expect(evaluator.evaluate(genome.span) == score)
    }
  }

  // MARK: Mappings

  private static let mappings = [
    Mapping(blocks: [:]),
    Mapping(
      blocks: ["relu1": "medium"],
      splits: [.init(block: "fc", parts: 2), .init(block: "conv2", parts: 2, along: .lines)]),
    Mapping(blocks: [:], merges: [["conv1", "relu1"]], forbidden: ["conv2": ["accelerator"]]),
  ]

  @Test(arguments: mappings)
  func `the mapping of a point alone gives its numbers again`(mapping: Mapping) throws {
    let fixture = try Fixture(on: "mpsoc4")
    let outcome = try fixture.explore(mapping, evaluations: 600)
    #expect(outcome.front.contains { $0.mapping.splits.count > mapping.splits.count })
    for point in outcome.front {
      let text = try JSONText.encode(MappingDocument(point.mapping))
      let read = try Mapping(try DocumentNode(Data(text.utf8), file: "m.json"))
      #expect(read.splits == point.mapping.splits)
      let (subject, rules) = try fixture.subject(read)
      var evaluator = try MappingEvaluator(subject.problem)
      let evaluation = try evaluator.evaluate(subject.problem.balanced(rules)).evaluation
      #expect(evaluation.isFeasible)
      #expect(evaluation[.period] == point.objectives[0])
      // Summed up in another order.
      #expect(abs(evaluation[.energy] / point.objectives[1] - 1) < 1e-12)
      for (block, element) in read.blocks {
        if block.hasPrefix("relu1") { #expect(mapping.blocks["relu1"] ?? element == element) }
        if block.hasPrefix("conv2") {
          #expect(mapping.forbidden["conv2"]?.contains(element) != true)
        }
      }
    }
  }

  @Test func `a mapping that fixes what splits change is refused`() throws {
    let fixture = try Fixture(on: "mpsoc4")
    let mapping = Mapping(blocks: [:], order: ["large": ["conv1", "conv2"]])
    #expect(throws: RequestError.self) { try fixture.partitionable(mapping) }
  }

  // MARK: Fronts

  @Test func `nothing is lost against the network in one piece, and the period is shorter`() throws
  {
    let fixture = try Fixture(on: "mpsoc4")
    let (subject, rules) = try fixture.subject(Mapping(blocks: [:]))
    let whole = try fixture.request(1000)(
      subject, rules, mapping: Mapping(blocks: [:]), hooks: SearchHooks())
    let split = try fixture.explore(evaluations: 1000)
    for point in whole.front {
      #expect(
        split.front.contains {
          $0.objectives[0] <= point.objectives[0] && $0.objectives[1] <= point.objectives[1]
        })
    }
    #expect(split.front[0].objectives[0] < whole.front[0].objectives[0])
  }

  @Test func `one thread finds what two find`() throws {
    let fixture = try Fixture(on: "mpsoc4")
    let (one, two) = (
      try fixture.explore(evaluations: 120), try fixture.explore(evaluations: 120, jobs: 2)
    )
    #expect(one.front.map(\.mapping) == two.front.map(\.mapping))
    #expect(one.evaluated == two.evaluated)
  }
}

extension PartitionSearchOptions {
  fileprivate static var withMerges: Self {
    var options = Self()
    options.searchesMerges = true
    return options
  }
}

extension PartitionSearch {
  fileprivate func canonical(_ genome: [Allele]) -> [Allele] {
    var genome = genome
    var span = genome.mutableSpan
    repair(&span)
    canonicalize(&span)
    return genome
  }

  /// Whether a gene has the choice that stands for no element.
  fileprivate func isUnused(_ gene: Int, in genome: [Allele]) -> Bool {
    !layout.elements[gene].isEmpty && genome[gene] == layout.noElement(gene)
  }
}

extension GenomeSpace {
  fileprivate func random(_ random: inout RandomSource) -> [Allele] {
    choices.map { Allele(random.below($0)) }
  }
}
