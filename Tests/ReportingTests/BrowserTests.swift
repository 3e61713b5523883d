import Foundation
import TestSupport
import Testing

@testable import Reporting

/// Opens a report in Chromium. Set `OUTRIGGER_SCREENSHOTS` to a folder to look at what it shows.
@Suite(
  "Reports in a browser",
  .enabled(
    if: Chromium.path != nil || Chromium.isRequired,
    "Chromium is not there, so reports are not opened in a browser: run ./setup --tests"))
struct BrowserTests {
  /// What `browse_report.py` found.
  private struct Findings: Decodable {
    var title: String
    var dot: String
    var mark: String
    var lit: Int
    var hash: String
    var opened: Bool
    var work: String
    var dimmed: Int
    var orders: [String]
    var phone: [Int]
    var paper: String
    var complaints: [String]
    var requests: [String]
  }

  @Test("A reader can point, click, sort, print and use a phone", .timeLimit(.minutes(10)))
  func use() throws {
    let chromium = try #require(
      Chromium.path, "Chromium is required and not there: run ./setup --tests")
    let folder = try TemporaryFolder()
    let page = folder.file("report.html")
    let html = ExplorationPage(SampleExploration(points: 4).report()).html()
    try html.write(toFile: page, atomically: true, encoding: .utf8)
    let pictures = ProcessInfo.processInfo.environment["OUTRIGGER_SCREENSHOTS"] ?? folder.path
    let output = try PythonTool("browse_report.py").succeed([chromium, page, pictures])
    let findings = try JSONDecoder().decode(Findings.self, from: Data(output.utf8))

    #expect(findings.complaints == [])
    #expect(findings.requests.allSatisfy { $0.hasPrefix("file:") && !$0.contains(".json") })
    #expect(findings.title == "AlexNet on neuraghe-v1")
    #expect(findings.dot.contains("period (ms): ") && findings.dot.contains("cost: "))
    #expect(findings.mark.hasPrefix("Point 4: fastest\nperiod: 150 ms\ncost: 4"))
    #expect(findings.hash == "#point-4" && findings.opened)
    // The mark itself and its row in the table.
    #expect(findings.lit == 2)
    #expect(findings.work.contains(": execute\nfiring: ") && findings.work.contains("end (ms): "))
    #expect(findings.dimmed == 1)
    #expect(findings.orders == ["1 2 3 4", "1 2 3 4", "4 3 2 1"])
    #expect(findings.phone == [360, 360])
    #expect(findings.paper == "rgb(255, 255, 255)")
    for name in ["light", "dark", "phone", "print", "plain", "work"] {
      let size = try FileManager.default.attributesOfItem(atPath: "\(pictures)/\(name).png")[.size]
      #expect((size as? Int ?? 0) > 20_000, "\(name)")
    }
  }
}
