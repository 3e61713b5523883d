import Foundation
import Testing

@testable import ONNXFormat

@Suite("Operators have the outputs that the onnx package's own test suite says")
struct OperatorSuiteTests {
  private static let cases = Result { try OperatorCase.all(["suite"] + shapeRules.keys.sorted()) }

  /// Operators whose outputs have shapes that depend on the values of their inputs.
  private static let refused: Set<String> = ["Compress", "NonMaxSuppression", "NonZero", "Unique"]

  /// Whether the rules refuse a case: also ranges of 16-bit floats, which are not read.
  private func isRefused(_ test: OperatorCase) -> Bool {
    let isHalf = test.name.contains("float16_type")
    return Self.refused.contains(test.operator) || (test.operator == "Range" && isHalf)
  }

  @Test("shapes and element types")
  func types() throws {
    let cases = try Self.cases.get()
    for test in cases {
      guard !isRefused(test) else {
        #expect(throws: ONNXError.self, "\(test.name)") { try test.call().inferredTypes() }
        continue
      }
      let expected = try #require(test.outputs)
      guard let found = test.attempt({ try test.call().inferredTypes() }) else { continue }
      #expect(found.count >= expected.count, "\(test.name)")
      for (type, value) in zip(found, expected) {
        guard let value else { continue }
        #expect(type == value.type, "\(test.name)")
      }
    }
    #expect(cases.count > 900)
  }

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
