import Documents

/// A request as a value: what a command line, a job file and a run directory hold.
///
/// ```swift
/// let job = try JobDocument(path: "job.yaml").job()
/// let outcome = try job.run(in: JobContext())
/// ```
package protocol Job: Codable, Hashable, Sendable {
  /// The result of the job.
  associatedtype Outcome: JobOutcome

  /// The kind of job.
  static var kind: JobKind { get }

  /// The keys of the job, in the order in which they are written.
  static var keys: [JobKey<Self>] { get }

  /// The job with the default of every key.
  init()

  /// Does the job.
  ///
  /// - Throws: A `UserFacingError` that names the key, or the file and the element, and what was expected.
  func run(in context: JobContext) throws -> Outcome
}

/// The result of a job, for programs and for people.
package protocol JobOutcome: Sendable {
  /// The result for programs: a document, or nothing where it is a text or a file alone.
  func json() throws -> String

  /// The result for people.
  func text() throws -> String

  /// Whether a result keeps all limits; the exit status of the command depends on it.
  var isFeasible: Bool { get }
}

extension JobOutcome {
  /// True, for jobs without limits.
  package var isFeasible: Bool { true }
}

extension Job {
  /// The job that a document asks for; what the document leaves out has its default.
  ///
  /// - Throws: `RequestError` naming the key.
  init(_ document: JobDocument) throws {
    self.init()
    for member in document.values {
      guard let key = Self.keys.first(where: { $0.name == member.key }) else { continue }
      try key.read(member.value, &self)
    }
  }

  /// Reads a job that ``encode(to:)`` has written.
  ///
  /// - Throws: `RequestError` naming the key, or `DecodingError` for a job of another kind.
  package init(from decoder: any Decoder) throws {
    let value = try DocumentValue(from: decoder)
    let job = try JobDocument(DocumentNode(value, file: "job")).job()
    guard let job = job as? Self else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "expected a job \(Self.kind)"))
    }
    self = job
  }

  /// Writes the document of the job.
  package func encode(to encoder: any Encoder) throws {
    try JobDocument(self).value.encode(to: encoder)
  }
}
