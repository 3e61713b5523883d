import Documents
import Foundation
import Quantities
import Testing

@Suite("YAML and JSON documents")
struct DocumentTests {
  private func node(_ text: String) throws -> DocumentNode {
    try DocumentNode(Data(text.utf8), file: "d")
  }

  private func message(_ text: String) -> String {
    do {
      _ = try node(text)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "say what a file is that holds something else",
    arguments: [
      ("PK\u{3}\u{4}\u{14}", "it is a zip archive"), ("<html><p>gone", "web page"),
      ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "git lfs pull"),
      ("n\0a\0m\0e\0:\0 \0", "UTF-16"), ("\0n\0a\0m\0e\0:\0 ", "UTF-16"),
      ("\u{8}\u{7}\u{12}\u{4}abcd", "probably an ONNX network"),
      ("\u{1c}\0\0\0TFL3\0\0", "TensorFlow Lite"),
    ])
  func otherFiles(text: String, words: String) {
    let message = message(text)
    #expect(message.contains(words) && message.hasSuffix("; expected YAML or JSON"), "\(message)")
  }

  @Test("say the same in both notations")
  func notations() throws {
    let yaml = """
      # A comment.
      a: {b: [1, 2.5, true, null, "3"]}
      c: some text
      """
    let json = #"{"a": {"b": [1, 2.5, true, null, "3"]}, "c": "some text"}"#
    #expect(try node(yaml).value == node(json).value)
  }

  @Test("have no octal numbers: digits behind a zero are what they look like")
  func leadingZeros() throws {
    let numbers = try node("a: [032, 0, 007, 09, 0x1f, -012]").value
    guard case .object(let members) = numbers, case .list(let items) = members[0].value else {
      Issue.record("\(numbers)")
      return
    }
    #expect(Array(items.prefix(5)) == [32, 0, 7, 9, 31].map { .integer($0) })
    #expect(items[5] == .integer(-12))
    #expect(try node("a: \"032\"").value == .object([.init("a", .text("032"))]))
  }

  @Test("survive being written", arguments: ["yaml", "json"])
  func written(notation: String) throws {
    let texts = [
      "", " ", "yes", "no", "null", "~", "1", "0x10", "1e3", "- a", "a: b", "# c", "é\u{1F600}",
      "line\nbreak", "tab\t", "\"quoted\"", "'", "*alias", "&anchor", "{", "[", "10 W",
      "2026-11-23",
    ]
    let value = DocumentValue.object([
      ("texts", .list(texts.map { .text($0) })), ("whole", .integer(Int.max)),
      ("number", .number(0.1)), ("large", .number(1e300)), ("flag", .boolean(false)),
      ("nothing", .null), ("empty", .list([])),
      ("nested", .object([("deep", .object([("deeper", .list([.list([.integer(1)])]))]))])),
    ])
    let text = notation == "yaml" ? try value.yaml(header: "made\nby a test") : value.json()
    #expect(try sorted(node(text).value) == sorted(value))
  }

  private func sorted(_ value: DocumentValue) -> DocumentValue {
    switch value {
    case .list(let items): .list(items.map(sorted))
    case .object(let members):
      .object(
        members.map { .init($0.key, sorted($0.value)) }.sorted { $0.key < $1.key })
    default: value
    }
  }

  @Test(
    "that are broken are errors with their line",
    arguments: [
      ("a: 1\nb: [1,", "d: line 3"), ("a: 1\n  b: 2", "d: line 2"), ("{\"a\": 1,\n]", "d: line 2"),
      ("a: *nowhere", "d: line 1"), ("a: 1\na: 2", "there twice"), ("? [1, 2]\n: 3", "key"),
      (String(repeating: "[", count: 100_000), "d: "),
      ("a: " + String(repeating: "[", count: 100_000), "nested deeper"),
      (String(repeating: "- ", count: 100_000) + "x", "nested deeper"),
      ("a: \u{1}", "d: "),
    ])
  func broken(text: String, part: String) {
    #expect(message(text).contains(part), "\(message(text))")
    #expect(!message(text).contains("\n"))
  }

  @Test("say a key once", arguments: [#"{"a": 1, "b": {"c": 1, "c": 2}}"#, "a: 1\nb: 2\na: 3"])
  func repeatedKeys(text: String) {
    #expect {
      try DocumentNode(Data(text.utf8), file: "f")
    } throws: { error in
      "\(error)".contains("is there twice")
    }
  }

  @Test("whose aliases would fill the memory are errors")
  func aliasBomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      let references = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(references)]\n"
    }
    #expect(message(text).contains("values, aliases included"))
  }

  @Test("name the key path where a value is not what was expected")
  func paths() throws {
    let document = try node("a:\n  - b: 1\n  - b: text\n    c: [true]")
    let items = try document.fields().required("a").list()
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return ""
    }
    #expect(
      message { _ = try items[1].fields(["b"]) } == "d: a[1].c: expected one of the keys b")
    let fields = try items[1].fields(["b", "c"])
    #expect(
      message { _ = try fields.required("b").integer(in: 1...3) }
        == "d: a[1].b: expected a whole number from 1 to 3, found \"text\"")
    #expect(
      message { _ = try fields.required("c").list()[0].text() }
        == "d: a[1].c[0]: expected a text, found true")
    #expect(message { _ = try fields.required("d") } == "d: a[1]: the key \"d\" is missing")
    #expect(message { _ = try items[0].list() } == "d: a[0]: expected a list, found an object")
  }
}
