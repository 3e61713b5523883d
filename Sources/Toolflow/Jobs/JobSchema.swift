package import Documents

/// The JSON schema of job files.
package enum JobSchema {
  /// The schema: an object for each kind of job, with the schema of each of its keys.
  package static var value: DocumentValue {
    .object([
      ("$schema", .text("http://json-schema.org/draft-07/schema#")),
      ("$id", .text("job.schema.json")), ("title", .text("Outrigger job")),
      (
        "description",
        .text("What outrigger run does: a command, its argument and its options; docs/jobs.md.")
      ), ("type", .text("object")), ("required", .list([.text(JobDocument.kindKey)])),
      ("oneOf", .list(JobKind.allCases.map { $0.type.schema })),
    ])
  }
}

extension Job {
  fileprivate static var schema: DocumentValue {
    let kindKey = JobDocument.kindKey
    let properties = keys.map { DocumentValue.Member($0.name, $0.schema) }
    let required = [kindKey] + keys.map(\.name).filter(JobDocument.isPositional)
    return .object([
      (
        "properties",
        .object([.init(kindKey, .object([("const", .text(kind.rawValue))]))] + properties)
      ), ("required", .list(required.map(DocumentValue.text))),
      ("additionalProperties", .boolean(false)),
    ])
  }
}
