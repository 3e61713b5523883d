import CostModel
import Diagnostics
import Documents
import Files
import NetworkImport
import ONNXFormat
import Partitioning
import Preparation
package import Reporting

/// The job that splits and merges the blocks of a network.
package struct PartitionJob: Job {
  /// The job `partition`.
  package static let kind = JobKind.partition

  /// The network, and how it is read.
  package var subject = SubjectInput()
  /// The platform that gives blocks their times; without one they are operations.
  package var platform = PlatformInput()
  /// The splits and merges by hand, and how automatic splits work.
  package var partition = PartitionInput()
  /// The most blocks there may be; nil for as many as keep all elements busy.
  package var partitions: Int?
  /// Whether a tensor that several blocks read counts once in memory.
  package var sharedInputs = false
  /// An ONNX file for the network.
  package var output = OutputInput()

  /// The keys of the job, in the order in which they are written.
  package static let keys: [JobKey<PartitionJob>] =
    SubjectInput.keys.of(\.subject) + PlatformInput.keys.of(\.platform)
    + PartitionInput.handKeys.of(\.partition) + PartitionInput.automaticKeys.of(\.partition) + [
      JobKey("partitions", \.partitions, .integer(0...Int.max)),
      JobKey("shared_inputs", \.sharedInputs, .flag),
    ] + OutputInput.keys.of(\.output)

  /// A job with all defaults, without an input.
  package init() {}

  /// The partitioned network, for programs and for people.
  package struct Outcome: JobOutcome {
    /// The partitioned network in numbers.
    package var summary: PartitionSummary
    private var details: String

    fileprivate init(_ summary: PartitionSummary, details: String) {
      (self.summary, self.details) = (summary, details)
    }

    /// The network in numbers as JSON.
    package func json() throws -> String { try JSONText.encode(summary) }

    /// A table of the numbers and the parts of each block.
    package func text() -> String { PartitionTable.text([summary]) + details }
  }

  /// Partitions the network, and writes it where a file is named.
  ///
  /// - Throws: The error of a file, or of a split or merge that is not possible.
  package func run(in context: JobContext) throws -> Outcome {
    let file = try output.file()
    var run = try PartitionRun(
      network: try subject.network(), options: subject.importOptions, platform: try platform.open())
    run.sharesInputs = sharedInputs
    var request = partition.byHand
    if partitions != nil || request.isEmpty {
      request.automatic = partition.automatic(limit: partitions, elementCount: run.elementCount)
    }
    let result = try run.partition(request)
    let graph = result.network.graph
    let diagnostics = try run.diagnostics(of: [graph]) + run.roomWarnings(of: graph)
    context.warn(diagnostics)
    var summary = try run.summary(limit: partitions, result)
    try file?.write { try ONNXModel(exporting: graph).write(to: $0) }
    summary.warnings = diagnostics.map(\.description)
    let written = file.map { "\($0.path): the partitioned network\n" } ?? ""
    return Outcome(
      summary,
      details: PartitionTable.parts(graph) + PlatformNotes(run.model?.platform).text + written)
  }
}
