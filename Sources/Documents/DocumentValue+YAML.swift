import Diagnostics
import Foundation
import Quantities
import Yams

extension DocumentValue {
  /// Reads YAML 1.1, of one document; aliases are followed.
  ///
  /// - Throws: ``DocumentError/malformed(file:reason:)`` with the line, also where aliases would
  ///   blow the document up.
  static func yaml(_ data: Data, file: String) throws -> DocumentValue {
    guard let text = String(data: data, encoding: .utf8) else {
      throw DocumentError.malformed(file: file, reason: "the file is not text in UTF-8")
    }
    // Deeper nesting than any description needs, but far from the end of the stack.
    guard nesting(of: text) <= largestNesting else {
      throw DocumentError.malformed(
        file: file, reason: "it is nested deeper than \(largestNesting) levels")
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw DocumentError.malformed(file: file, reason: reason(error))
    } catch {
      throw DocumentError.malformed(file: file, reason: "\(error)".singleLine)
    }
    guard let node else { return .null }
    var budget = largestNodeCount
    return try value(node, &budget, file)
  }

  /// Refuses JSON in which an object has a key twice, of which the decoder would silently drop one.
  ///
  /// JSON is YAML up to details, so that YAML's reader notices; what else it dislikes is no matter.
  static func refuseRepeatedKeys(_ data: Data, file: String) throws {
    guard let text = String(data: data, encoding: .utf8), nesting(of: text) <= largestNesting else {
      return
    }
    do {
      _ = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      guard case .duplicatedKeysInMapping = error else { return }
      throw DocumentError.malformed(file: file, reason: reason(error))
    } catch {
      return
    }
  }

  /// The value as YAML, objects in the order of their members.
  ///
  /// - Parameter header: A comment for the first lines.
  /// - Throws: What the YAML library throws where it cannot write a text.
  package func yaml(header: String = "") throws -> String {
    let comment = header.split(separator: "\n", omittingEmptySubsequences: false)
    let lines = header.isEmpty ? "" : comment.map { "# \($0)\n" }.joined()
    return lines + (try Yams.serialize(node: node, width: -1, allowUnicode: true))
  }

  private var node: Node {
    switch self {
    case .null: Node("null", Tag(.null), .plain)
    case .boolean(let value): Node(value ? "true" : "false", Tag(.bool), .plain)
    case .integer(let value): Node("\(value)", Tag(.int), .plain)
    case .number(let value): Node("\(value)", Tag(.float), .plain)
    case .text(let text): Self.node(text)
    case .list(let items):
      Node(items.map(\.node), Tag(.seq), items.allSatisfy(\.isScalar) ? .flow : .block)
    case .object(let members):
      Node(
        members.map { (Self.node($0.key), $0.value.node) }, Tag(.map),
        members.count <= 4 && members.allSatisfy(\.value.isScalar) ? .flow : .block)
    }
  }

  /// A text, in quotes where it would be read as something else.
  private static func node(_ text: String) -> Node {
    let plain = Node(text, Tag(.str), .any)
    guard let scalar = Node(text).scalar, Resolver.default.resolveTag(of: .scalar(scalar)) != .str
    else { return plain }
    return Node(text, Tag(.str), .doubleQuoted)
  }

  private var isScalar: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }

  private static func value(
    _ node: Node, _ budget: inout Int, _ file: String
  ) throws -> DocumentValue {
    budget -= 1
    guard budget >= 0 else {
      throw DocumentError.malformed(
        file: file, reason: "it has more than \(largestNodeCount) values, aliases included")
    }
    switch node {
    case .scalar(let scalar): return value(scalar)
    case .sequence(let sequence):
      return .list(try sequence.map { try value($0, &budget, file) })
    case .mapping(let mapping):
      return .object(
        try mapping.map { key, item in
          guard let name = key.scalar?.string else {
            throw DocumentError.malformed(
              file: file, reason: "line \(key.mark?.line ?? 1): a key should be a text")
          }
          return Member(name, try value(item, &budget, file))
        })
    case .alias:
      throw DocumentError.malformed(file: file, reason: "it has an alias that leads nowhere")
    }
  }

  private static func value(_ scalar: Node.Scalar) -> DocumentValue {
    let node = Node.scalar(scalar)
    guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
    switch Resolver.default.resolveTag(of: node) {
    case .null: return .null
    case .bool: return node.bool.map { .boolean($0) } ?? .text(scalar.string)
    case .int:
      return decimal(scalar) ?? node.int.map { .integer($0) } ?? number(scalar)
        ?? .text(scalar.string)
    case .float: return decimal(scalar) ?? number(scalar) ?? .text(scalar.string)
    default: return .text(scalar.string)
    }
  }

  /// The integer of digits behind a zero, which YAML 1.1 takes for octal and nobody else does; nil for other scalars.
  private static func decimal(_ scalar: Node.Scalar) -> DocumentValue? {
    let digits = scalar.string.drop { "+-".contains($0) }
    guard digits.hasPrefix("0"), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return nil
    }
    return Int(scalar.string).map { .integer($0) }
  }

  /// The number of a scalar from its digits; nil for infinity, and for more digits than are kept.
  private static func number(_ scalar: Node.Scalar) -> DocumentValue? {
    let text = scalar.string.filter { $0 != "_" }
    if let number = DecimalNumber(text) { return .number(number) }
    // Minutes and seconds, as YAML 1.1 has them.
    guard text.contains(":") else { return nil }
    return Node.scalar(scalar).float.flatMap { DecimalNumber($0) }.map { .number($0) }
  }

  private static func reason(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line): \(problem)".singleLine
    case .reader(let problem, _, _, _): "it is not valid YAML: \(problem)".singleLine
    case .duplicatedKeysInMapping(let duplicates, _):
      "the key \(duplicates.first?.debugDescription ?? "") is there twice".singleLine
    default: "it is not valid YAML"
    }
  }

  /// An upper bound on how deep the collections of a document are nested: brackets in one another, or
  /// indented lines with several dashes each.
  private static func nesting(of text: String) -> Int {
    var brackets = 0
    var deepest = 0
    var indentation = 0
    var isIndenting = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
      case UInt8(ascii: "\n"):
        indentation = 0
        isIndenting = true
        continue
      default: break
      }
      let indents =
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "?")
        || byte == UInt8(ascii: ":")
      isIndenting = isIndenting && indents
      if isIndenting { indentation += 1 }
      deepest = max(deepest, brackets + indentation / 2)
    }
    return deepest
  }
}

/// The deepest nesting that is read.
private let largestNesting = 400

/// The most values that a document may have, with those of aliases counted each time.
private let largestNodeCount = 1 << 18
