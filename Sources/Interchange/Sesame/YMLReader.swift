import Dataflow
import Documents
import Foundation

/// Finds elements, attributes and properties in a YML file, and says what is wrong where.
struct YMLReader {
  let file: String
  let root: XMLTree
  /// The entries of lists that may still come.
  private var entriesLeft = RateList.limit

  /// - Throws: ``InterchangeError/malformedFile(file:line:reason:)`` for what is no XML, or has another
  ///   root.
  init(_ data: Data, file: String, root name: String) throws(InterchangeError) {
    self.file = file
    do {
      root = try XMLTree.parse(data, file: file)
    } catch {
      throw .malformedFile(file: file, line: error.line, reason: error.reason)
    }
    guard root.name == name else { throw malformed(root, "expected <\(name)> as the root") }
  }

  func malformed(_ element: XMLTree, _ reason: String) -> InterchangeError {
    let name = (element.attributes["name"] ?? element.attributes["source"]).map { " \"\($0)\"" }
    return .malformedFile(
      file: file, line: element.line, reason: "<\(element.name)>\(name ?? ""): \(reason)")
  }

  func attribute(_ key: String, of element: XMLTree) throws(InterchangeError) -> String {
    guard let value = element.attributes[key] else {
      throw malformed(element, "expected the attribute \(key)")
    }
    return value
  }

  /// Checks that an attribute has a value.
  func expect(
    _ key: String, _ expected: String, of element: XMLTree
  ) throws(InterchangeError) {
    let value = try attribute(key, of: element)
    guard value == expected else {
      throw malformed(element, "\(key) \"\(value.prefix(40))\": expected \(expected)")
    }
  }

  /// The properties of an element in their order.
  ///
  /// - Throws: ``InterchangeError/malformedFile(file:line:reason:)`` for one that is given twice.
  func properties(of element: XMLTree) throws(InterchangeError) -> Properties {
    var properties = Properties(element: element, reader: self)
    for child in element.children(named: "property") {
      let name = try attribute("name", of: child)
      let value = try attribute("value", of: child)
      // Only sources and arguments may be several.
      let isRepeatable = name == "source" || name == "arg"
      guard properties.values.updateValue(value, forKey: name) == nil || isRepeatable else {
        throw malformed(element, "the property \"\(name.prefix(40))\" is given twice")
      }
      properties.order.append((name, value, child))
    }
    return properties
  }

  struct Properties {
    let element: XMLTree
    let reader: YMLReader
    var values: [String: String] = [:]
    var order: [(name: String, value: String, element: XMLTree)] = []

    subscript(name: String) -> String? { values[name] }

    func required(_ name: String) throws(InterchangeError) -> String {
      guard let value = values[name] else {
        throw reader.malformed(element, "expected the property \(name)")
      }
      return value
    }

    func integer(_ name: String, least: Int64 = 0) throws(InterchangeError) -> Int64? {
      guard let text = values[name] else { return nil }
      guard let value = Int64(text), value >= least else {
        throw reader.malformed(
          element, "\(name) \"\(text.prefix(40))\": expected an integer from \(least)")
      }
      return value
    }
  }

  /// A list of numbers from a property.
  mutating func list(
    _ name: String, of properties: Properties
  ) throws(InterchangeError) -> [Int64] {
    let text = try properties.required(name)
    guard let values = RateList.values(text, atMost: entriesLeft) else {
      throw malformed(
        properties.element,
        "\(name) \"\(text.prefix(40))\": expected integers or n*v, split by "
          + "commas, in all at most \(RateList.limit)")
    }
    entriesLeft -= values.count
    return values
  }

  /// A number from 0, written as n or n/d.
  func fraction(
    _ text: String, of element: XMLTree
  ) throws(InterchangeError) -> Fraction {
    guard let value = Fraction(text), value.numerator >= 0 else {
      throw malformed(element, "\"\(text.prefix(40))\": expected a number from 0 as n or n/d")
    }
    return value
  }
}
