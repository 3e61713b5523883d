import Foundation
import PlatformModel

/// The root of the package, found from this file.
let packageRoot = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The bytes of the shipped NEURAghe description.
func neuragheData() throws -> Data {
  try Data(contentsOf: packageRoot.appending(path: "Platforms/neuraghe-v1.json"))
}

func neuragheDocument() throws -> JSONValue {
  try JSONDecoder().decode(JSONValue.self, from: neuragheData())
}

/// The shipped description with the value at a path replaced, or removed where `value` is nil.
func neuraghe(_ path: String, _ value: JSONValue?) throws -> Data {
  var document = try neuragheDocument()
  document[JSONValue.path(path)[...]] = value
  return try JSONEncoder().encode(document)
}

/// Reads bytes as a file named `p.json`.
func read(_ data: Data) throws -> PlatformReading {
  try ALOHAPlatformFormat.read(data, file: "p.json")
}

/// The message of the error that reading gives, or nil.
func message(_ data: Data) -> String? {
  do {
    _ = try read(data)
    return nil
  } catch {
    return "\(error)"
  }
}

/// The bytes of a document.
func encoded(_ document: JSONValue) throws -> Data { try JSONEncoder().encode(document) }
