import Simulation
import Testing

@Suite struct InferenceLogTests {
  @Test(arguments: [0, 60, 400])
  func `a repeat is the same whether all states are kept, some, or none`(mostKept: Int) throws {
    var repeated = 0
    for seed in UInt64(0)..<150 {
      let example = try RandomCase(seed: seed)
      var all = try Simulator(example.problem)
      var few = try Simulator(example.problem, mostKept: mostKept)
      let expected = try all.run(example.placement, inferences: 100, findsLatency: false)
      guard let repetition = expected.repetition else { continue }
      let found = try few.run(example.placement, inferences: 1000, findsLatency: false)
      #expect(found.isExact && found.period == expected.period, "seed \(seed)")
      #expect(found.repetition?.count == repetition.count, "seed \(seed)")
      repeated += 1
    }
    #expect(repeated > 100, "\(repeated)")
  }
}
