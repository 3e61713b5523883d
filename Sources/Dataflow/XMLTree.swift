import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element of an XML file; text between elements is not kept.
struct XMLTree {
  let name: String
  let attributes: [String: String]
  /// The line of the file, from 1.
  let line: Int
  fileprivate(set) var children: [XMLTree] = []

  /// The children with a name.
  func children(named name: String) -> [XMLTree] { children.filter { $0.name == name } }

  /// Parses a file without any document type, entity or reference to another file.
  ///
  /// - Throws: ``DataflowError/malformedFile(file:line:reason:)``.
  static func parse(_ data: Data, file: String) throws(DataflowError) -> XMLTree {
    func malformed(_ reason: String, line: Int? = nil) -> DataflowError {
      .malformedFile(file: file, line: line, reason: reason)
    }
    // One encoding only, so that what is refused here cannot hide from the parser behind another.
    guard let text = String(validating: data, as: UTF8.self), !text.contains("\0") else {
      throw malformed("expected XML in UTF-8")
    }
    if let line = documentTypeLine(in: text) {
      throw malformed("a document type is not allowed", line: line)
    }
    let builder = TreeBuilder()
    let parser = XMLParser(data: Data(text.utf8))
    parser.shouldResolveExternalEntities = false
    parser.delegate = builder
    let succeeded = parser.parse()
    if let (line, reason) = builder.refusal { throw malformed(reason, line: line) }
    guard succeeded, let root = builder.root else {
      throw malformed("not well-formed XML", line: max(1, parser.lineNumber))
    }
    return root
  }

  /// The line of the first `<!` that opens neither a comment nor a character section.
  private static func documentTypeLine(in text: String) -> Int? {
    var rest = Substring(text)
    while let mark = rest.firstRange(of: "<!") {
      let end: String
      let opening = rest[mark.lowerBound...]
      if opening.hasPrefix("<!--") {
        end = "-->"
      } else if opening.hasPrefix("<![CDATA[") {
        end = "]]>"
      } else {
        return text[..<mark.lowerBound].count { $0.isNewline } + 1
      }
      guard let close = opening.firstRange(of: end) else { return nil }
      rest = rest[close.upperBound...]
    }
    return nil
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
    guard let element = open.popLast() else { return }
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(element)
    }
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
