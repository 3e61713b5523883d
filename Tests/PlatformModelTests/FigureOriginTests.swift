import Documents
import Foundation
import PlatformModel
import Quantities
import TestSupport
import Testing

@Suite("Where figures of a platform come from")
struct FigureOriginTests {
  private func platform(_ text: String) throws -> Platform {
    try PlatformReading(Data(text.utf8), file: "p.yaml").platform
  }

  private static func description(
    top: String = "", type: String = "", entry: String = "", memory: String = "", link: String = ""
  ) -> String {
    """
    format: outrigger-platform-1
    name: p
    peak_power: 9 W
    \(top)
    memories: [{name: m, size: 1 MiB\(memory)}]
    links: [{name: l, bandwidth: 1 GB/s, latency: 0 s\(link)}]
    element_types:
      - name: t
        kind: processor
        power: {active: 1 W, idle: 0 W}
        cost: 1
        operators: [{pattern: conv, performance: 2 Gop/s\(entry)}, {pattern: "*", performance: 1 Gop/s}]
        \(type)
    elements: [{name: e, type: t, ports: {weights: l}}]
    """
  }

  @Test(arguments: [
    ("", "", "", "", "", [String]()),
    ("assumed: [peak_power]", "", "", "", "", ["p: peak_power"]),
    ("", "assumed: [power, cost]", "", "", "", ["t: power", "t: cost"]),
    ("", "assumed: [power.idle]", "", "", "", ["t: power.idle"]),
    (
      "", "assumed: all", "", "", "",
      ["t: operators", "t: power.active", "t: power.idle", "t: cost"]
    ),
    (
      "", "sources: {power: a sheet}\n    assumed: all", "", "", "", ["t: operators", "t: cost"]
    ),
    ("", "", ", assumed: [performance]", "", "", ["t: conv performance"]),
    ("", "", "", ", assumed: [size]", ", assumed: [latency]", ["m: size", "l: latency"]),
    (
      "assumed: all", "sources: {operators: a paper, power: it, cost: a shop}", "", "",
      ", sources: {bandwidth: a sheet}", ["p: peak_power", "m: size", "l: latency"]
    ),
  ])
  func `what is assumed is known by part and figure, and is written back`(
    top: String, type: String, entry: String, memory: String, link: String, expected: [String]
  ) throws {
    let found = try platform(
      Self.description(top: top, type: type, entry: entry, memory: memory, link: link))
    #expect(found.assumedFigures.flatMap(\.names) == expected)
    let document = PlatformFormat.document(of: found)
    #expect(try platform(document.json()) == found)
    #expect(try platform(try document.yaml()) == found)
  }

  @Test(arguments: [
    (
      "assumed: [peak_performance]", "",
      "assumed[0]: expected each figure once, of those stated here: peak_power, found \"peak_performance\""
    ),
    ("assumed: some", "", "assumed: expected a list of figures, or all, found \"some\""),
    ("sources: a paper", "", "sources: expected an object"),
    ("sources: {peak_power: ''}", "", "sources.peak_power: expected a text"),
    ("sources: {peak_power: [a]}", "", "sources.peak_power: expected a text"),
    (
      "sources: {peak_power: it}\nassumed: [peak_power]", "",
      "assumed[0]: expected each figure once"
    ),
    ("", "assumed: [overhead]", "element_types[0].assumed[0]: expected each figure once"),
    ("", "assumed: [power, power.idle]", "element_types[0].assumed[1]: expected each figure once"),
    ("", "assumed: [kind]", "element_types[0].assumed[0]: expected each figure once"),
    ("", "assumed: [[cost]]", "element_types[0].assumed[0]: expected a text"),
  ])
  func `what names no figure, or one twice, is an error with its key path`(
    top: String, type: String, expected: String
  ) {
    let error = #expect(throws: (any Error).self) {
      try platform(Self.description(top: top, type: type))
    }
    #expect("\(error.map { "\($0)" } ?? "")".hasPrefix("p.yaml: \(expected)"), "\(error as Any)")
  }

  @Test func `a result rests on the figures of the elements that it uses`() throws {
    let found = try platform(
      """
      format: outrigger-platform-1
      name: p
      memories: [{name: m, size: 1 MiB, assumed: [size]}, {name: far, size: 1 MiB, assumed: [size]}]
      links:
        - {name: l, bandwidth: 1 GB/s, assumed: all}
        - {name: k, bandwidth: 1 GB/s, assumed: all}
      element_types:
        - {name: a, kind: processor, performance: 1 Gop/s, assumed: [performance]}
        - {name: b, kind: processor, performance: 1 Gop/s, assumed: [performance]}
      elements:
        - {name: x, type: a, ports: {weights: l}}
        - {name: y, type: b, data_memory: far, ports: {output: k}}
      """)
    func names(_ elements: [Int]) -> [String] {
      found.assumedFigures(of: elements.map { ElementID($0) }).flatMap(\.names)
    }
    #expect(names([0]) == ["a: performance", "m: size", "l: bandwidth"])
    #expect(names([1]) == ["b: performance", "far: size", "k: bandwidth"])
    #expect(names([]) == [] && names([0, 1]).count == 6)
  }

  @Test func `many assumed figures are one line that says how many it leaves out`() {
    let few = [
      AssumedFigures(part: "A7", keys: ["cost"]), AssumedFigures(part: "l", keys: ["energy"]),
    ]
    #expect(few.line == "A7 cost; l energy" && few.text == few.line)
    let many = (0..<40).map { AssumedFigures(part: "part \($0)", keys: ["cost", "overhead"]) }
    #expect(many.line.count < 120 && many.line.hasSuffix(" more"))
    let shown = many.line.split(separator: ";").count - 1
    #expect(many.line.hasSuffix("; and \(2 * (40 - shown)) more"))
  }

  @Test func `an ALOHA description says it at its top`() throws {
    let path = "\(packageRoot.path)/Platforms/neuraghe-v1.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let found = try platform(text)
    #expect(
      found.assumedFigures(of: found.elementIDs).flatMap(\.names).sorted() == [
        "ARM: power.active", "HWCE: power.active",
      ])
    #expect(try platform(PlatformFormat.document(of: found).json()) == found)
    for (old, new) in [("\"max_power\"]", "\"max_force\"]"), ("\"max_power\"]", "\"bandwidth\"]")] {
      let error = #expect(throws: (any Error).self) {
        try platform(text.replacingOccurrences(of: old, with: new))
      }
      #expect("\(error.map { "\($0)" } ?? "")".contains("assumed[1]: expected each figure once"))
    }
  }
}
