import Foundation
import TestSupport
import Testing

@Suite("outrigger report")
struct ReportCommandTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeTimedChain()
    try files.write(#"{"blocks": {"b0": "slow", "b1": "fast", "b2": "middle"}}"#, to: "mixed.json")
    try files.write(#"{"blocks": {"b0": "slow", "b1": "slow", "b2": "slow"}}"#, to: "slow.json")
    // b0 never runs, because b1 is to run before it.
    try files.write(
      """
      {"blocks": {"b0": "slow", "b1": "slow", "b2": "middle"},
       "sequence": {"slow": [["b1", 0], ["b0", 0]]}}
      """, to: "stuck.json")
  }

  private static let chain = ["chain.xml", "--platform", "trio.yaml", "--times", "times.csv"]
  private static let compared =
    ["report"] + chain
    + ["--mapping", "mixed.json", "--mapping", "slow.json", "--output", "page.html", "--quiet"]

  private func explore(_ options: [String] = []) throws {
    let found = try files.run(
      ["explore"] + Self.chain + ["--method", "exhaustive", "--output", "run", "--quiet"] + options)
    #expect(found.status == 0, "\(found.errors)")
  }

  private func points(_ found: ProgramRun) throws -> [[String: Any]] {
    try #require(found.json["points"] as? [[String: Any]], "\(found.errors)")
  }

  @Test(arguments: [[], ["--trace"]])
  func `the report of a run directory is made again, byte for byte`(options: [String]) throws {
    try explore(options)
    let page = try files.text("run/report.html")
    #expect(page.contains("trace.json") == !options.isEmpty)
    let drawing = try files.text("run/points/001/gantt.svg")
    try files.write("", to: "run/report.html")
    try FileManager.default.removeItem(atPath: files.folder.file("run/points/001/gantt.svg"))
    let found = try files.run("report", "run", "--json")
    #expect(found.status == 0 && found.errors.isEmpty, "\(found.errors)")
    #expect(try files.text("run/report.html") == page)
    #expect(try files.text("run/points/001/gantt.svg") == drawing)
    let front = try #require(files.json("run/pareto.json")["front"] as? [[String: Any]])
    let points = try points(found)
    #expect(points.count == front.count && front.count > 2)
    for (point, old) in zip(points, front) {
      #expect(old.allSatisfy { point[$0.key] as? NSObject == $0.value as? NSObject })
    }
  }

  @Test func `a search over random mappings is reported with its logbook again`() throws {
    let found = try files.run(
      ["explore"] + Self.chain + ["--method", "random", "--evaluations", "15", "--output", "run"])
    #expect(found.status == 0, "\(found.errors)")
    let page = try files.text("run/report.html")
    #expect(try files.run("report", "run", "--output", "page.html").status == 0)
    #expect(try files.text("run/report.html") == page)
    // A page elsewhere has no links to the files of the points.
    #expect(page.contains("points/001/mapping.json"))
    #expect(try !files.text("page.html").contains("points/001"))
  }

  @Test func `the points in detail can be chosen`() throws {
    try explore()
    #expect(try files.run("report", "run", "--points", "2,3", "--quiet").status == 0)
    let page = try files.text("run/report.html")
    for (point, isThere) in [(1, false), (2, true), (3, true)] {
      #expect(page.contains("id=\"point-\(point)\"") == isThere, "\(point)")
    }
  }

  @Test func `a run whose files are not where its paths lead says whose paths they are`() throws {
    try explore()
    try FileManager.default.removeItem(atPath: files.folder.file("trio.yaml"))
    let found = try files.run(["report", "run"])
    #expect(found.status == 65)
    #expect(
      found.errors.contains("run/run.json") && found.errors.contains("trio.yaml")
        && found.errors.contains("in which the search ran"), "\(found.errors)")
  }

  @Test func `points are what the files say now`() throws {
    try explore()
    try files.write(files.text("mixed.json"), to: "run/points/001/mapping.json")
    let simulated = try files.run(
      ["simulate"] + Self.chain + ["--mapping", "mixed.json", "--json", "--quiet"])
    let found = try files.run("report", "run", "--json", "--quiet")
    #expect(try points(found)[0]["period_s"] as? Double == simulated.json["period_s"] as? Double)
    try files.writeTrio(memory: "2 GiB")
    let changed = try files.run("report", "run")
    #expect(changed.status == 0)
    #expect(changed.errors.contains("warning: trio.yaml is not what it was"), "\(changed.errors)")
    #expect(try files.text("run/report.html").contains("trio.yaml is not what it was"))
  }

  @Test func `mappings are compared with the numbers of simulate`() throws {
    let found = try files.run(Self.compared + ["--json", "--figures", "figures"])
    #expect(found.status == 0, "\(found.errors)")
    for (point, name) in zip(try points(found), ["mixed", "slow"]) {
      #expect(point["name"] as? String == name)
      let simulated = try files.run(
        ["simulate"] + Self.chain + ["--mapping", "\(name).json", "--json", "--quiet"])
      for key in ["period_s", "latency_s", "energy_j", "memory_bytes", "bound_by"] {
        #expect(point[key] as? NSObject == simulated.json[key] as? NSObject, "\(key)")
      }
      #expect((point["bound"] as? String ?? "").contains("bounds the period"))
    }
    let page = try files.text("page.html")
    #expect(page.contains("Point 1: mixed") && page.contains("Point 2: slow"))
    for name in ["figures/front.svg", "points/001/gantt.svg", "points/002/network.svg"] {
      #expect(files.exists("figures/\(name)"), "\(name)")
    }
  }

  @Test func `a mapping that ends in a deadlock is compared too`() throws {
    let found = try files.run(Self.compared + ["--mapping", "stuck.json"])
    #expect(found.status == 0, "\(found.errors)")
    #expect(
      found.output.contains("not feasible: deadlock: b0 waits for its turn; b1 waits for c1"),
      "\(found.output)")
    #expect(
      try files.text("page.html").contains("deadlock: b0 waits for its turn; b1 waits for c1"))
  }

  @Test(
    .enabled(if: Chromium.path != nil || Chromium.isRequired), arguments: ["run", "comparison"])
  func `a browser opens the page without complaint`(kind: String) throws {
    if kind == "run" {
      try explore(["--trace"])
      #expect(try files.run("report", "run", "--output", "page.html").status == 0)
    } else {
      #expect(try files.run(Self.compared + ["--mapping", "stuck.json"]).status == 0)
    }
    let opened = try OpenedReport(files.folder.file("page.html"), pictures: files.folder.path)
    #expect(opened.complaints == [] && opened.requests.count == 1)
    #expect(opened.title == "chain on trio" && opened.figures > 8)
    #expect(opened.phone == [360, 360])
  }

  private static let mistakes: [([String], String)] = [
    (["chain.xml", "--output", "page.html", "--mapping", "slow.json"], "--platform"),
    (chain, "--output: a comparison needs"),
    (chain + ["--output", "page.html"], "--mapping: expected the mappings"),
    (chain + ["--output", "page.html", "--mapping", "none.json"], "none.json"),
    (chain + ["--output", "no/page.html", "--mapping", "slow.json"], "the folder no is not there"),
    (chain + ["--output", "slow.json", "--mapping", "slow.json"], "slow.json exists"),
    (Array(compared.dropFirst()) + ["--points", "3"], "--points: expected some of 1 to 2"),
    (Array(compared.dropFirst()) + ["--objectives", "speed"], "--objectives: expected some of"),
    (["nowhere"], "nowhere: it is not there; expected a run directory"),
    (["empty"], "empty/run.json"), (["foreign"], "expected the run of an explore command"),
    (
      ["foreign", "--platform", "trio.yaml"],
      "--platform: it means nothing to report of a run directory"
    ),
  ]

  @Test(arguments: mistakes)
  func `bad options give one clear line and leave nothing`(
    options: [String], mention: String
  ) throws {
    for name in ["empty", "foreign"] {
      try FileManager.default.createDirectory(
        atPath: files.folder.file(name), withIntermediateDirectories: true)
    }
    try files.write(#"{"command": "outrigger flow x"}"#, to: "foreign/run.json")
    let before = try files.names()
    let found = try files.run(["report"] + options.filter { $0 != "--quiet" })
    #expect(found.status != 0 && found.output.isEmpty)
    let lines = found.errors.split(separator: "\n").filter { !$0.hasPrefix("warning: ") }
    #expect(lines.first?.hasPrefix("Error: ") == true, "\(found.errors)")
    #expect(found.errors.contains(mention), "\(found.errors)")
    #expect(try files.names() == before)
  }

  @Test(arguments: ["run.json", "pareto.json", "logbook.csv", "evaluated.csv"])
  func `a file of the run that is broken is named`(name: String) throws {
    try explore()
    try files.write("{", to: "run/\(name)")
    let page = try files.text("run/report.html")
    let found = try files.run("report", "run")
    #expect(found.status != 0 && found.errors.hasPrefix("Error: run/\(name)"), "\(found.errors)")
    #expect(try files.text("run/report.html") == page)
  }
}
