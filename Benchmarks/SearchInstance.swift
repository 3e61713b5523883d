import Foundation
import Search

/// A mapping problem to score searches on: tasks of a graph on elements that share a bus, makespan
/// and energy to be minimised.
///
/// `ga-problems.json` holds two, drawn from a seeded generator when DEAP and pymoo were measured on
/// them: task graphs with a time and an energy per task and element.
struct SearchInstance: Decodable, Sendable {
  var duration: [[Double]]
  var energy: [[Double]]
  var edges: [Edge]
  var staticPower: [Double]
  var busTime: Double
  var busEnergy: Double

  /// Bytes from one task to a later one.
  struct Edge: Decodable, Sendable {
    var source: Int
    var target: Int
    var bytes: Double

    init(from decoder: any Decoder) throws {
      var fields = try decoder.unkeyedContainer()
      source = try fields.decode(Int.self)
      target = try fields.decode(Int.self)
      bytes = try fields.decode(Double.self)
    }
  }

  enum CodingKeys: String, CodingKey {
    case duration = "dur"
    case energy
    case edges
    case staticPower = "static"
    case busTime = "bus_time_per_byte"
    case busEnergy = "bus_energy_per_byte"
  }

  var taskCount: Int { duration.count }
  var elementCount: Int { staticPower.count }

  /// The edges into each task, in the order given.
  var inputs: [[Edge]] {
    edges.reduce(into: Array(repeating: [], count: taskCount)) { $0[$1.target].append($1) }
  }
}

/// An instance as something to search.
struct SearchInstanceProblem: SearchProblem {
  let instance: SearchInstance
  let space: GenomeSpace
  let objectives = ["makespan", "energy"]

  init(_ instance: SearchInstance) throws {
    self.instance = instance
    space = try GenomeSpace(
      domains: Array(repeating: Array(0..<instance.elementCount), count: instance.taskCount),
      interchangeable: [])
  }

  var relatedGenes: [(Int, Int)] { instance.edges.map { ($0.source, $0.target) } }

  func makeEvaluator() -> InstanceEvaluator { InstanceEvaluator(instance) }

  func seeds(_ kind: SeedKind, limit: Int) -> [[Allele]] {
    let seeds = InstanceSeeds(instance)
    switch kind {
    case .single: return space.uniformGenomes(limit: limit)
    case .subset: return Array(seeds.balanced.prefix(limit))
    case .constructed: return Array(seeds.schedules.prefix(limit))
    }
  }
}

/// Executes the tasks in their order; transfers take the bus in the order of their readers.
struct InstanceEvaluator: GenomeEvaluator {
  private let durations: [Double]
  private let energies: [Double]
  private let edges: [SearchInstance.Edge]
  private let edgeStarts: [Int]
  private let instance: SearchInstance
  private var finish: [Double]
  private var elementFree: [Double]

  init(_ instance: SearchInstance) {
    self.instance = instance
    durations = Array(instance.duration.joined())
    energies = Array(instance.energy.joined())
    edges = Array(instance.inputs.joined())
    edgeStarts = instance.inputs.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    finish = Array(repeating: 0, count: instance.taskCount)
    elementFree = Array(repeating: 0, count: instance.elementCount)
  }

  mutating func evaluate(_ genome: Span<Allele>) -> Score {
    var (bus, energy, makespan, used) = (0.0, 0.0, 0.0, UInt64(0))
    for element in elementFree.indices { elementFree[element] = 0 }
    for task in genome.indices {
      let element = Int(genome[task])
      var ready = 0.0
      for edge in edges[edgeStarts[task]..<edgeStarts[task + 1]] {
        var arrival = finish[edge.source]
        if Int(genome[edge.source]) != element {
          arrival = max(arrival, bus) + edge.bytes * instance.busTime
          bus = arrival
          energy += edge.bytes * instance.busEnergy
        }
        ready = max(ready, arrival)
      }
      let cell = task * elementFree.count + element
      let end = max(elementFree[element], ready) + durations[cell]
      (finish[task], elementFree[element]) = (end, end)
      energy += energies[cell]
      makespan = max(makespan, end)
      used |= 1 << UInt64(element)
    }
    for element in elementFree.indices where used >> UInt64(element) & 1 == 1 {
      energy += makespan * instance.staticPower[element]
    }
    return Score(ObjectiveVector(makespan, energy))
  }
}
