import Testing

@testable import Figures

@Suite("Tables")
struct TableTests {
  private static let table = Table(
    columns: [Table.Column("Limit"), .number("Period", unit: "ms"), .number("Elements")],
    rows: [["none", "147.3", "6"], ["89", "21.88", "31"]])

  @Test("A terminal gets aligned columns")
  func text() {
    #expect(
      Self.table.text() == """
        Limit  Period (ms)  Elements
        ─────  ───────────  ────────
        none         147.3         6
        89           21.88        31

        """)
  }

  @Test("A name cannot steer the terminal or break a row")
  func hostileText() {
    let table = Table(columns: [Table.Column("Name")], rows: [["a\u{1B}[31m\nb\r\tc\u{202E}"]])
    #expect(table.text() == "Name\n────────────\na\u{FFFD}[31m b\u{FFFD} c\u{FFFD}\n")
  }

  @Test("Comma-separated values are quoted where RFC 4180 asks for it")
  func csv() {
    let table = Table(
      columns: [Table.Column("a,b"), Table.Column("c")],
      rows: [["say \"hi\"", "plain"], ["two\nlines", "cr\r\n"], ["", " "]])
    #expect(
      table.csv()
        == "\"a,b\",c\n\"say \"\"hi\"\"\",plain\n\"two\nlines\",\"cr\r\n\"\n, \n")
  }

  @Test("A table without rows still has its head")
  func empty() {
    let table = Table(columns: [Table.Column("Name")])
    #expect(table.text() == "Name\n────\n")
    #expect(table.csv() == "Name\n")
  }
}
