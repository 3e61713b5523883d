import Dataflow
import MappingModel
import Simulation
import Testing

@Suite struct SimulatorTests {
  @Test(arguments: 0..<8)
  func `every end of an inference is that of the reference, to the tick`(part: UInt64) throws {
    var (deadlocks, exact, transfers) = (0, 0, 0)
    for seed in (part * 125)..<(part * 125 + 125) {
      let example = try RandomCase(seed: seed)
      var simulator = try Simulator(example.problem)
      let ends = try simulator.ends(of: example.placement, inferences: 12)
      var reference = ReferenceSimulator(example.problem, example.placement)
      _ = reference.run(inferences: 12, stopsAtRepeat: false)
      #expect(ends == Array(reference.ends.prefix(12)), "seed \(seed)")
      if ends.count < 12 { deadlocks += 1 }

      var alone = ReferenceSimulator(example.problem, example.placement)
      alone.isAlone = true
      _ = alone.run(inferences: 1, stopsAtRepeat: false)
      let result = try simulator.run(example.placement, inferences: 40)
      #expect(result.latency == alone.ends.first, "seed \(seed)")
      guard result.latency != nil else { continue }
      var repeating = ReferenceSimulator(example.problem, example.placement)
      let found = repeating.run(inferences: 40, stopsAtRepeat: true)
      #expect(found.map { $0.first..<$0.again } == result.repetition, "seed \(seed)")
      if result.repetition != nil { exact += 1 }
      let schedule = try simulator.schedule(of: example.placement, inferences: 3)
      transfers += schedule.segments.count { $0.kind != .execute }
    }
    #expect(deadlocks > 2 && exact > 40 && transfers > 100, "\(deadlocks) \(exact) \(transfers)")
  }

  @Test(arguments: [
    (seeds: 0..<6, blocks: 70...110, elements: 1...2), (100..<103, 20...40, 64...80),
  ])
  func `more than 64 blocks or elements take what they take in the reference`(
    seeds: Range<UInt64>, blocks: ClosedRange<Int>, elements: ClosedRange<Int>
  ) throws {
    var firings = 0
    for seed in seeds {
      let example = try RandomCase(seed: seed, blocks: blocks, elements: elements)
      var simulator = try Simulator(example.problem)
      let ends = try simulator.ends(of: example.placement, inferences: 3)
      var reference = ReferenceSimulator(example.problem, example.placement)
      _ = reference.run(inferences: 3, stopsAtRepeat: false)
      #expect(ends == Array(reference.ends.prefix(3)), "seed \(seed)")
      firings += ends.count * example.problem.graph.actors.count
    }
    #expect(firings > 80, "\(firings)")
  }
}
