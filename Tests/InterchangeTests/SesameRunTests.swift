import Dataflow
import Interchange
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
}
