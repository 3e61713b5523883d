import Search

/// Mappings of an instance to begin a search with.
struct InstanceSeeds {
  let instance: SearchInstance

  init(_ instance: SearchInstance) { self.instance = instance }

  /// The subsets of the elements: the fastest ones and the most frugal ones, large before small.
  private var subsets: [[Int]] {
    let elements = Array(0..<instance.elementCount)
    let sums = { (table: [[Double]]) in elements.map { e in table.reduce(0) { $0 + $1[e] } } }
    let (times, energies) = (sums(instance.duration), sums(instance.energy))
    let fast = elements.sorted { (times[$0], $0) < (times[$1], $1) }
    let frugal = elements.sorted { (energies[$0], $0) < (energies[$1], $1) }
    var subsets: [[Int]] = []
    for count in elements.indices.reversed() {
      for order in [fast, frugal] {
        let subset = order[...count].sorted()
        if !subsets.contains(subset) { subsets.append(subset) }
      }
    }
    return subsets
  }

  /// The loads balanced over each subset, the longest task first: each goes where it ends first
  /// (LPT: Graham 1969).
  var balanced: [[Allele]] {
    subsets.map { subset in
      let longest = { (task: Int) in subset.map { instance.duration[task][$0] }.max() ?? 0 }
      let order = (0..<instance.taskCount).sorted { (longest($1), $0) < (longest($0), $1) }
      var load = [Double](repeating: 0, count: instance.elementCount)
      var genome = [Allele](repeating: 0, count: instance.taskCount)
      for task in order {
        let element = subset.min {
          load[$0] + instance.duration[task][$0] < load[$1] + instance.duration[task][$1]
        }
        guard let element else { continue }
        load[element] += instance.duration[task][element]
        genome[task] = Allele(element)
      }
      return genome
    }
  }

  /// List schedules over each subset: task by task to the element where it ends first, energy
  /// counted as time at several rates (after HEFT: Topcuoglu, Hariri, Wu 2002).
  var schedules: [[Allele]] {
    let total = { (table: [[Double]]) in table.joined().reduce(0, +) }
    let rate = total(instance.duration) / total(instance.energy)
    return [0, 1, 4, 0.25, 16].flatMap { weight in
      subsets.map { schedule(over: $0, secondsPerJoule: weight * rate) }
    }
  }

  private func schedule(over subset: [Int], secondsPerJoule: Double) -> [Allele] {
    let inputs = instance.inputs
    var genome = [Allele](repeating: 0, count: instance.taskCount)
    var finish = [Double](repeating: 0, count: instance.taskCount)
    var (free, bus) = ([Double](repeating: 0, count: instance.elementCount), 0.0)
    for task in genome.indices {
      var best = (cost: Double.infinity, element: 0, end: 0.0, bus: 0.0)
      for element in subset {
        var (ready, nextBus, energy) = (0.0, bus, instance.energy[task][element])
        for edge in inputs[task] {
          var arrival = finish[edge.source]
          if Int(genome[edge.source]) != element {
            arrival = max(arrival, nextBus) + edge.bytes * instance.busTime
            nextBus = arrival
            energy += edge.bytes * instance.busEnergy
          }
          ready = max(ready, arrival)
        }
        let end = max(ready, free[element]) + instance.duration[task][element]
        let cost = end + energy * secondsPerJoule
        if cost < best.cost { best = (cost, element, end, nextBus) }
      }
      genome[task] = Allele(best.element)
      (finish[task], free[best.element], bus) = (best.end, best.end, best.bus)
    }
    return genome
  }
}
