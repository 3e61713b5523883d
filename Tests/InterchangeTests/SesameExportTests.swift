import Dataflow
import Interchange
import Testing

@Suite("Sesame exports")
struct SesameExportTests {
  private func text(_ export: SesameExport, _ ending: String) throws -> String {
    try #require(try export.files().first { $0.path.hasSuffix(ending) }).text
  }

  @Test("the files of the worked example")
  func files() throws {
    let export = try SesameExport(try SampleGraphs.blur())
    #expect(
      Set(try export.files().map(\.path)) == [
        "app/blur_app.yml", "app/blur.h", "app/blur.cpp", "app/src.h", "app/src.cpp", "app/snk.h",
        "app/snk.cpp", "app/transfers.h", "app/Makefile", "blur_map.yml", "blur_arch.yml",
      ])
    let yml = try text(export, "_app.yml")
    for line in [
      #"<network xmlns="http://sesamesim.sourceforge.net/YML" name="application" class="KPN">"#,
      #"<property name="operation:READ_ROW" value="1"/>"#,
      #"<property name="operation:BLUR_3x3" value="2"/>"#,
      #"<property name="operation:WRITE_ROW" value="3"/>"#,
      #"<link innode="src" inport="OP0" outnode="blur" outport="IP0"/>"#,
      #"<link innode="blur" inport="OP0" outnode="blur" outport="IP1"/>"#,
      #"<link innode="blur" inport="OP1" outnode="snk" outport="IP0"/>"#,
    ] { #expect(yml.contains(line), "\(line)") }
    #expect(
      try text(export, "blur.cpp").contains("static const int rIP0[8] = {16, 8, 8, 8, 8, 8, 8, 0};")
    )
  }

  @Test("an inconsistent graph is refused")
  func inconsistent() throws {
    let graph = try CSDFGraph(
      name: "g", actors: [SampleGraphs.actor("a"), SampleGraphs.actor("b")],
      channels: [
        SampleGraphs.channel("x", 0, [1], 1, [1]), SampleGraphs.channel("y", 0, [2], 1, [1]),
      ])
    #expect(throws: InterchangeError.dataflow(.inconsistent(channel: "y"))) {
      try SesameExport(graph)
    }
  }

  @Test("a rate that no buffer can hold is refused")
  func largeRate() throws {
    let rate = Int64(Int32.max) + 1
    let graph = try CSDFGraph(
      name: "g", actors: [SampleGraphs.actor("a"), SampleGraphs.actor("b")],
      channels: [SampleGraphs.channel("x", 0, [rate], 1, [rate])])
    let error = #expect(throws: InterchangeError.self) { try SesameExport(graph) }
    #expect(
      error?.message == "channel \"x\": the rate: 2147483648 does not fit a buffer, expected at "
        + "most 2147483647")
  }

  @Test("times beyond 32 bits keep all digits")
  func largeTimes() throws {
    let graph = try CSDFGraph(
      name: "g", actors: [SampleGraphs.actor("a", [99_000_000_000_000])], channels: [])
    let export = try SesameExport(graph)
    #expect(try text(export, "_arch.yml").contains(#"name="latency:own:a" value="99000000000000""#))
    #expect(
      try text(export, "_app.yml").contains(#"name="execution_times" value="99000000000000""#))
  }

  @Test("what takes other times is another operation, and the table says the times of each phase")
  func operations() throws {
    let graph = try CSDFGraph(
      name: "g",
      actors: [
        SampleGraphs.actor("a", [3, 4, 3], function: "f"),
        SampleGraphs.actor("b", [4], function: "f"),
        SampleGraphs.actor("c", [4], function: "g"),
      ], channels: [])
    let export = try SesameExport(graph)
    #expect(export.application.operations == ["f", "f_2", "g"])
    #expect(export.application.processes.map(\.operations) == [[0, 1, 0], [1], [2]])
    #expect(export.architecture.types[0].latencies == ["f": 3, "f_2": 4, "g": 4])
  }

  @Test("identifiers are legal, and differ in more than capitals, also with the endings of classes")
  func names() throws {
    let export = try SesameExport(try SampleGraphs.awkwardNames())
    let names = export.application.processes.map(\.name)
    let all = names.flatMap { [$0, "\($0)_Base", "\($0)_Ports"] }.map { $0.lowercased() }
    #expect(Set(all).count == all.count)
    for name in names {
      #expect(name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) != nil && !name.contains("__"))
    }
    #expect(Set(names).isDisjoint(with: ["class", "main", "ports", "NULL", "IP0", "dataOP0"]))
  }

  @Test("a name that XML cannot hold is refused")
  func control() throws {
    let graph = try CSDFGraph(name: "g", actors: [SampleGraphs.actor("a\u{1}")], channels: [])
    #expect(throws: InterchangeError.self) { try SesameExport(graph).files() }
  }

  @Test("two exports of one graph are equal, byte by byte")
  func repeatable() throws {
    let problem = try SampleProblem.problem(try SampleGraphs.multiRate())
    #expect(
      try SesameExport(problem, placement: nil).files()
        == SesameExport(problem, placement: nil).files())
  }
}
