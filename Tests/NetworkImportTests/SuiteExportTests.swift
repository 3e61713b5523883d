import Files
import Foundation
import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@testable import NetworkImport

@Suite("Models of the onnx package's own test suite become blocks")
struct SuiteExportTests {
  private struct Answer: Decodable {
    var equal: Int
    var different: [String]
    var notRun: [String]
  }

  /// The numbers here stand in docs/operators.md.
  @Test("and, written again with their second inputs as weights, compute the same")
  func export() throws {
    let (folder, models) = try SuiteModel.all.get()
    var exported = 0
    for (number, model) in models.enumerated() {
      do {
        let resolved = try ResolvedGraph(
          try ONNXModel(path: folder.file("\(number)_weights.onnx")))
        let graph = try BlockGraph(resolved, name: model.name, options: .blocks)
        #expect(graph.violations() == [], "\(model.name)")
        try AtomicFile.write(to: folder.file("\(number)_exported.onnx")) {
          try ONNXModel(exporting: graph).write(to: $0)
        }
        exported += 1
      } catch is ONNXError {
        // What is refused, and why, is the matter of SuiteModelTests.
      }
    }
    #expect(exported == 1725)
    let text = try PythonTool("run_suite.py").succeed([folder.path])
    let answer = try JSONDecoder().decode(Answer.self, from: Data(text.utf8))
    #expect(answer.different == [])
    #expect(answer.equal == 1711)
    #expect(answer.notRun.count == 14)
  }
}
