import Diagnostics
import Files
import Foundation
import ONNXFormat
import Partitioning
import Preparation
import Reporting

/// What a run was: enough to make it again and to check that its inputs are the same.
package struct RunRecord: Encodable {
  var version: String
  var command: String
  var request: JobDocument
  var network: RecordedFile
  var platform: RecordedFile?
  var precision: String
  var limits: [Int?]
  var step: Int
  var bottleneck: String
  var warnings: [String]

  init(
    _ result: FlowResult, _ command: String, _ network: RecordedFile, _ platform: RecordedFile?,
    warnings: [String]
  ) {
    version = outriggerVersion
    self.command = command
    request = JobDocument(result.job)
    request["force"] = nil
    self.network = network
    self.platform = platform
    precision = result.run.precision
    limits = result.columns.map(\.summary.limit)
    step = result.job.partition.step
    bottleneck = result.job.partition.bottleneck.rawValue
    self.warnings = warnings
  }
}
