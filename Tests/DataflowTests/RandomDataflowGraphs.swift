import Dataflow
import RandomNumbers

/// Small consistent acyclic graphs, always the same for a seed.
func randomAcyclicGraphs(seed: UInt64, count: Int) throws -> [CSDFGraph] {
  var generator = SplitMix64(seed: seed)
  return try (0..<count).map { try randomAcyclicGraph("random\($0)", &generator) }
}

private func randomAcyclicGraph(
  _ name: String, _ generator: inout SplitMix64
) throws -> CSDFGraph {
  let count = Int.random(in: 2...5, using: &generator)
  let cycles = (0..<count).map { _ in Int64.random(in: 1...4, using: &generator) }
  let phases = (0..<count).map { _ in Int.random(in: 1...3, using: &generator) }
  let actors = phases.enumerated().map { index, phases in
    CSDFGraph.Actor(
      name: "a\(index)",
      executionTimes: (0..<phases).map { _ in Int64.random(in: 0...6, using: &generator) })
  }
  var channels: [CSDFGraph.Channel] = []
  for destination in 1..<count {
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      let source = Int.random(in: 0..<destination, using: &generator)
      let tokens =
        leastMultiple(cycles[source], cycles[destination])
        * Int64.random(in: 1...2, using: &generator)
      channels.append(
        CSDFGraph.Channel(
          name: "c\(channels.count)", source: .init(source), destination: .init(destination),
          production: split(tokens / cycles[source], over: phases[source], &generator),
          consumption: split(tokens / cycles[destination], over: phases[destination], &generator),
          initialTokens: max(0, Int64.random(in: -4...5, using: &generator))))
    }
  }
  return try CSDFGraph(name: name, actors: actors, channels: channels)
}

private func leastMultiple(_ a: Int64, _ b: Int64) -> Int64 {
  (1...b).map { $0 * a }.first { $0 % b == 0 } ?? a * b
}

private func split(
  _ tokens: Int64, over phases: Int, _ generator: inout SplitMix64
) -> [Int64] {
  var parts: [Int64] = Array(repeating: 0, count: phases)
  for _ in 0..<tokens { parts[Int.random(in: 0..<phases, using: &generator)] += 1 }
  return parts
}

/// Small consistent graphs with cycles, self-edges, many rates and rates of 0.
func randomCyclicGraphs(seed: UInt64, count: Int) throws -> [CSDFGraph] {
  var generator = SplitMix64(seed: seed)
  return try (0..<count).map { try randomCyclicGraph("cyclic\($0)", &generator) }
}

private func randomCyclicGraph(
  _ name: String, _ generator: inout SplitMix64
) throws -> CSDFGraph {
  let count = Int.random(in: 1...4, using: &generator)
  let cycles = (0..<count).map { _ in Int64.random(in: 1...4, using: &generator) }
  let phases = (0..<count).map { _ in Int.random(in: 1...3, using: &generator) }
  let actors = phases.enumerated().map { index, phases in
    CSDFGraph.Actor(
      name: "a\(index)",
      executionTimes: (0..<phases).map { _ in Int64.random(in: 0...9, using: &generator) })
  }
  var ends = (0..<count).map { ($0, ($0 + 1) % count) }
  for _ in 0..<Int.random(in: 0...3, using: &generator) {
    ends.append(
      (Int.random(in: 0..<count, using: &generator), Int.random(in: 0..<count, using: &generator)))
  }
  let channels = ends.enumerated().map { index, ends in
    let (source, destination) = ends
    let tokens =
      leastMultiple(cycles[source], cycles[destination])
      * Int64.random(in: 1...2, using: &generator)
    return CSDFGraph.Channel(
      name: "c\(index)", source: .init(source), destination: .init(destination),
      production: split(tokens / cycles[source], over: phases[source], &generator),
      consumption: split(tokens / cycles[destination], over: phases[destination], &generator),
      initialTokens: Int64.random(in: 0...(2 * tokens), using: &generator))
  }
  return try CSDFGraph(name: name, actors: actors, channels: channels)
}
