package import Documents

/// A key of a job: where its value is kept, and how it stands in a document.
package struct JobKey<Root: Sendable>: Sendable {
  /// The key in snake case, as `time_limit`.
  package let name: String
  /// Whether the value is the path of a file or folder, or a list of them.
  package let isPath: Bool
  /// The JSON schema of the value.
  package let schema: DocumentValue
  /// Puts a value where it is kept.
  let read: @Sendable (DocumentValue, inout Root) throws -> Void
  /// The value; nil where there is none.
  let write: @Sendable (Root) -> DocumentValue?

  private init(
    _ name: String, isPath: Bool, schema: DocumentValue,
    read: @escaping @Sendable (DocumentValue, inout Root) throws -> Void,
    write: @escaping @Sendable (Root) -> DocumentValue?
  ) {
    (self.name, self.isPath, self.schema) = (name, isPath, schema)
    (self.read, self.write) = (read, write)
  }

  /// A key that always has a value.
  init<Value>(
    _ name: String, _ property: WritableKeyPath<Root, Value> & Sendable, _ form: JobForm<Value>,
    isPath: Bool = false
  ) {
    self.init(
      name, isPath: isPath, schema: form.schema,
      read: { $1[keyPath: property] = try form.read($0, name) },
      write: { form.write($0[keyPath: property]) })
  }

  /// A key that may be left out.
  init<Value>(
    _ name: String, _ property: WritableKeyPath<Root, Value?> & Sendable, _ form: JobForm<Value>,
    isPath: Bool = false
  ) {
    self.init(
      name, isPath: isPath, schema: form.schema,
      read: { $1[keyPath: property] = try form.read($0, name) },
      write: { $0[keyPath: property].flatMap { form.write($0) } })
  }

  /// The same key of something that holds the root.
  func of<Outer>(_ property: WritableKeyPath<Outer, Root> & Sendable) -> JobKey<Outer> {
    JobKey<Outer>(
      name, isPath: isPath, schema: schema,
      read: { try read($0, &$1[keyPath: property]) },
      write: { write($0[keyPath: property]) })
  }
}

extension Array {
  /// The same keys of something that holds their root.
  func of<Root, Outer>(
    _ property: WritableKeyPath<Outer, Root> & Sendable
  ) -> [JobKey<Outer>] where Element == JobKey<Root> {
    map { $0.of(property) }
  }
}
