package import Foundation
package import FoundationXML

/// What an XML parser sees in a document.
package final class ParsedDocument: NSObject, XMLParserDelegate {
  package private(set) var elements: [String: Int] = [:]
  package private(set) var attributes: [String: Set<String>] = [:]
  package private(set) var text = ""
  /// The values of all attributes that lead somewhere.
  package private(set) var links: [String] = []
  package private(set) var identifiers: Set<String> = []
  package private(set) var errorMessage: String?

  /// Parses a document and keeps the message of the parser when it is not well-formed.
  package init(_ document: String) {
    super.init()
    // The parser of libxml2 wants no document type that it cannot fetch.
    let parser = XMLParser(data: Data(document.replacing("<!DOCTYPE html>\n", with: "").utf8))
    parser.delegate = self
    if !parser.parse() {
      errorMessage = "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "?")"
    }
  }

  package func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    self.attributes[name, default: []].formUnion(attributes.keys)
    links += ["href", "src", "xlink:href", "action"].compactMap { attributes[$0] }
    if let identifier = attributes["id"] { identifiers.insert(identifier) }
  }

  package func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

/// Names as a malicious file might hold them.
package let hostileNames = [
  "</title></text><script>alert(1)</script>", "\" onload=\"alert(1)", "a & b ]]> c",
  "nul\u{0}bell\u{7}",
  "\u{202E}txt.exe", "𝔘𝔫𝔦 文字 👩‍👩‍👧", "", String(repeating: "long ", count: 5_000), "\u{FFFE}",
]
