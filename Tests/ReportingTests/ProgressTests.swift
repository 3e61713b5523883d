import Testing

@testable import Reporting

@Suite("Progress and logbook in a terminal")
struct ProgressTests {
  private static let line = ProgressLine(
    done: 42_300, total: 100_000, seconds: 3.5,
    best: [.init("period", 0.0123, unit: "s"), .init("cost", 3), .init("energy", .infinity)])

  @Test("A wide terminal shows everything")
  func wide() {
    #expect(
      Self.line.text(width: 120)
        == "███████████▊░░░░░░░░░░░░░░░░   42 %  42,300/100,000  12.1 k/s  ETA 0:05"
        + "  period 12.3 ms  cost 3")
    #expect(
      Self.line.text(width: 80, isPlain: true)
        == "[####.......]   42 %  42,300/100,000  12.1 k/s  ETA 0:05  period 12.3 ms  cost 3")
  }

  @Test("No line is wider than its terminal", arguments: [true, false])
  func widths(isPlain: Bool) {
    let lines = [
      Self.line, ProgressLine(done: 0, total: 0, seconds: 0),
      ProgressLine(done: 7, total: nil, seconds: 90_000),
      ProgressLine(done: 1, total: .max, seconds: 1e-9),
      ProgressLine(
        done: 5, total: nil, seconds: 30, timeLimit: 60, best: [.init("a\u{1B}[2J\nb", 1)]),
    ]
    for line in lines {
      for width in 0...160 {
        let text = line.text(width: width, isPlain: isPlain)
        #expect(text.count <= width)
        #expect(!text.contains("\u{1B}") && !text.contains("\n"))
        if isPlain && line.best.count != 1 { #expect(text.allSatisfy { $0.isASCII }) }
      }
    }
  }

  @Test("Time can limit the work as well as a count")
  func timeLimit() {
    let line = ProgressLine(done: 100, total: 1_000, seconds: 30, timeLimit: 60)
    #expect(line.share == 0.5)
    #expect(line.secondsLeft == 30)
    #expect(ProgressLine(done: 500, total: 1_000, seconds: 6, timeLimit: 60).secondsLeft == 6)
    #expect(ProgressLine(done: 5, total: nil, seconds: 6).share == nil)
  }

  @Test(
    "Times are for people",
    arguments: [
      (0, "0:00"), (7.4, "0:07"), (754, "12:34"), (11_100, "3 h 05"), (187_200, "2 d 04 h"),
      (.infinity, "long"), (-5, "0:00"),
    ] as [(Double, String)])
  func durations(seconds: Double, expected: String) {
    #expect(ProgressLine.duration(seconds) == expected)
  }

  private static let generation = ExplorationReport.Generation(
    index: 12, evaluations: 1_300, best: [0.0123, 3, .infinity], hypervolume: 0.98765, seconds: 61)

  @Test("The logbook has a line for each generation")
  func logbook() {
    let table = LogbookTable(
      objectives: [.init("period", unit: "s"), .init("cost"), .init("energy", unit: "J")],
      width: 100)
    #expect(
      table.header() + "\n" + table.row(Self.generation) == """
        generation  evaluations      time  hypervolume  best period    best cost  best energy
        ──────────  ───────────  ────────  ───────────  ───────────  ───────────  ───────────
                12        1,300      1:01       0.9877      12.3 ms            3            –
        """)
  }

  @Test("Where room is short, the last objectives are left out", arguments: [20, 70, 75, 90])
  func narrow(width: Int) {
    let table = LogbookTable(
      objectives: [.init("period", unit: "s"), .init("a\u{1B}very long name of an objective")],
      width: width)
    let lines = (table.header() + "\n" + table.row(Self.generation)).split(separator: "\n")
    #expect(Set(lines.map(\.count)).count == 1)
    // One objective always stays.
    #expect(lines.allSatisfy { $0.count <= max(width, 59) && !$0.contains("\u{1B}") })
  }
}
