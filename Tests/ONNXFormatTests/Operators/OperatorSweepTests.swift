import Foundation
import Testing

@testable import ONNXFormat

@Suite("Random nodes have the outputs that the onnx package gives")
struct OperatorSweepTests {
  @Test("shapes by onnx.shape_inference", arguments: ["windows", "rearrangements"])
  func types(sweep: String) throws {
    var compared = 0
    for test in try OperatorCase.all([sweep, "2000", "1"]) {
      let call = try test.call()
      guard let expected = test.outputs else {
        #expect(throws: ONNXError.self, "\(test.name)") { try call.inferredTypes() }
        continue
      }
      guard let found = test.attempt({ try call.inferredTypes() }) else {
        Issue.record("\(test.name) is not known")
        continue
      }
      for (type, value) in zip(found, expected) {
        guard let value else { continue }
        #expect(type == value.type, "\(test.name)")
        compared += 1
      }
    }
    #expect(compared > 1500)
  }

  @Test("values by onnx.reference")
  func values() throws {
    var compared = 0
    for test in try OperatorCase.all(["values", "2000", "1"]) {
      guard let expected = test.outputs,
        let found = test.attempt({ try test.call().foldedConstants() })
      else { continue }
      for (tensor, value) in zip(found, expected) {
        guard let value, value.tensor != nil else { continue }
        #expect(try value.isContent(tensor), "\(test.name)")
        compared += 1
      }
    }
    #expect(compared > 1000)
  }
}
