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
  var times: RecordedFile?
  var precision: String
  var limits: [Int?]
  var step: Int
  var bottleneck: String
  var warnings: [String]

  init(_ result: FlowResult, _ command: String, warnings: [String]) throws {
    version = outriggerVersion
    self.command = command
    request = JobDocument(result.job)
    request["force"] = nil
    network = try RecordedFile(result.run.source.path)
    platform = try result.run.platform.map { try RecordedFile($0.path) }
    times = try result.job.platform.times.map { try RecordedFile($0) }
    precision = result.run.precision
    limits = result.columns.map(\.summary.limit)
    step = result.job.partition.step
    bottleneck = result.job.partition.bottleneck.rawValue
    self.warnings = warnings
  }
}
