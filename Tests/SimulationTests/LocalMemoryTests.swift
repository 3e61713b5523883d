import MappingModel
import PlatformModel
import Quantities
import Simulation
import Testing

@Suite struct LocalMemoryTests {
  /// Two blocks with 60 bytes of weights, of which they share some, on an element that keeps 100.
  @Test(arguments: [(shared: 60, excess: 0.0), (30, 0.0), (10, 10.0 / 100), (0, 20.0 / 100)])
  func `weights that blocks share count once against an element's own memory`(
    shared: Int, excess: Double
  ) throws {
    let type = CoreType(
      name: "t", kind: .processor, operators: [], activePower: Watts(1), localMemory: 100)
    let platform = try Platform(
      name: "p", elements: [Element(name: "e", type: type, dataMemory: MemoryID(0))],
      memories: [Memory(name: "m", capacity: 1 << 30)], links: [])
    let use = MappingProblem.Use(
      roofline: Roofline(computing: .zero), phaseTicks: [5], weightBytes: 60)
    let problem = try MappingProblem(
      graph: try MappingProblem.chain([5, 5]), platform: platform, uses: [[use], [use]],
      channels: [.init(readBytes: [1], writtenBytes: [1], tokens: 1, tensor: 0)],
      capacities: [2],
      sharedWeights: SharedWeights(Array(repeating: [.init(tensor: 0, bytes: [shared])], count: 2)))
    var evaluator = try MappingEvaluator(problem, limits: .init(localMemory: true))
    let measures = evaluator.measure(Placement(elements: [0, 0]), MeasureOptions())
    #expect(abs(measures.violation - excess) < 1e-12)
  }
}
