import Foundation

/// A model of the onnx package's own test suite.
package struct SuiteModel: Decodable {
  /// A type as the suite's data have it: the element type's number and the shape.
  package struct ValueType: Decodable, Equatable {
    package var element: Int
    package var shape: [Int]

    package init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      element = try list.decode(Int.self)
      shape = try list.decode([Int].self)
    }
  }

  package var name: String
  package var operators: [String]
  package var inputs: [String: ValueType?]
  package var outputs: [String: ValueType?]

  /// All models, written into a folder once for all tests.
  package static let all = Result { () throws -> (folder: TemporaryFolder, models: [SuiteModel]) in
    let folder = try TemporaryFolder()
    _ = try PythonTool("suite_models.py").succeed([folder.path])
    let manifest = try Data(contentsOf: URL(fileURLWithPath: folder.file("manifest.json")))
    return (folder, try JSONDecoder().decode([SuiteModel].self, from: manifest))
  }
}
