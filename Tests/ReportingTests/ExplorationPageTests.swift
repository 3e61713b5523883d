import Figures
import Foundation
import MappingModel
import Quantities
import TestSupport
import Testing

@testable import Reporting

@Suite("The report of an exploration")
struct ExplorationPageTests {
  static let small = SampleExploration(blocks: 6, points: 2, evaluated: 20, generations: 3)

  static func html(_ sample: SampleExploration) -> String {
    ExplorationPage(sample.report()).html()
  }

  @Test(
    "A page is well-formed and runs no script but ours whatever its names are",
    arguments: hostileNames.map { String($0.prefix(300)) } + [
      "]]></script><script>alert(1)</script>", "javascript:alert(1)", "//evil.example/x", "a|b;c d",
    ])
  func hostile(name: String) {
    var sample = Self.small
    sample.name = name
    let html = Self.html(sample)
    let document = ParsedDocument(html)
    #expect(document.errorMessage == nil)
    #expect(document.elements["script"] == 1)
    #expect(html.components(separatedBy: "</script").count == 2)
    #expect(!document.attributes.values.joined().contains { $0.hasPrefix("on") })
    for link in document.links {
      #expect(!link.contains(":") && !link.hasPrefix("//") && !link.hasPrefix("/"), "\(link)")
    }
  }

  @Test("A page needs nothing from elsewhere")
  func selfContained() {
    let html = Self.html(Self.small)
    let namespaces = ["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"]
    let rest = namespaces.reduce(html) { $0.replacing($1, with: "") }
    for word in ["http:", "https:", "url(", "@import", "src=", "fetch(", "<link", "<img"] {
      #expect(!rest.contains(word), "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
  }

  @Test("Every link within the page has its target")
  func anchors() {
    let document = ParsedDocument(Self.html(Self.small))
    let targets = document.links.filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
    #expect(targets.contains("point-2"))
    #expect(Set(targets).subtracting(document.identifiers).isEmpty)
  }

  @Test("Every figure is also a file that stands alone")
  func files() {
    let figures = ExplorationPage(Self.small.report()).figures
    let paths = figures.map(\.path)
    #expect(Set(paths).count == paths.count)
    for name in ["gantt", "load", "memory-1", "memory-2", "network"] {
      #expect(paths.contains("points/002/\(name).svg"))
    }
    #expect(paths.contains("figures/front.svg") && paths.contains("figures/hypervolume.svg"))
    for figure in figures {
      let text = figure.figure.svgFile()
      #expect(ParsedDocument(text).errorMessage == nil)
      #expect(!text.contains("var(--") && text.contains("prefers-color-scheme:dark"))
    }
  }

  @Test("Every pair of objectives has its chart", arguments: [(1, 1), (2, 1), (3, 3), (4, 6)])
  func pairs(objectives: Int, charts: Int) {
    var sample = Self.small
    sample.objectives = objectives
    let page = ExplorationPage(sample.report())
    let paths = page.figures.map(\.path)
    #expect(paths.count { $0.contains("front") || $0.contains("evaluations") } == charts)
    #expect(paths.count { $0.contains("best-") } == objectives)
    #expect(ParsedDocument(page.html()).errorMessage == nil)
  }

  @Test("Another search is drawn beside, its name whatever it is", arguments: ["layers", "<b>&\""])
  func earlier(name: String) {
    var report = Self.small.report()
    let points = ObjectiveVectors(dimension: 2, values: [0.1, 4, 0.2, 3])
    let none = ObjectiveVectors(dimension: 2)
    report.earlier = [
      .init(name, all: points, front: points), .init("b", all: none, front: points),
    ]
    let page = ExplorationPage(report)
    #expect(ParsedDocument(page.html()).errorMessage == nil)
    let chart = page.figures[0].figure.svgFile()
    #expect(chart.contains("front of b") && !chart.contains("all of b"))
    #expect(chart.contains("all of") && ParsedDocument(chart).errorMessage == nil)
  }

  @Test("An exploration that found nothing has a page")
  func empty() {
    let report = ExplorationReport(
      title: "t", command: "", tool: "outrigger", objectives: [.init("period", unit: "s")],
      points: [])
    #expect(ParsedDocument(ExplorationPage(report).html()).errorMessage == nil)
  }

  @Test("Numbers that are none do not break a page", arguments: [Double.nan, .infinity, -1e300, 0])
  func oddNumbers(value: Double) {
    var report = Self.small.report()
    report.evaluated = ObjectiveVectors(dimension: 2, values: [value, 1, 2, value])
    report.generations[0].best = [value, value]
    report.referencePoint = [value, 1]
    for index in report.points.indices {
      report.points[index].objectives[0] = value
      report.points[index].evaluation.period = Seconds(value)
      report.points[index].evaluation.peakPower = Watts(value)
      report.points[index].details?.trace.periodStart = value
      report.points[index].details?.trace.period = value
      report.points[index].details?.trace.events[0].end = value
      report.points[index].details?.memories[0].steps[0].bytes = value
      report.points[index].details?.loads[0].executing = value
    }
    #expect(ParsedDocument(ExplorationPage(report).html()).errorMessage == nil)
  }

  @Test("The table of the front shows what was measured and leads to parts and files")
  func table() {
    let document = ParsedDocument(Self.html(Self.small))
    #expect(document.links.contains("points/001/mapping.json"))
    #expect(document.links.contains("points/002/trace.json"))
    for word in ["throughput (1/s)", "peak power (W)", "energy (mJ)", "cost"] {
      #expect(document.text.contains(word))
    }
  }

  @Test("The same exploration gives the same bytes")
  func determinism() {
    #expect(Self.html(Self.small) == Self.html(Self.small))
  }

  @Test("Ten points of a network of 23 blocks take less than 500 kB")
  func typicalSize() {
    var sample = SampleExploration()
    sample.hasTransfers = false
    let size = Self.html(sample).utf8.count
    #expect(size < 500_000)
    // Each point has its drawings.
    #expect(size > 200_000)
  }

  @Test(
    "A page of 4,000 blocks, 100,000 points and a million events stays small and says what it left out",
    .timeLimit(.minutes(10)))
  func largeSize() {
    let sample = SampleExploration(
      blocks: 4_000, points: 1, evaluated: 100_000, generations: 5_000, elements: 40, phases: 13,
      hasExhaustive: false)
    let report = sample.report()
    #expect((report.points[0].details?.trace.events.count ?? 0) > 1_000_000)
    let html = ExplorationPage(report).html()
    #expect(html.utf8.count < 2_000_000)
    let text = ParsedDocument(html).text
    for word in [
      "100,000 points, drawn at", "is taken together", "4,000 nodes, drawn as",
      "4,000 blocks, summed up by element", "of 5,000",
    ] {
      #expect(text.contains(word), "\(word)")
    }
  }

  @Test("Ten points of 4,000 blocks stay below two megabytes", .timeLimit(.minutes(10)))
  func manyLargePoints() {
    let sample = SampleExploration(
      blocks: 4_000, points: 10, evaluated: 2_000, elements: 12, hasTransfers: false)
    let html = Self.html(sample)
    #expect(html.utf8.count < 2_000_000)
  }
}
