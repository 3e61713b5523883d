import Documents
package import Foundation

extension SesameReader {
  /// Reads a mapping.
  ///
  /// - Throws: ``InterchangeError`` naming the file, the line and the element at fault.
  package static func mapping(
    _ data: Data, file: String
  ) throws(InterchangeError) -> SesameMapping {
    let yml = try YMLReader(data, file: file, root: "mapping")
    try yml.expect("side", "source", of: yml.root)
    let inner = yml.root.children(named: "mapping")
    guard inner.count == 1 else {
      throw yml.malformed(yml.root, "expected one <mapping> inside, found \(inner.count)")
    }
    try yml.expect("side", "dest", of: inner[0])
    var mapping = SesameMapping(processes: [])
    var seen: Set<String> = []
    for element in inner[0].children(named: "map") {
      let entry = try entry(element, yml)
      guard seen.insert(entry.process).inserted else {
        throw yml.malformed(element, "the process is mapped twice")
      }
      mapping.processes.append(entry)
    }
    return mapping
  }

  private static func entry(
    _ element: XMLTree, _ yml: YMLReader
  ) throws(InterchangeError) -> SesameMapping.Entry {
    var entry = SesameMapping.Entry(
      process: try yml.attribute("source", of: element),
      element: try yml.attribute("dest", of: element), ports: [], operations: [])
    for port in element.children(named: "port") {
      entry.ports.append(
        .init(
          name: try yml.attribute("source", of: port), place: try yml.attribute("dest", of: port)))
    }
    for instruction in element.children(named: "instruction") {
      let operation = try yml.attribute("source", of: instruction)
      try yml.expect("dest", operation, of: instruction)
      entry.operations.append(operation)
    }
    return entry
  }
}
