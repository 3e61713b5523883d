import Foundation
import ONNXFormat
import TestSupport

/// A model of the onnx package's own test suite.
struct SuiteModel: Decodable {
  /// A type as the suite's data have it: the element type's number and the shape.
  struct ValueType: Decodable, Equatable {
    var element: Int
    var shape: [Int]

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      element = try list.decode(Int.self)
      shape = try list.decode([Int].self)
    }
  }

  var name: String
  var operators: [String]
  var inputs: [String: ValueType?]
  var outputs: [String: ValueType?]

  /// All models, written into a folder once for all tests.
  static let all = Result { () throws -> (folder: TemporaryFolder, models: [SuiteModel]) in
    let folder = try TemporaryFolder()
    _ = try PythonTool("suite_models.py").succeed([folder.path])
    let manifest = try Data(contentsOf: URL(fileURLWithPath: folder.file("manifest.json")))
    return (folder, try JSONDecoder().decode([SuiteModel].self, from: manifest))
  }
}
