import CostModel
import Diagnostics
import Exploration
import MappingModel
import Preparation
import Search
import Simulation

/// What a search was: enough to make it again and to check that its inputs are the same.
package struct ExploreRecord: Encodable {
  var version: String
  var command: String
  /// What asked for the search; left out where it is part of something else.
  var request: JobDocument?
  var input: RecordedFile
  var platform: RecordedFile
  var times: RecordedFile?
  var mapping: RecordedFile?
  var precision: String
  var objectives: [String]
  var method: String
  var seed: UInt64
  var evaluations: Int
  var generations: Int
  var seconds: Double
  var requirements: [String]

  init(
    command: String, request job: JobDocument?, _ inputs: ExplorationInputs,
    _ platform: OpenedPlatform, _ outcome: ExploreOutcome
  ) {
    version = outriggerVersion
    self.command = command
    request = job
    // What was there before, and how far an earlier search had come, is of no matter to the next.
    request?["force"] = nil
    request?["resume"] = nil
    input = inputs.subject
    self.platform = inputs.platform
    (times, mapping) = (inputs.times, inputs.mapping)
    precision = platform.model.precision.description
    objectives = outcome.request.objectives.map(\.rawValue)
    method = outcome.request.method.rawValue
    seed = outcome.request.configuration.seed
    evaluations = outcome.evaluations
    generations = outcome.generations
    seconds = outcome.seconds
    requirements = outcome.request.limits.requirements.map(\.description)
  }
}
