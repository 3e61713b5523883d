import Foundation
import Testing

@testable import ONNXFormat

@Suite("Constants fold to the values that the onnx package's own test suite says")
struct OperatorSuiteTests {
  private static let cases = Result { try OperatorCase.all(["suite"] + shapeRules.keys.sorted()) }

  @Test("values that follow from constants")
  func values() throws {
    var folded: Set<String> = []
    for test in try Self.cases.get() {
      guard let tensors = test.attempt({ try test.call().foldedConstants() }) else {
        continue
      }
      folded.insert(test.operator)
      for (tensor, value) in zip(tensors, try #require(test.outputs)) {
        guard let value, value.tensor != nil else { continue }
        #expect(try value.isContent(tensor), "\(test.name)")
      }
    }
    #expect(folded.isSuperset(of: ["Add", "Concat", "Gather", "Shape", "Slice", "Transpose"]))
  }
}
