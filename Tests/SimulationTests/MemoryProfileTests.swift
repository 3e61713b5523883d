import Dataflow
import MappingModel
import Simulation
import Testing

@Suite("Memory over time")
struct MemoryProfileTests {
  @Test("is the weights and the tokens that have room, at every instant", arguments: 0..<6)
  func instants(part: UInt64) throws {
    var steps = 0
    for seed in (part * 20)..<(part * 20 + 20) {
      let example = try RandomWorth(try RandomCase(seed: seed, isLoose: part >= 4), seed: seed)
      var simulator = try Simulator(example.problem)
      let schedule = try simulator.schedule(of: example.placement, inferences: 5, limit: 20_000)
      guard schedule.omitted == 0, schedule.firings.count < 400 else { continue }
      let profile = MemoryProfile(schedule, of: example.placement, in: example.problem)
      let reference = ReferenceAccount(problem: example.problem, placement: example.placement)
      for time in Set(profile.memories.joined().map(\.time)).sorted() where time > 0 {
        let expected = reference.memories { index in
          example.problem.graph.channels[index].isSelfEdge
            ? 0 : reference.tokens(ofChannel: index, in: schedule, at: time)
        }
        let found = profile.memories.map { list in list.last { $0.time <= time }?.bytes }
        #expect(found == expected, "seed \(seed), tick \(time)")
        steps += 1
      }
    }
    #expect(steps > 100, "\(steps)")
  }

  @Test("has at most one step in an instant, in the order of time", arguments: 0..<20)
  func steps(seed: UInt64) throws {
    let example = try RandomWorth(try RandomCase(seed: seed), seed: seed)
    var simulator = try Simulator(example.problem)
    let schedule = try simulator.schedule(of: example.placement, inferences: 8)
    let profile = MemoryProfile(schedule, of: example.placement, in: example.problem)
    for list in profile.memories {
      #expect(zip(list, list.dropFirst()).allSatisfy { $0.time < $1.time })
    }
  }

  @Test("of a chain of two blocks by hand")
  func byHand() throws {
    // b0 takes 2 ticks and b1 3; the channel holds two tokens of a byte each.
    let problem = try MappingProblem.streamed(
      try MappingProblem.chain([2, 3]), slowness: [1, 1], capacities: [2])
    var simulator = try Simulator(problem)
    let placement = Placement(elements: [0, 1])
    let schedule = try simulator.schedule(of: placement, inferences: 20)
    let profile = MemoryProfile(schedule, of: placement, in: problem)
    let early = profile.memories[0].filter { $0.time <= 8 }
    // Room is taken at 0 and 2; at 5 the first is free and taken again at once, and so at 8.
    #expect(early.map(\.time) == [0, 2, 5, 8] && early.map(\.bytes) == [1, 2, 2, 2])
    #expect(
      profile.inferences == (schedule.repetition?.lowerBound ?? 0)..<schedule.inferenceEnds.count)
  }
}
