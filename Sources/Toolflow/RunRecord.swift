import Foundation
import ONNXFormat

/// The version of the program.
package let outriggerVersion = "0.1.0"

/// What a run was: enough to make it again and to check that its inputs are the same.
struct RunRecord: Encodable {
  var version: String
  var command: String
  var network: Input
  var platform: String
  var precision: String
  var limits: [Int?]
  var warnings: [String]

  /// An input file.
  struct Input: Encodable {
    var path: String
    var sha256: String
  }

  init(_ result: FlowResult, _ command: String) throws {
    version = outriggerVersion
    self.command = command
    let path = result.run.source.path
    let digest = try MappedFile(path: path).withBytes { SHA256.hexadecimal(of: $0) }
    network = Input(path: path, sha256: digest)
    platform = result.run.platformName ?? ""
    precision = result.run.precision
    limits = result.columns.map(\.summary.limit)
    warnings = result.diagnostics.map(\.description)
  }
}
