import Foundation
import TestSupport
import Testing

@Suite("outrigger explore --search-splits")
struct ExplorePartitionTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeDigits()
  }

  private static func digits(maxParts: Int = 3) -> [String] {
    [
      "explore", "m.onnx", "--platform", "mpsoc4", "--search-splits", "--max-parts", "\(maxParts)",
      "--population", "40", "--offspring", "40", "--quiet",
    ]
  }

  private func timeless(_ name: String) throws -> [Substring] {
    try files.text(name).split(separator: "\n").filter { !$0.contains("\"seconds\"") }
  }

  /// The names of the blocks that a point has, of those that take an element.
  private func blocks(_ point: [String: Any]) throws -> Set<String> {
    let mapping = try #require(point["mapping"] as? [String: Any])
    return Set(try #require(mapping["blocks"] as? [String: String]).keys)
  }

  @Test(arguments: ["tensor", "line"])
  func `each point has its own blocks and simulates to its numbers`(granularity: String) throws {
    let options = ["--granularity", granularity]
    let found = try files.run(
      Self.digits() + options + ["--evaluations", "160", "--output", "run", "--json"])
    #expect(found.status == 0, "\(found.errors)")
    let front = try #require(found.json["front"] as? [[String: Any]])
    #expect(!files.exists("run/network.json") && !files.exists("run/graph.csdf.xml"))
    var sizes: Set<Int> = []
    for (index, point) in front.enumerated() {
      let folder = "run/points/\(String(1001 + index).dropFirst())"
      guard files.exists("\(folder)/network.json") else { continue }
      let dump = try #require(files.json("\(folder)/network.json")["blocks"] as? [[String: Any]])
      let names = Set(dump.compactMap { $0["name"] as? String })
      #expect(try blocks(point).isSubset(of: names))
      #expect(try files.text("\(folder)/graph.csdf.xml").contains("<sdf3"))
      sizes.insert(names.count)
    }
    #expect(sizes.count > 1)
    for index in [0, front.count - 1] {
      let again = try files.run(
        [
          "simulate", "m.onnx", "--platform", "mpsoc4", "--json", "--quiet", "--mapping",
          "run/points/\(String(1001 + index).dropFirst())/mapping.json",
        ] + options)
      for key in ["period_s", "latency_s", "energy_j", "memory_bytes"] {
        #expect(again.json[key] as? NSObject == front[index][key] as? NSObject, "\(key)")
      }
    }
    let page = try files.text("run/report.html")
    #expect(try files.run("report", "run", "--quiet").status == 0)
    #expect(try files.text("run/report.html") == page)
  }

  @Test func `a search that was killed goes on to the same front`() throws {
    let search = ["--jobs", "1", "--evaluations", "240"]
    let arguments = Self.digits() + search
    #expect(try files.run(arguments + ["--output", "whole"]).status == 0)
    let running = try RunningProgram(arguments + ["--output", "run"], in: files.folder)
    #expect(running.waits(forBytes: 3000, in: files.folder.file("run.checkpoint")))
    #expect(try running.end(with: SIGKILL).status == SIGKILL)
    let other = try files.run(
      Self.digits(maxParts: 4) + search + ["--output", "run", "--resume"])
    #expect(other.status != 0 && other.errors.contains("belongs to another search"))
    let resumed = try files.run(arguments + ["--output", "run", "--resume"])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try timeless("run/pareto.json") == timeless("whole/pareto.json"))
  }
}
