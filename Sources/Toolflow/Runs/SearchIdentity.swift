import Documents
import Files
import MappingModel
import Preparation

/// What a checkpoint must agree with before a search goes on from it: the contents of all files that
/// were read, and the keys of the job that decide how good a mapping is.
struct SearchIdentity {
  /// Part by part, each in words that say what it is about.
  let parts: [String]

  /// - Parameter keys: The keys that the job may have.
  init(
    _ document: JobDocument, _ keys: [String], _ opened: OpenedSubject, _ inputs: ExplorationInputs
  ) throws {
    let mapping = Array(try JSONText.encode(MappingDocument(opened.mapping)).utf8)
    let times = inputs.times.map { "times \($0.path) (\($0.digest))" }
    let files = [
      "\(opened.name) (\(inputs.subject.digest))",
      "platform \(opened.platform.name) (\(inputs.platform.digest))", times ?? "no times",
      "mapping " + mapping.withUnsafeBytes { SHA256.hexadecimal(of: $0) }.prefix(12),
      "forbidden elements \(opened.mapping.forbidden.sorted { $0.key < $1.key })",
    ]
    let names = keys.filter { !Self.elsewhere.contains($0) }
    parts =
      files
      + names.map { name in
        document[name].map { "`\(name)` \($0.line)" } ?? "no `\(name)`"
      }
  }

  /// Keys that name files, whose contents count; that say how long is searched, what is written and shown; and those that
  /// the methods of search hold against a checkpoint themselves.
  private static let elsewhere: Set<String> = [
    "input", "platform", "times", "mapping", "output", "force", "resume", "trace", "beside",
    "objectives", "method", "evaluations", "time_limit", "seed", "jobs", "population", "offspring",
    "initial",
  ]
}
