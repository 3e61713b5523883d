import Dataflow
import Foundation
import Interchange
import MappingModel
import TestSupport
import Testing

@Suite("Sesame traces")
struct SesameTraceTests {
  private func traces(
    _ export: SesameExport, iterations: Int64,
    _ body: (_ number: Int, _ path: String) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    try export.writeTraces(iterations: iterations) { folder.file("trace\($0)") }
    for number in export.application.processes.indices {
      try body(number, folder.file("trace\(number)"))
    }
  }

  @Test(
    "a trace has the events of its process and nothing else",
    arguments: [SampleGraphs.blur, SampleGraphs.cycle, SampleGraphs.multiRate],
    [SesameExport.Events.burst, .token])
  func events(_ make: @Sendable () throws -> CSDFGraph, _ events: SesameExport.Events) throws {
    let graph = try make()
    let export = try SesameExport(graph, options: .init(events: events))
    let expected = FiringSemantics(
      graph: graph,
      operations: { actor, phase in
        let list = export.application.processes[actor].operations
        return export.application.operations[list[phase % list.count]]
      }, isByToken: events == .token, iterations: 2
    ).lines()
    try traces(export, iterations: 2) { number, path in
      var text = ""
      try SesameTrace.print(
        path: path, application: export.application, process: number, to: &text)
      let lines = text.split(separator: "\n").map { line in
        line.hasPrefix("E ")
          ? String(line) : line.split(separator: " ").prefix(3).joined(separator: " ")
      }
      #expect(lines == expected[number])
    }
  }

  @Test("records are four 16-bit integers, the lower byte first")
  func bytes() throws {
    let export = try SesameExport(try SampleGraphs.blur())
    try traces(export, iterations: 1) { number, path in
      guard number == 1 else { return }
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      // R(IP0, 16) E(2) W(OP0, 16) and at the end the end.
      #expect(
        Array(data.prefix(24)) == [
          2, 0, 0, 0, 16, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 2, 0, 16, 0, 1, 0,
        ])
      #expect(Array(data.suffix(8)) == [255, 255, 0, 0, 0, 0, 0, 0])
      #expect(data.count == 8 * (8 + 14 + 15 + 1))
    }
  }

  @Test("files are numbered in the order of the mapping")
  func order() throws {
    let problem = try SampleProblem.problem(try SampleGraphs.blur())
    let export = try SesameExport(problem, placement: Placement(elements: [0, 1, 2]))
    let names = try #require(export.mapping).processes.map(\.process)
    #expect(export.traceOrder.map { export.application.processes[$0].name } == names)
  }

  @Test("faulty traces are refused")
  func faults() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("trace0")
    let export = try SesameExport(try SampleGraphs.blur())
    func message(_ bytes: [UInt8]) throws -> String {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      var text = ""
      do {
        try SesameTrace.print(
          path: path, application: export.application, process: 0, to: &text)
        return ""
      } catch let error as InterchangeError {
        return error.message
      }
    }
    let end: [UInt8] = [255, 255, 0, 0, 0, 0, 0, 0]
    #expect(try message(end) == "")
    #expect(try message([]) == "\(path): record 0: expected the end of the trace")
    #expect(try message(end + [1]) == "\(path): record 0: expected a file of records of 8 bytes")
    #expect(try message(end + end).hasSuffix("record 1: it stands behind the end of the trace"))
    #expect(try message([9, 0, 0, 0, 0, 0, 0, 0]).hasSuffix("record 0: type 9: expected -1 to 3"))
    #expect(
      try message([1, 0, 4, 0, 0, 0, 0, 0] + end)
        .hasSuffix("record 0: there is no operation with the number 4"))
    #expect(
      try message([2, 0, 0, 0, 1, 0, 0, 0] + end).contains("there is no port of the direction"))
  }
}
