import CostModel
import DataflowConversion
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
import Preparation
import Search
import Simulation
import Synchronization
import TestSupport
import Testing

@testable import Exploration

/// Time limits, held against a clock that goes on by a step with each question.
@Suite struct TimeLimitTests {
  private final class Questions: Sendable {
    private let asked = Atomic(0)
    let step: Double

    init(step: Double) { self.step = step }

    var count: Int { asked.load(ordering: .relaxed) }
    var clock: WorkClock {
      WorkClock { [self] in step * Double(asked.add(1, ordering: .relaxed).newValue) }
    }
  }

  private struct Fixture {
    let graph: BlockGraph
    let model: CostModel
    let subject: MappingSubject
    let rules: PlacementRules

    init(_ network: GeneratedNetwork, on platform: String) throws {
      graph = try BlockGraph(
        try ResolvedGraph(network.model(seed: nil)), name: network.rawValue)
      let library = PlatformLibrary(folders: [PythonTool.packageRoot])
      model = CostModel(platform: try library.read(platform).platform)
      subject = try MappingSubject(graph, model, granularity: .tensor, buffers: .periodic)
      rules = PlacementRules(subject.problem)
    }

    func explore(
      _ questions: Questions, limit: Double, splits: Bool
    ) throws -> ExploreOutcome {
      var request = ExploreRequest()
      request.configuration.evaluations = nil
      request.configuration.timeLimit = limit
      var hooks = SearchHooks()
      hooks.clock = questions.clock
      let mapping = Mapping(blocks: [:])
      guard splits else { return try request(subject, rules, mapping: mapping, hooks: hooks) }
      let network = try PartitionableNetwork(graph, mapping, subject, rules, model)
      return try request(network, PartitionSearchOptions(), hooks: hooks)
    }
  }

  /// However few questions the limit allows, something is found, and what is missing is told.
  @Test(arguments: [1.0, 3, 10, 40, 150, 600, 3000], [false, true])
  func `a limit that ends a search anywhere leaves a front`(steps: Double, splits: Bool) throws {
    let fixture = try Fixture(.mnist, on: "mpsoc4-cores")
    let questions = Questions(step: 1)
    let outcome = try fixture.explore(questions, limit: steps, splits: splits)
    #expect(outcome.stopReason == .time && outcome.evaluations > 0)
    #expect(!outcome.front.isEmpty && outcome.violations.isEmpty)
    #expect(outcome.unsettled == outcome.front.count { !$0.isSettled })
    #expect(outcome.front.allSatisfy { $0.objectives[0].isFinite && $0.objectives[0] > 0 })
    // What the search has found is there, as it was or as a longer execution gives it.
    let best = try #require(outcome.front.map { $0.objectives[0] }.min())
    if let found = outcome.logbook.last?.minimum?[0] {
      #expect(best < 1.05 * found, "\(best) instead of \(found)")
    }
    // Each thing that goes on asks once more, and the search keeps room for what is behind it.
    #expect(Double(questions.count) < 1.3 * steps + 60, "\(questions.count)")
    #expect(try #require(outcome.secondsLeft) <= steps)
  }

  @Test func `with time for everything the points are those of a search without a limit`() throws {
    let fixture = try Fixture(.mnist, on: "mpsoc4-cores")
    var request = ExploreRequest()
    request.configuration.evaluations = 300
    let mapping = Mapping(blocks: [:])
    let usual = try request(
      fixture.subject, fixture.rules, mapping: mapping, hooks: SearchHooks())
    request.configuration.timeLimit = 1e9
    let timed = try request(
      fixture.subject, fixture.rules, mapping: mapping, hooks: SearchHooks())
    #expect(usual.front.map(\.objectives) == timed.front.map(\.objectives))
    #expect(timed.unsettled == 0 && timed.front.allSatisfy(\.isSettled))
  }

  @Test(arguments: SeedKind.allCases)
  func `seeds end when the time is over, the first one is made`(kind: SeedKind) throws {
    let fixture = try Fixture(.mnist, on: "mpsoc4-cores")
    var search = try MappingSearch(
      fixture.subject.problem, fixture.rules, objectives: [.period], limits: .init(),
      extent: .inferences(20))
    let all = search.seeds(kind, limit: 100)
    for count in 1...3 {
      let questions = Questions(step: 1)
      let clock = questions.clock
      search.shouldStop = { clock.seconds >= Double(count) }
      #expect(search.seeds(kind, limit: 100) == Array(all.prefix(count)))
    }
  }

  @Test func `what is shared among parts goes to those that are left`() {
    let questions = Questions(step: 1)
    // Its clock says 1 now: the end is at 101.
    let budget = TimeBudget(100, questions.clock)
    let isOver = budget.share(of: 4)
    // The clock says 2: a quarter of what is left is over at 26.75.
    let asked = (0..<200).prefix { _ in isOver?() == false }.count
    #expect(asked == 24)
    #expect(!budget.isOver && TimeBudget(nil, questions.clock).share(of: 1) == nil)
    #expect(TimeBudget(0, questions.clock).isOver)
  }
}
