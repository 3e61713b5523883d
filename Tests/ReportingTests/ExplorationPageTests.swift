import Foundation
import Testing

@testable import Reporting

@Suite("The report of an exploration")
struct ExplorationPageTests {
  @Test("writes a page")
  func write() throws {
    let page = ExplorationPage(SampleExploration().report())
    try page.html().write(toFile: "/tmp/wtc-out/report.html", atomically: true, encoding: .utf8)
    print("SIZE", page.html().utf8.count)
  }
}
