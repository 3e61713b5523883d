import Foundation
import TestSupport
import Testing

/// Two processes that search for one folder, each killed again and again at any moment.
///
/// `OUTRIGGER_KILLS` says how often, 6 times where it is not set.
@Suite("outrigger explore, killed at any moment", .serialized)
struct ExploreKillTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeTrio()
    try files.writeChain(9)
    try files.writeTimes(9)
  }

  private static let kills =
    ProcessInfo.processInfo.environment["OUTRIGGER_KILLS"].flatMap(Int.init) ?? 6

  private func arguments(_ seed: Int, _ output: String) -> [String] {
    [
      "explore", "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--evaluations",
      "1500", "--jobs", "1", "--seed", "\(seed)", "--output", output, "--quiet",
    ]
  }

  private func timeless(_ name: String) throws -> [Substring] {
    try files.text(name).split(separator: "\n").filter { !$0.contains("\"seconds\"") }
  }

  @Test func `nothing is lost and nothing is mixed`() throws {
    for seed in [1, 2] { #expect(try files.run(arguments(seed, "whole\(seed)")).status == 0) }
    var random = SystemRandomNumberGenerator()
    var finished = 0
    for _ in 0..<Self.kills {
      let running = try [1, 2].map { seed in
        try RunningProgram(arguments(seed, "run") + policy(of: seed), in: files.folder)
      }
      usleep(UInt32.random(in: 0..<600_000, using: &random))
      let signals = [SIGKILL, SIGKILL, SIGTERM]
      for one in running { one.send(signals.randomElement(using: &random) ?? SIGKILL) }
      for one in running { _ = one.end() }
      finished += try check()
    }
    // In the end the search that has left a checkpoint comes to its end, as if nothing had happened.
    if files.exists("run.checkpoint") {
      #expect([1, 2].contains { resume($0) })
    } else {
      #expect(try files.run(arguments(1, "run") + ["--force"]).status == 0)
    }
    _ = try check()
    #expect(!files.exists("run.checkpoint") && files.exists("run/pareto.json"))
    #expect(try files.names().filter { $0.contains("part") }.isEmpty)
  }

  /// A search of the same seed goes on; one of the other is refused, and leaves what is there.
  private func policy(of seed: Int) -> [String] {
    files.exists("run.checkpoint") ? ["--resume"] : ["--force"]
  }

  private func resume(_ seed: Int) -> Bool {
    let run = try? files.run(arguments(seed, "run") + ["--resume"])
    return run?.status == 0
  }

  /// A run directory is whole and of one of the two searches.
  ///
  /// - Returns: How many there are.
  private func check() throws -> Int {
    guard files.exists("run") else { return 0 }
    let found = try files.json("run/pareto.json")
    let seed = try #require(try files.json("run/run.json")["seed"] as? Int)
    #expect(files.exists("run/report.html") && files.exists("run/logbook.csv"))
    if found["stop_reason"] as? String == "evaluations" {
      #expect(try timeless("run/pareto.json") == timeless("whole\(seed)/pareto.json"))
    } else {
      #expect(found["stop_reason"] as? String == "stopped")
    }
    return 1
  }
}
