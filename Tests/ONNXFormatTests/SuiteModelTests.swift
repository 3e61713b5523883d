import Foundation
import ONNXSchema
import SwiftProtobuf
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

/// The numbers here stand in docs/operators.md.
@Suite("All 1,884 models of the onnx package's own test suite")
struct SuiteModelTests {
  /// The models that are refused, by the operator that the error names; "inputs" for a graph whose
  /// inputs are not tensors.
  private static let refused: [String: Int] = [
    // The size of the output depends on the values of the input.
    "Compress": 5, "ImageDecoder": 9, "NonMaxSuppression": 10, "NonZero": 1, "StringNormalizer": 5,
    "StringSplit": 6, "Unique": 7,
    // Control flow that the graph does not fix.
    "Loop": 5, "Scan": 18,
    // Sequences and optional values.
    "inputs": 21, "OptionalGetElement": 2, "OptionalHasElement": 6, "SequenceConstruct": 2,
    "SplitToSequence": 3,
    // Operators of other domains, whose shapes were removed from the file.
    "Adagrad": 2, "Adam": 2, "ArrayFeatureExtractor": 1, "Binarizer": 1, "FlexAttention": 11,
    "LabelEncoder": 4, "Momentum": 3, "TreeEnsemble": 2,
  ]

  @Test("each is read and written as the same message")
  func roundTrip() throws {
    let (folder, models) = try SuiteModel.all.get()
    #expect(models.count == 1884)
    let copy = folder.file("copy.onnx")
    for (number, model) in models.enumerated() {
      let path = folder.file("\(number).onnx")
      try ONNXModel(path: path).write(to: copy)
      let original = try Onnx_ModelProto(serializedBytes: Data(contentsOf: URL(filePath: path)))
      let written = try Onnx_ModelProto(serializedBytes: Data(contentsOf: URL(filePath: copy)))
      // As bytes, since some hold what is not a number, which does not equal itself.
      let bytes: [Data] = [try original.serializedData(), try written.serializedData()]
      #expect(bytes[0] == bytes[1], "\(model.name)")
    }
  }

  @Test("without stored shapes, all outputs have the suite's shapes and types")
  func types() throws {
    let (folder, models) = try SuiteModel.all.get()
    var refused: [String: Int] = [:]
    for (number, model) in models.enumerated() {
      let graph: ResolvedGraph
      do {
        graph = try ResolvedGraph(try ONNXModel(path: folder.file("\(number)_bare.onnx")))
      } catch ONNXError.node(_, let name, _) {
        refused[name, default: 0] += 1
        continue
      } catch ONNXError.model(let reason) where reason.contains("is not a tensor") {
        refused["inputs", default: 0] += 1
        continue
      }
      for (name, expected) in model.outputs {
        let type = try #require(expected, "\(model.name): \(name) is no tensor")
        let found = try #require(graph.types[name])
        #expect(found.shape == type.shape, "\(model.name): \(name)")
        #expect(found.elementType.rawValue == type.element, "\(model.name): \(name)")
      }
    }
    #expect(refused == Self.refused)
  }
}
