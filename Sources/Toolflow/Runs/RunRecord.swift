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
  var request: FlowJob
  var network: Input
  var platform: Input?
  var precision: String
  var limits: [Int?]
  var step: Int
  var bottleneck: String
  var warnings: [String]

  /// An input file.
  package struct Input: Encodable, Sendable {
    var path: String
    var sha256: String

    /// The beginning of the digest, which tells files apart.
    package var digest: String { String(sha256.prefix(12)) }

    package init(_ path: String) throws {
      self.path = path
      sha256 = try MappedFile(path: path).withBytes { SHA256.hexadecimal(of: $0) }
    }
  }

  init(
    _ result: FlowResult, _ command: String, _ network: Input, _ platform: Input?,
    warnings: [String]
  ) {
    version = outriggerVersion
    self.command = command
    request = result.job
    request.output.force = false
    self.network = network
    self.platform = platform
    precision = result.run.precision
    limits = result.columns.map(\.summary.limit)
    step = result.job.partition.step
    bottleneck = result.job.partition.bottleneck.rawValue
    self.warnings = warnings
  }
}
