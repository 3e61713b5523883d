import Escaping
import Foundation
import FoundationXML
import Testing

@Suite("Escapes")
struct EscapingTests {
  /// Every scalar of the Basic Multilingual Plane, and some beyond it, each between two letters.
  private static let texts = (Array(0...0xFFFF) + [0x1F600, 0x10FFFF]).compactMap {
    Unicode.Scalar(UInt32($0)).map { "a\($0)b" }
  }

  @Test func `a text in JSON is what Foundation's encoder writes`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    for text in Self.texts {
      #expect(text.jsonQuoted == String(decoding: try encoder.encode(text), as: UTF8.self))
    }
  }

  @Test func `a program reads from XML what was written`() throws {
    let texts = Self.texts.filter(\.isWritableInXML)
    let lines = texts.map { "<t a=\"\($0.xmlEscaped)\">\($0.xmlEscaped)</t>" }
    let reader = TextReader(Data("<r>\(lines.joined())</r>".utf8))
    #expect(reader.attributes.elementsEqual(texts) { Array($0.utf8) == Array($1.utf8) })
    #expect(reader.contents.elementsEqual(texts) { Array($0.utf8) == Array($1.utf8) })
  }

  @Test(arguments: [
    ("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"), ("one\ntwo", "one\ntwo"),
    ("\u{1B}[2J", "\u{FFFD}[2J"),
    ("\u{202E}cba", "\u{FFFD}cba"),
  ])
  func `a person sees of a text what may be shown`(text: String, expected: String) {
    var output = ""
    XMLText.append(text, for: .person, to: &output)
    #expect(output == expected)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
    ("a\rb", "\"a\rb\""),
    ("a\r\nb", "\"a\r\nb\""), ("", ""),
  ])
  func `a field of comma-separated values is in quotes where it must be`(
    text: String, expected: String
  ) {
    #expect(Array(text.csvField.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("conv 1", "\"conv 1\""), ("a\"b", "\"a\\\"b\""), ("a\\b", "\"a\\\\b\""), ("a\nb", "\"a\\nb\""),
    ("a\tb", "\"a b\""),
  ])
  func `an identifier of DOT stays one`(text: String, expected: String) {
    #expect(text.dotQuoted == expected)
  }
}

/// What Foundation reads from elements with an attribute.
private final class TextReader: NSObject, XMLParserDelegate {
  private(set) var attributes: [String] = []
  private(set) var contents: [String] = []
  private var text = ""

  init(_ data: Data) {
    super.init()
    let parser = XMLParser(data: data)
    parser.delegate = self
    _ = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?,
    attributes values: [String: String]
  ) {
    text = ""
    if let value = values["a"] { attributes.append(value) }
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "t" { contents.append(text) }
  }
}
