import Testing

@testable import Figures

@Suite("Links of pages")
struct HTMLLinkTests {
  @Test(
    "A link leads to an anchor or a file beside the page and nowhere else",
    arguments: [
      ("#point-3", "#point-3"), ("points/001/mapping.json", "points/001/mapping.json"),
      ("a b/ü.json", "a%20b/%C3%BC.json"), ("javascript:alert(1)", "javascript%3Aalert%281%29"),
      ("//evil.example", ".//evil.example"), ("#a\"b", "#a%22b"), ("x?y#z", "x%3Fy%23z"), ("", ""),
    ])
  func addresses(target: String, expected: String) {
    #expect(HTMLLink(target).address == expected)
  }
}
