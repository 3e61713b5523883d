import RandomNumbers
import Synchronization

@testable import Search

/// A small mapping problem: tasks in a chain on elements of a few types, at most four objectives.
///
/// Elements of one type are interchangeable; some tasks cannot run on some types.
struct ToyProblem: SearchProblem {
  let space: GenomeSpace
  let objectives: [String]
  /// The labels of the choices of each gene, and the type of each label.
  let domains: [[Int]]
  let types: [Int]
  /// For each task and type a time and an energy.
  private let times: [[Double]]
  private let energies: [[Double]]
  /// The most tasks on an element; each one more violates the constraint by one.
  let capacity: Int
  let recorder: Recorder?

  /// Notes every genome that is evaluated.
  final class Recorder: Sendable {
    let genomes = Mutex<[[Allele]]>([])
  }

  /// - Parameter elements: For each type how many elements there are.
  init(
    tasks: Int, elements: [Int], objectives: Int = 2, capacity: Int = .max, seed: UInt64 = 1,
    recorder: Recorder? = nil
  ) throws {
    var random = RandomSource(seed: seed)
    let types = elements.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    let labels = Array(types.indices)
    domains = (0..<tasks).map { _ in
      let excluded = elements.count > 2 && random.below(3) == 0 ? random.below(elements.count) : -1
      return labels.filter { types[$0] != excluded }
    }
    space = try GenomeSpace(
      domains: domains,
      interchangeable: elements.indices.map { type in labels.filter { types[$0] == type } })
    let table = { (random: inout RandomSource) in
      (0..<tasks).map { _ in elements.map { _ in Double(1 + random.below(20)) } }
    }
    (times, energies) = (table(&random), table(&random))
    self.objectives = Array(["period", "energy", "latency", "cost"].prefix(objectives))
    self.types = types
    self.capacity = capacity
    self.recorder = recorder
  }

  var relatedGenes: [(Int, Int)] { (1..<max(1, space.geneCount)).map { ($0 - 1, $0) } }

  func makeEvaluator() -> Evaluator { Evaluator(problem: self) }

  func score(_ genome: [Allele]) -> Score {
    let elements = genome.indices.map { domains[$0][Int(genome[$0])] }
    var load = [Double](repeating: 0, count: types.count)
    var count = [Int](repeating: 0, count: types.count)
    var (energy, latency) = (0.0, 0.0)
    for (task, element) in elements.enumerated() {
      load[element] += times[task][types[element]]
      count[element] += 1
      energy += energies[task][types[element]]
      latency += times[task][types[element]]
      if task > 0, elements[task - 1] != element { latency += 3 }
    }
    let cost = types.indices.reduce(0) { $0 + (count[$1] > 0 ? Double(5 - types[$1]) : 0) }
    let excess = count.reduce(0) { $0 + max(0, $1 - capacity) }
    let all = [load.max() ?? 0, energy, latency, cost]
    return Score(ObjectiveVector(all.prefix(objectives.count)), violation: Double(excess))
  }

  struct Evaluator: GenomeEvaluator {
    let problem: ToyProblem

    func evaluate(_ genome: Span<Allele>) -> Score {
      let genome = genome.indices.map { genome[$0] }
      problem.recorder?.genomes.withLock { $0.append(genome) }
      return problem.score(genome)
    }
  }
}

// MARK: - Brute force

extension ToyProblem {
  /// All genomes, symmetric ones too.
  var allGenomes: [[Allele]] {
    space.choices.reduce([[]]) { genomes, choices in
      genomes.flatMap { genome in (0..<choices).map { genome + [Allele($0)] } }
    }
  }

  /// What symmetric genomes have in common: who runs together, and on which type.
  func partition(_ genome: [Allele]) -> [[Int]] {
    let elements = genome.indices.map { domains[$0][Int(genome[$0])] }
    return elements.map { [types[$0], elements.firstIndex(of: $0) ?? 0] }
  }

  /// The objectives of the front, without repetition, in order.
  var trueFront: [ObjectiveVector] {
    let feasible = Set(allGenomes.map(score).filter { $0.violation == 0 }.map(\.objectives))
    return feasible.filter { point in !feasible.contains { $0.dominates(point) } }
      .sorted { $0.precedes($1) }
  }
}

extension SearchResult {
  /// The result without what time has to do with.
  var comparable: String {
    let rows = logbook.map { row in
      var row = row
      row.seconds = 0
      return "\(row)"
    }
    return "\(front) \(String(describing: leastInfeasible)) \(evaluations) \(cacheHits) "
      + "\(generations) \(stopReason) \(evaluated.scores) \(rows)"
  }
}
