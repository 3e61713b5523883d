import Diagnostics
import Documents

/// Something that is asked for, as a value: what a command line, a job file and a run directory hold.
///
/// ```swift
/// let job = try JobDocument(path: "job.yaml").job()
/// let outcome = try job.run(in: JobContext())
/// ```
package protocol Job: Codable, Hashable, Sendable {
  associatedtype Outcome: JobOutcome

  /// What is asked for.
  static var kind: JobKind { get }

  /// The keys that say it, in the order in which they are written.
  static var keys: [JobKey<Self>] { get }

  /// The job with the default of every key.
  init()

  /// Does what is asked for.
  ///
  /// - Throws: A `UserFacingError` that names the key, or the file and the element, and what was expected.
  func run(in context: JobContext) throws -> Outcome
}

/// What came out of a job.
package protocol JobOutcome: Sendable {
  /// What programs read: a document, or nothing where the result is a text or a file alone.
  func json() throws -> String

  /// What people read.
  func text() throws -> String

  /// Whether something meets all limits.
  var isFeasible: Bool { get }
}

extension JobOutcome {
  /// A job that is held against no limits is feasible.
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

  /// The job that a document asks for, where everything in it has a meaning.
  ///
  /// - Throws: `RequestError` naming the key that has no meaning here, contradicts another one or has an impossible
  ///   value.
  init(checking document: JobDocument) throws {
    guard document.kind == Self.kind else {
      throw RequestError(
        JobDocument.kindKey,
        "expected \(Self.kind.rawValue), found \(document.kind.rawValue)")
    }
    try document.check(in: try document.situation())
    try self.init(document)
  }

  /// Reads the job from its document.
  package init(from decoder: any Decoder) throws {
    let value = try DocumentValue(from: decoder)
    try self.init(checking: try JobDocument(DocumentNode(value, file: "job")))
  }

  /// Writes the document of the job, defaults included.
  package func encode(to encoder: any Encoder) throws {
    try JobDocument(self).encode(to: encoder)
  }
}
