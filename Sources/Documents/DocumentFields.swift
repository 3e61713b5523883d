/// The members of an object.
package struct DocumentFields: Sendable {
  /// The object that has the members.
  package let object: DocumentNode
  let members: [String: DocumentNode]

  /// A member that may be left out; nil where it is, or where it is null.
  package subscript(key: String) -> DocumentNode? {
    guard let node = members[key] else { return nil }
    return node.value == .null ? nil : node
  }

  /// A member that must be there.
  ///
  /// - Throws: ``DocumentError/missing(file:path:key:)`` where it is left out or null.
  package func required(_ key: String) throws -> DocumentNode {
    guard let node = self[key] else {
      throw DocumentError.missing(file: object.file, path: object.path, key: key)
    }
    return node
  }

  /// The items of a list; none where it is left out.
  ///
  /// - Throws: ``DocumentError`` where the member is no list.
  package func list(_ key: String) throws -> [DocumentNode] { try self[key]?.list() ?? [] }
}
