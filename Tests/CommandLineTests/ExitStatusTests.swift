import Foundation
import TestSupport
import Testing

@Suite("Exit codes")
struct ExitStatusTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeTimedChain()
    try files.write("<graphml", to: "torn.xml")
    try files.write("once", to: "there.svg")
  }

  @Test(
    arguments: [
      (["help"], 0), (["--version"], 0), (["help", "explore"], 0), ([], 0),
      (["simulate", "chain.xml", "--platform", "trio.yaml"], 0),
      (["simulate", "chain.xml", "--platform", "trio.yaml", "--require", "15000000fps"], 1),
      (["simulate", "chain.xml", "--platform", "trio.yaml", "--require", "1FPS,latency<=1S"], 0),
      (["explore", "chain.xml", "--platform", "trio.yaml", "--require", "cost<=0"], 1),
      (["help", "nosuch"], 64), (["help", "simulate", "nosuch"], 64), (["nosuch"], 64),
      (["inspect"], 64),
      (["inspect", "chain.xml", "--nosuch"], 64), (["analyze", "chain.xml"], 64),
      (["analyze", "chain.xml", "--sps", "--time-limit", "soon"], 64),
      (["simulate", "chain.xml", "--platform", "trio.yaml", "--require", "speed>1"], 64),
      (["explore", "chain.xml", "--platform", "trio.yaml", "--jobs", "0"], 64),
      (["explore", "chain.xml", "--platform", "trio.yaml", "--beside", "nosuch"], 65),
      (["report", "nosuch/report.html"], 65), (["report", "nosuch"], 65),
      (["inspect", "nosuch"], 65), (["analyze", "torn.xml", "--sps"], 65),
      (["simulate", "chain.xml", "--platform", "nosuch"], 65),
      (["simulate", "chain.xml", "--platform", "trio.yaml", "--times", "nosuch.csv"], 65),
      (["inspect", "trio.yaml", "--output", "there.svg"], 73),
      (["inspect", "trio.yaml", "--output", "nowhere/trio.svg"], 73),
      (["explore", "chain.xml", "--platform", "trio.yaml", "--output", "there.svg/run"], 73),
    ] as [([String], Int32)])
  func `each kind of end has its own`(arguments: [String], status: Int32) throws {
    let found = try files.run(arguments)
    #expect(found.status == status, "\(arguments) \(found.errors)")
    if status > 1, !arguments.contains("--nosuch"), arguments != ["inspect"],
      !arguments.contains("soon")
    {
      #expect(found.errors.hasPrefix("Error: "))
      #expect(found.errors.split(separator: "\n").count == 1, "\(found.errors)")
    }
    #expect(try files.names().filter { $0.contains("lock") || $0.contains("part") }.isEmpty)
  }

  @Test(arguments: [
    (["inspect", "squeezent"], "did you mean squeezenet?"),
    (["inspect", "odroid"], "did you mean odroid-xu4 (a platform)?"),
    (["inspect", "chain.onxx"], "there is no file \"chain.onxx\""),
    (["simulate", "chain.xml", "--platform", "odroid"], "did you mean odroid-xu4?"),
    (["simulate", "chain.xml", "--platform", "jetson_tx2"], "did you mean jetson-tx2?"),
    (["partition", "neuraghe-v1"], "neuraghe-v1 is a platform, and a network is expected"),
    (["inspect", "densnet"], "did you mean densenet121?"),
    (["generate", "resnt18", "--output", "g.onnx"], "did you mean resnet18?"),
    (["generate", "mobilnet", "--output", "g.onnx"], "did you mean mobilenetv2?"),
    (["exlore", "chain.xml"], "did you mean explore"),
    (["help", "simulat"], "did you mean simulate?"),
    (
      ["explore", "chain.xml", "--platform", "trio.yaml", "--objectives", "perod"],
      "did you mean period?"
    ),
    (
      ["simulate", "chain.xml", "--platform", "trio.yaml", "--require", "latncy<=5ms"],
      "did you mean latency?"
    ), (["simulate", "chain.xml", "--plattform", "trio.yaml"], "Did you mean '--platform'?"),
    (
      ["simulate", "chain.xml", "--platform", "trio.yaml", "--mapping", "m.json"],
      "did you mean slow?"
    ),
  ])
  func `a name that is alike is asked for`(arguments: [String], question: String) throws {
    try files.write(#"{"blocks": {"b0": "slo"}}"#, to: "m.json")
    let found = try files.run(arguments)
    #expect(found.status >= 64 && found.errors.contains(question), "\(found.errors)")
  }

  @Test func `a result that cannot be written is no success`() throws {
    let process = Process()
    process.executableURL = ProgramRun.program
    process.arguments = ["inspect", files.folder.file("trio.yaml")]
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 73)
  }
}
