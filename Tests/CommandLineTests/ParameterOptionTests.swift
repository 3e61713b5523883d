import Foundation
import TestSupport
import Testing

@Suite("outrigger with PiSDF files")
struct ParameterOptionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let layer = """
      <graphml><graph><data key="name">layer</data>
      <node id="filters" kind="cfg_in_iface"/><node id="agg" kind="cfg_in_iface" defaultValue="1"/>
      <node id="in" kind="src"><port kind="output" name="in" expr="48"/></node>
      <node id="out" kind="snk"><port kind="input" name="out" expr="filters*4"/></node>
      <node id="conv" kind="actor"><data key="graph_desc">Code/conv.h</data>
      <port kind="cfg_input" name="agg"/><port kind="input" name="in" expr="48"/>
      <port kind="output" name="out" expr="4*agg"/></node>
      <edge kind="fifo" source="in" sourceport="in" target="conv" targetport="in"/>
      <edge kind="fifo" source="conv" sourceport="out" target="out" targetport="out"/>
      <edge kind="dependency" source="agg" target="conv" targetport="agg"/></graph></graphml>
      """
    let top = """
      <?xml version="1.0"?><graphml><graph><data key="name">top</data>
      <node id="filters" kind="param" expr="12"/>
      <node id="camera" kind="actor"><port kind="output" name="o" expr="48"/></node>
      <node id="layer" kind="actor"><data key="graph_desc">layer.pi</data>
      <port kind="cfg_input" name="filters"/><port kind="input" name="in" expr="48"/>
      <port kind="output" name="out" expr="4*filters"/></node>
      <node id="show" kind="actor"><port kind="cfg_input" name="filters"/>
      <port kind="input" name="i" expr="4*filters"/></node>
      <edge kind="fifo" source="camera" sourceport="o" target="layer" targetport="in"/>
      <edge kind="fifo" source="layer" sourceport="out" target="show" targetport="i"/>
      <edge kind="dependency" source="filters" target="layer" targetport="filters"/>
      <edge kind="dependency" source="filters" target="show" targetport="filters"/></graph></graphml>
      """
    try Data(layer.utf8).write(to: URL(fileURLWithPath: folder.file("layer.pi")))
    try Data(top.utf8).write(to: URL(fileURLWithPath: folder.file("top.pi")))
  }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder)
  }

  private func actorCycles(_ arguments: String...) throws -> String {
    let run = try ProgramRun(["analyze", "top.pi", "--sps"] + arguments, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  @Test("flattens them for analysis, and --parameter overrides what they give")
  func analysis() throws {
    let plain = try actorCycles()
    #expect(plain.contains("layer/conv") && plain.contains("layer/in"))
    #expect(try actorCycles("--parameter", "layer/agg=3") != plain)
    let once = try actorCycles("--parameter", "layer/agg=12")
    #expect(once.contains("layer/conv") && !once.contains("layer/in"))
    #expect(try actorCycles("--parameter", "filters=24", "--parameter", "layer/agg=24") != plain)
    let slow = try actorCycles("--execution-time", "camera=480")
    #expect(slow.contains("480 ticks") && !plain.contains("480 ticks"))
    let all = try run("analyze", "top.pi", "--all", "--json")
    #expect(all.status == 0 && !all.json.isEmpty)
  }

  @Test("exports the flattened graph")
  func export() throws {
    let text = try run("export", "sdf3", "top.pi", "--parameter", "layer/agg=4").output
    #expect(text.contains("actor name=\"layer/conv\"") && text.contains("rate=\"144\""))
    #expect(try run("export", "dot", "top.pi").output.contains("layer/conv"))
  }

  @Test(
    "refuses parameters in one line",
    arguments: [
      (["top.pi", "--parameter", "agg=3"], "top.pi: there is no parameter \"agg\""),
      (["top.pi", "--parameter", "filters"], "expected name=value"),
      (["top.pi", "--parameter", "filters=x"], "expected name=value"),
      (["top.pi", "--parameter", "filters=1", "--parameter", "filters=2"], "given twice"),
      (["top.pi", "--parameter", "filters=-1"], "top.pi: actor \"layer\", port \"out\""),
      (["layer.pi"], "layer.pi: no value is given for parameter \"filters\""),
      (["flat.json", "--parameter", "n=1"], "it is for PiSDF files"),
      (["top.pi", "--execution-time", "cam=3"], "there is no actor \"cam\""),
      (["top.pi", "--execution-time", "show=-3"], "execution time -3 is negative"),
    ])
  func refusals(arguments: [String], message: String) throws {
    try Data("{}".utf8).write(to: URL(fileURLWithPath: folder.file("flat.json")))
    let run = try ProgramRun(["analyze"] + arguments + ["--sps"], in: folder)
    #expect(run.status != 0 && run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test("rounds what is no integer, and says so")
  func rounding() throws {
    let text = try String(contentsOfFile: folder.file("top.pi"), encoding: .utf8)
      .replacingOccurrences(of: "expr=\"12\"", with: "expr=\"if(1, 25, 3) / 2 - 0.6\"")
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("half.pi")))
    let rounded = try self.run("analyze", "half.pi", "--sps")
    #expect(rounded.status == 0)
    #expect(
      rounded.errors == "warning: half.pi: parameter \"filters\": \"if(1, 25, 3) / 2 - 0.6\" is "
        + "119/10, rounded to 12 as PREESM does\n")
    #expect(try self.run("analyze", "half.pi", "--sps", "--quiet").errors.isEmpty)
  }
}
