import Foundation
import TestSupport
import Testing

@Suite("outrigger explore, ended from outside")
struct ExploreInterruptTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeTrio()
    try files.writeChain(12)
    try files.writeTimes(12)
  }

  private func arguments(_ evaluations: Int, _ output: String) -> [String] {
    [
      "explore", "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--evaluations",
      "\(evaluations)", "--jobs", "1", "--output", output, "--quiet",
    ]
  }

  private func timeless(_ name: String) throws -> [Substring] {
    try files.text(name).split(separator: "\n").filter { !$0.contains("\"seconds\"") }
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func `Ctrl-C, SIGTERM and SIGHUP keep the front`(signal: Int32, status: Int32) throws {
    let running = try RunningProgram(arguments(400_000, "run"), in: files.folder)
    #expect(running.waits(forBytes: 4000, in: files.folder.file("run.checkpoint")))
    let end = try running.end(with: signal)
    #expect(end.status == status, "\(end.errors)")
    #expect(try files.text("run/report.html").contains("was interrupted"))
    let found = try files.json("run/pareto.json")
    #expect(found["stop_reason"] as? String == "stopped")
    #expect(try #require(found["front"] as? [Any]).count > 1)
    #expect(try #require(found["evaluations"] as? Int) < 400_000)
    #expect(files.exists("run/report.html") && !files.exists("run.checkpoint"))
  }

  @Test func `a search that was killed goes on to the same front`() throws {
    let whole = try files.run(arguments(700, "whole"))
    #expect(whole.status == 0, "\(whole.errors)")
    let running = try RunningProgram(arguments(700, "run"), in: files.folder)
    #expect(running.waits(forBytes: 4000, in: files.folder.file("run.checkpoint")))
    #expect(try running.end(with: SIGKILL).status == SIGKILL)
    #expect(files.exists("run.checkpoint") && !files.exists("run"))
    let resumed = try files.run(arguments(700, "run") + ["--resume"])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try timeless("run/pareto.json") == timeless("whole/pareto.json"))
    #expect(!files.exists("run.checkpoint"))
    let names = try files.names()
    #expect(!names.contains { $0.hasSuffix(".part") }, "\(names)")
  }

  @Test func `only the search that was killed is gone on with`() throws {
    let running = try RunningProgram(arguments(400_000, "run"), in: files.folder)
    #expect(running.waits(forBytes: 1000, in: files.folder.file("run.checkpoint")))
    _ = try running.end(with: SIGKILL)
    try files.write(#"{"blocks": {"b0": "slow"}}"#, to: "pin.json")
    for options in [
      ["--seed", "2"], ["--objectives", "period,cost"], ["--mapping", "pin.json"],
      ["--require", "cost<=5"],
    ] {
      let other = try files.run(arguments(2000, "run") + ["--resume"] + options)
      #expect(other.status != 0 && !files.exists("run"), "\(options)")
      #expect(other.errors.hasPrefix("Error: "), "\(other.errors)")
    }
  }

  @Test func `a checkpoint of other files is refused in a line that names the file`() throws {
    let running = try RunningProgram(arguments(400_000, "run"), in: files.folder)
    #expect(running.waits(forBytes: 1000, in: files.folder.file("run.checkpoint")))
    _ = try running.end(with: SIGKILL)
    // Contents that change neither the names nor the choices of any block.
    for (name, word, other, mention) in [
      ("chain.xml", "time='2000000000'", "time='3000000000'", "it is of chain ("),
      ("trio.yaml", "active: 2.0 W", "active: 3.0 W", "it is of platform trio ("),
      ("times.csv", "b0,slow,0.012", "b0,slow,0.013", "it is of times times.csv ("),
    ] {
      let text = try files.text(name)
      #expect(text.contains(word))
      try files.write(text.replacing(word, with: other), to: name)
      let found = try files.run(arguments(2000, "run") + ["--resume"])
      try files.write(text, to: name)
      let start = "Error: the checkpoint belongs to another search: \(mention)"
      #expect(found.status != 0 && found.errors.hasPrefix(start), "\(found.errors)")
      #expect(found.errors.split(separator: "\n").count == 1)
      #expect(!files.exists("run") && files.exists("run.checkpoint"))
    }
    let roomy = try files.run(arguments(2000, "run") + ["--resume", "--buffers", "3"])
    #expect(
      roomy.errors.contains("it is of --buffers periodic, not of --buffers 3"), "\(roomy.errors)")
  }

  @Test func `a second signal leaves nothing but a checkpoint to go on from`() throws {
    let running = try RunningProgram(arguments(400_000, "run"), in: files.folder)
    #expect(running.waits(forBytes: 4000, in: files.folder.file("run.checkpoint")))
    running.send(SIGTERM)
    usleep(550_000)
    let end = try running.end(with: SIGINT)
    #expect(end.status == 130 || end.status == 143)
    let names = try files.names()
    if names.contains("run") {
      #expect(!names.contains("run.checkpoint"))
    } else {
      #expect(try files.run(arguments(2000, "run") + ["--resume"]).status == 0)
    }
    #expect(try files.names().filter { $0.contains("part") || $0.contains("lock") }.isEmpty)
  }

  @Test func `timeout, which signals twice, keeps the front`() throws {
    let command = [ProgramRun.program.path] + arguments(400_000, "run")
    let answer = try Command.run(
      "/usr/bin/timeout", ["--preserve-status", "3"] + command, folder: files.folder.path)
    #expect(answer.status == 143)
    #expect(try files.json("run/pareto.json")["stop_reason"] as? String == "stopped")
  }

  @Test func `two searches for one folder: the second names the first`() throws {
    let running = try RunningProgram(arguments(400_000, "run"), in: files.folder)
    #expect(running.waits(forBytes: 4000, in: files.folder.file("run.checkpoint")))
    for options in [[], ["--force"], ["--resume"]] {
      let second = try files.run(arguments(100, "./run/") + options)
      #expect(second.status == 73 && second.output.isEmpty)
      let start = "Error: ./run is being written by process \(running.number)"
      #expect(second.errors.hasPrefix(start), "\(second.errors)")
      #expect(second.errors.split(separator: "\n").count == 1)
    }
    #expect(try running.end(with: SIGINT).status == 130)
    #expect(try files.json("run/pareto.json")["stop_reason"] as? String == "stopped")
  }

  @Test func `the checkpoint of a search that was killed is not lost by the same command`() throws {
    let running = try RunningProgram(arguments(700, "run"), in: files.folder)
    #expect(running.waits(forBytes: 4000, in: files.folder.file("run.checkpoint")))
    _ = try running.end(with: SIGKILL)
    let before = try Data(contentsOf: URL(fileURLWithPath: files.folder.file("run.checkpoint")))
    let again = try files.run(arguments(700, "run"))
    #expect(again.status == 73)
    #expect(again.errors.hasPrefix("Error: run.checkpoint is what a search"), "\(again.errors)")
    #expect(again.errors.contains("--resume") && again.errors.contains("--force"))
    let after = try Data(contentsOf: URL(fileURLWithPath: files.folder.file("run.checkpoint")))
    #expect(before == after && !files.exists("run"))
    #expect(try files.run(arguments(700, "run") + ["--force"]).status == 0)
    #expect(!files.exists("run.checkpoint"))
  }

  @Test func `Ctrl-Backslash ends at once, also where it was ignored`() throws {
    let running = try RunningProgram(arguments(400_000, "run"), in: files.folder)
    #expect(running.waits(forBytes: 100, in: files.folder.file("run.checkpoint")))
    #expect(try running.end(with: SIGQUIT).status == SIGQUIT)
  }

  @Test func `timelines are those of the points in detail`() throws {
    let found = try files.run(arguments(700, "run") + ["--trace", "--json"])
    let front = try #require(found.json["front"] as? [Any])
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: files.folder.file("run/points"))
    let traces = folders.filter { files.exists("run/points/\($0)/trace.json") }
    #expect(folders.count == front.count && traces.count == min(10, front.count))
  }

  @Test func `a time limit is kept and told`() throws {
    let found = try files.run(arguments(400_000, "run") + ["--time-limit", "200ms", "--json"])
    #expect(
      found.status == 0 && found.json["stop_reason"] as? String == "time",
      "\(found.status) \(found.errors) \(found.output)")
    let text = try files.text("run/report.html")
    #expect(text.contains("was ended by its time limit"))
  }
}
