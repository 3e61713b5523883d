import Foundation
import TestSupport
import Testing

@testable import Figures

@Suite("Reports as pages")
struct HTMLReportTests {
  /// A report with every kind of content, all of it named by one name.
  static func report(_ name: String) -> HTMLReport {
    let table = Table(
      columns: [Table.Column(name), .number(name, unit: name)], rows: [[name, "1"]], caption: name)
    let drawing = GraphDrawing(title: name, nodes: [.init(name)], edges: [])
    let content: [HTMLReport.Content] = [
      .paragraph(name), .subheading(name), .table(table),
      .figure(drawing.figure(), caption: name), .facts([.init(name, name)]), .list([name]),
      .note(name), .warning(name), .preformatted(name),
    ]
    return HTMLReport(
      title: name, subtitle: name,
      sections: (1...4).map { HTMLReport.Section("\(name) \($0)", content) }, footer: name)
  }

  @Test func `keys between backticks are set as code, and nothing else is`() {
    let text = "`force` replaces it; `<b>` and `Not a key` stay, `time_limit`"
    let html = HTMLReport(
      title: "t", subtitle: "", sections: [.init("s", [.paragraph(text), .note(text)])],
      footer: ""
    ).html()
    let line =
      "<code>force</code> replaces it; `&lt;b&gt;` and `Not a key` stay, <code>time_limit</code>"
    #expect(html.components(separatedBy: line).count == 3)
  }

  @Test("A page is well-formed and holds no script whatever its names are", arguments: hostileNames)
  func hostile(name: String) {
    let document = ParsedDocument(Self.report(name).html())
    #expect(document.errorMessage == nil)
    #expect(document.elements["script"] == nil)
    #expect(!document.attributes.values.contains { $0.contains("onload") })
  }

  @Test("A page has its parts, a language and a description of each figure")
  func parts() {
    let document = ParsedDocument(Self.report("VGG16").html())
    #expect(document.elements["h1"] == 1)
    #expect(document.elements["h2"] == 4)
    #expect(document.elements["table"] == 4)
    #expect(document.elements["svg"] == 4)
    #expect(document.elements["nav"] == 1)
    #expect(document.attributes["html"]?.contains("lang") == true)
    #expect(document.attributes["svg"]?.isSuperset(of: ["role", "aria-label"]) == true)
    #expect(document.attributes["th"]?.contains("scope") == true)
  }

  @Test("A page needs nothing from elsewhere")
  func selfContained() {
    let document = ParsedDocument(Self.report("VGG16").html())
    for name in ["link", "script", "img", "iframe", "object"] {
      #expect(document.elements[name] == nil)
    }
    let style = PageStyle.rules + FigureStyle.inPage
    #expect(!style.contains("url(") && !style.contains("@import"))
  }

  @Test(
    "Style sheets hold nothing that HTML and XML read differently",
    arguments: [PageStyle.rules, FigureStyle.inPage, FigureStyle.inFile])
  func styleSheets(style: String) {
    #expect(!style.contains { "<>&\"".contains($0) })
    #expect(style.count { $0 == "{" } == style.count { $0 == "}" })
  }

  @Test("A drawing of its own follows light and dark without variables")
  func standAlone() {
    let text = GraphDrawing(title: "t", nodes: [.init("a")], edges: []).figure().svgFile()
    #expect(text.contains("prefers-color-scheme:dark"))
    #expect(!text.contains("var(--"))
  }

  @Test("Text keeps a contrast of 4.5 to 1 on its ground in both schemes")
  func contrast() {
    for scheme in [\Ink.light, \Ink.dark] {
      let pairs: [(Ink, Ink)] = [
        (.ink, .paper), (.muted, .paper), (.accent, .paper), (.ink, .surface),
        (.emphasis, .surface), (.onEmphasis, .emphasis),
      ]
      for (text, ground) in pairs {
        #expect(contrast(text[keyPath: scheme], ground[keyPath: scheme]) >= 4.5, "\(text)")
      }
    }
  }

  @Test("The same report gives the same bytes")
  func determinism() {
    #expect(Self.report("VGG16").html() == Self.report("VGG16").html())
  }

  /// The contrast ratio of the Web Content Accessibility Guidelines 2.2.
  private func contrast(_ first: String, _ second: String) -> Double {
    let luminances = [first, second].map(luminance)
    return (max(luminances[0], luminances[1]) + 0.05) / (min(luminances[0], luminances[1]) + 0.05)
  }

  private func luminance(_ color: String) -> Double {
    let value = Int(color.dropFirst(), radix: 16) ?? 0
    let channels = [value >> 16, value >> 8 & 255, value & 255].map { channel in
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}
