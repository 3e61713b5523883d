import Dataflow
import DataflowConversion
import Interchange
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@Suite("Sesame applications, compiled and run")
struct SesameRunTests {
  /// The operation of each phase as the application names it.
  private func operations(_ export: SesameExport) -> (Int, Int) -> String {
    { actor, phase in
      let list = export.application.processes[actor].operations
      return export.application.operations[list[phase % list.count]]
    }
  }

  /// Runs an export and compares each process with what firings of the graph say.
  @discardableResult
  private func check(
    _ graph: CSDFGraph, _ options: SesameExport.Options = .init(), iterations: Int = 1
  ) throws -> StandInRunner {
    let export = try SesameExport(graph, options: options)
    let run = try StandInRunner(
      files: try export.files(), arguments: iterations == 1 ? [] : ["x", "\(iterations)"])
    let expected = FiringSemantics(
      graph: graph, operations: operations(export), isByToken: options.events == .token,
      iterations: iterations
    ).lines()
    #expect(run.events.map(\.process) == export.application.processes.map(\.name))
    for (process, lines) in zip(run.events, expected) {
      #expect(process.lines == lines, "process \(process.process)")
    }
    #expect(run.leftovers == graph.channels.map { Int($0.initialTokens) })
    return run
  }

  @Test("the worked example has its 24 executions, 22 reads and 23 writes")
  func blur() throws {
    let run = try check(try SampleGraphs.blur())
    let lines = run.events.flatMap(\.lines)
    #expect(lines.count { $0.hasPrefix("E") } == 24)
    #expect(lines.count { $0.hasPrefix("R") } == 22)
    #expect(lines.count { $0.hasPrefix("W") } == 23)
    #expect(
      run.events[1].lines.prefix(7) == [
        "R IP0 16", "E BLUR_3x3", "W OP0 16", "W OP1 8", "R IP1 16", "R IP0 8", "E BLUR_3x3",
      ])
  }

  @Test("single tokens and several iterations")
  func tokens() throws {
    try check(try SampleGraphs.blur(), .init(events: .token, tokenType: .float), iterations: 3)
  }

  @Test("a cycle that its initial tokens start, more of them than an event can move")
  func cycle() throws {
    let run = try check(try SampleGraphs.cycle(), .init(iterations: 2), iterations: 2)
    let writes = run.events[2].lines.prefix(4)
    #expect(writes == ["W OP0 32767", "W OP0 32767", "W OP0 14467", "R IP0 2"])
  }

  @Test("rates of 0, lists of different lengths, a value read twice, and parts that are not joined")
  func multiRate() throws { try check(try SampleGraphs.multiRate(), iterations: 2) }

  @Test("names that are keywords, alike but for capitals, or no words at all")
  func names() throws { try check(try SampleGraphs.awkwardNames()) }

  @Test("a network, tensor by tensor and line by line", arguments: [Granularity.tensor, .line])
  func network(_ granularity: Granularity) throws {
    let blocks = try BlockGraph(
      try ResolvedGraph(GeneratedNetwork.mnist.model(seed: 1)), name: "mnist")
    let ticks = blocks.blockIDs.map { Int64(blocks.work($0).operations) }
    let graph = try CSDFGraph(blocks, ticks: ticks, granularity: granularity)
    let run = try check(graph, .init(network: blocks))
    let executed = run.events.map { $0.lines.count { $0.hasPrefix("E ") } }
    // One execution for each line of 28 and 24 in the first two blocks, if lines are what fires.
    #expect(executed.reduce(0, +) > (granularity == .line ? 52 : 3))
    let labels = Set(run.events.flatMap(\.lines).filter { $0.hasPrefix("E Conv") })
    #expect(labels.contains { $0.contains("(8_1_5_5)") })
  }

  @Test("a graph in which all wait for each other is seen to deadlock")
  func deadlock() throws {
    let graph = try CSDFGraph(
      name: "deadlock", actors: [SampleGraphs.actor("a"), SampleGraphs.actor("b")],
      channels: [
        SampleGraphs.channel("ab", 0, [1], 1, [1]), SampleGraphs.channel("ba", 1, [1], 0, [1]),
      ])
    #expect(throws: StandInRunner.Failure.self) {
      try StandInRunner(files: try SesameExport(graph).files())
    }
  }
}
