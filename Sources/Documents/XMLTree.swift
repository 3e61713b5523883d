package import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element of an XML file; text is kept for elements that hold nothing else.
package struct XMLTree {
  /// The name of the element as the file writes it.
  package let name: String
  /// The attributes by their names.
  package let attributes: [String: String]
  /// The line of the file, from 1.
  package let line: Int
  /// The elements within, in the order of the file.
  package fileprivate(set) var children: [XMLTree] = []
  /// The text of an element without children, with blanks at both ends removed.
  package fileprivate(set) var text = ""

  /// The children with a name.
  package func children(named name: String) -> [XMLTree] { children.filter { $0.name == name } }

  /// Parses a file without any document type, entity or reference to another file.
  ///
  /// - Throws: ``XMLError``.
  package static func parse(_ data: Data, file: String) throws(XMLError) -> XMLTree {
    func malformed(_ reason: String, line: Int? = nil) -> XMLError {
      XMLError(file: file, line: line, reason: reason)
    }
    // One encoding only, so that what is refused here cannot hide from the parser behind another.
    guard let text = String(validating: data, as: UTF8.self), !text.contains("\0") else {
      throw malformed("expected XML in UTF-8")
    }
    if let (line, reason) = refusal(of: text) { throw malformed(reason, line: line) }
    let builder = TreeBuilder()
    // From a stream, since a parser of data refuses files beyond some megabytes.
    let parser = XMLParser(stream: InputStream(data: Data(text.utf8)))
    parser.shouldResolveExternalEntities = false
    parser.delegate = builder
    let succeeded = parser.parse()
    if let (line, reason) = builder.refusal { throw malformed(reason, line: line) }
    guard succeeded, let root = builder.root else {
      throw malformed("not well-formed XML", line: max(1, parser.lineNumber))
    }
    return root
  }

  /// The most attributes of an element.
  private static let attributeLimit = 1000

  /// What is refused before parsing: an element of more attributes than a parser, which compares each
  /// with all, takes in good time; the first `<!` that opens neither a comment nor a character
  /// section; and two hyphens within a comment, which XML 1.0, section 2.5, forbids and of which the
  /// parser would report every one together with the comment up to it.
  private static func refusal(of text: String) -> (line: Int, reason: String)? {
    let bytes = Array(text.utf8)
    var rest = 0
    while let mark = bytes.place(of: "<", from: rest) {
      func refused(_ reason: String) -> (Int, String) {
        (String(decoding: bytes[..<mark], as: UTF8.self).count { $0.isNewline } + 1, reason)
      }
      guard mark + 1 < bytes.count, bytes[mark + 1] == UInt8(ascii: "!") else {
        guard let end = bytes.endOfTag(from: mark, attributes: attributeLimit) else {
          return refused("an element of more than \(attributeLimit) attributes")
        }
        rest = end
        continue
      }
      if bytes.place(of: "<!--", from: mark, isFixed: true) != nil {
        guard let hyphens = bytes.place(of: "--", from: mark + 4) else { return nil }
        rest = hyphens + 2
        guard rest < bytes.count, bytes[rest] == UInt8(ascii: ">") else {
          return refused("two hyphens within a comment")
        }
      } else if bytes.place(of: "<![CDATA[", from: mark, isFixed: true) != nil {
        guard let close = bytes.place(of: "]]>", from: mark) else { return nil }
        rest = close + 3
      } else {
        return refused("a document type is not allowed")
      }
    }
    return nil
  }
}

extension [UInt8] {
  /// The place behind a tag, or of the next `<`, which no value may hold; nil where there are too many
  /// quoted values.
  fileprivate func endOfTag(from start: Int, attributes limit: Int) -> Int? {
    var (place, quotes, open) = (start + 1, 0, UInt8(0))
    while place < count {
      let byte = self[place]
      if byte == UInt8(ascii: "<") { return place }
      place += 1
      if open != 0 {
        if byte == open { open = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        open = byte
        quotes += 1
        if quotes > limit { return nil }
      } else if byte == UInt8(ascii: ">") {
        return place
      }
    }
    return place
  }

  /// The first place of a pattern at or behind a place, or only just there.
  fileprivate func place(of pattern: StaticString, from start: Int, isFixed: Bool = false) -> Int? {
    let length = pattern.utf8CodeUnitCount
    return withUnsafeBufferPointer { bytes in
      var place = start
      while place + length <= bytes.count {
        if bytes[place] == pattern.utf8Start[0] {
          var matched = 1
          while matched < length, bytes[place + matched] == pattern.utf8Start[matched] {
            matched += 1
          }
          if matched == length { return place }
        }
        if isFixed { return nil }
        place += 1
      }
      return nil
    }
  }
}

/// Collects elements; a class because Foundation's parser reports to an Objective-C style delegate.
private final class TreeBuilder: NSObject, XMLParserDelegate {
  var root: XMLTree?
  var refusal: (line: Int, reason: String)?
  private var open: [XMLTree] = []

  static let depthLimit = 64
  static let elementLimit = 5_000_000
  private var elementCount = 0

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elementCount += 1
    if open.count >= Self.depthLimit { refuse(parser, "elements are nested too deeply") }
    if elementCount > Self.elementLimit { refuse(parser, "too many elements") }
    open.append(
      XMLTree(name: elementName, attributes: attributes, line: max(1, parser.lineNumber)))
  }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    guard var element = open.popLast() else { return }
    element.text =
      element.children.isEmpty ? element.text.trimmingCharacters(in: .whitespacesAndNewlines) : ""
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(element)
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard let element = open.last, element.children.isEmpty else { return }
    open[open.count - 1].text += string
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
  }

  func parser(
    _ parser: XMLParser, foundInternalEntityDeclarationWithName name: String, value: String?
  ) {
    refuse(parser, "an entity is not allowed")
  }

  func parser(
    _ parser: XMLParser, foundExternalEntityDeclarationWithName name: String, publicID: String?,
    systemID: String?
  ) {
    refuse(parser, "an entity is not allowed")
  }

  private func refuse(_ parser: XMLParser, _ reason: String) {
    if refusal == nil { refusal = (max(1, parser.lineNumber), reason) }
    parser.abortParsing()
  }
}
