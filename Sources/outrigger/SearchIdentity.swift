import Documents
import Exploration
import Files
import MappingModel
import Preparation
import Toolflow

/// What a checkpoint must agree with before a search goes on from it: the contents of all files that
/// were read, and the options that change what a mapping is worth.
struct SearchIdentity {
  /// Part by part, each in words that say what it is about.
  let parts: [String]

  init(
    _ command: ExploreCommand, _ request: ExploreRequest, _ opened: SubjectOptions.Opened,
    _ inputs: ExplorationInputs
  ) throws {
    let (network, platform) = (command.network, command.platform)
    let (parameters, execution, limits) = (command.parameters, command.execution, command.limits)
    let document = Array(try JSONText.encode(MappingDocument(opened.mapping)).utf8)
    parts = [
      "\(opened.name) (\(inputs.subject.digest))",
      "platform \(opened.platform.name) (\(inputs.platform.digest))",
      try platform.times.map { "times \($0) (\(try RunRecord.Input($0).digest))" } ?? "no times",
      "mapping " + document.withUnsafeBytes { SHA256.hexadecimal(of: $0) }.prefix(12),
      "forbidden elements \(opened.mapping.forbidden.sorted { $0.key < $1.key })",
      "precision \(platform.precision)",
      "\(platform.strictOperators ? "strict" : "lenient") operators",
      "granularity \(execution.granularity)", "buffers \(execution.buffers)",
      "limits \(limits.required.texts)",
      "\(limits.localMemory ? "with" : "without") local memory",
      "network \(network.reading.identity)", "folding \(!network.noFold)",
      "view \(command.view.view)",
      "parameters \(parameters.parameters)", "execution times \(parameters.executionTimes)",
      request.inferences.map { "\($0) inferences" } ?? "default inferences",
      command.partitioning.identity,
    ]
  }
}
