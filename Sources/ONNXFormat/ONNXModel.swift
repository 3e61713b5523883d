import Diagnostics
import Files
import Foundation
package import ONNXSchema
import SwiftProtobuf

/// An ONNX model: everything its file says, with the weights left in the file.
package struct ONNXModel: Sendable {
  /// The whole message except the initializers of the main graph.
  package var proto: Onnx_ModelProto
  /// The initializers of the main graph, in the order of the file.
  package var initializers: [Initializer]
  /// Where the model came from, for messages; empty for one made in memory.
  package var path: String

  /// The names of nodes that were cut off.
  package var namesCutOff: Set<String> = []

  /// A model in memory; the path is that of the file that it came from.
  package init(proto: Onnx_ModelProto, initializers: [Initializer] = [], path: String = "") {
    self.proto = proto
    self.initializers = initializers
    self.path = path
  }

  /// The folder that external data is relative to.
  package var directory: String { path.folderOfPath }

  /// The version of an operator set that the model is written in; 1 where it names none.
  package func opset(of domain: String) -> Int {
    let standard = domain.isEmpty || domain == "ai.onnx"
    let found = proto.opsetImport.first {
      $0.domain == domain || (standard && ($0.domain.isEmpty || $0.domain == "ai.onnx"))
    }
    return found.map { Int($0.version) } ?? 1
  }
}

extension ONNXModel {
  /// Opens a model file: maps it and parses all but the large weights.
  ///
  /// - Throws: ``ONNXError`` naming the file and, for damaged bytes, the place.
  /// - Complexity: O(bytes without the weights).
  package init(path: String) throws {
    if let kind = FileKind(folder: path) { throw ONNXError.file(path: path, reason: kind.advice) }
    let file = try MappedFile(path: path)
    if let kind = file.withBytes({ FileKind($0) }) {
      throw ONNXError.file(path: path, reason: kind.advice)
    }
    do {
      try self.init(file)
    } catch ONNXError.malformed(let path, let offset, let reason) {
      let kind = file.withBytes { FileKind(message: $0) }
      throw kind.map { ONNXError.file(path: path, reason: $0.advice) }
        ?? ONNXError.malformed(path: path, offset: offset, reason: reason)
    }
  }

  /// Parses all but the large weights of a mapped file.
  private init(_ file: MappedFile) throws {
    let path = file.path
    let stripped: StrippedModel
    do {
      stripped = try file.withBytes { bytes throws(WireReader.Failure) in
        try StrippedModel(bytes)
      }
    } catch {
      throw ONNXError.malformed(path: path, offset: error.offset, reason: error.reason)
    }
    var proto: Onnx_ModelProto
    do {
      proto = try Onnx_ModelProto(serializedBytes: stripped.bytes)
    } catch {
      throw ONNXError.malformed(
        path: path, offset: 0, reason: "its fields are not those of the ONNX schema")
    }
    guard proto.hasGraph else {
      throw ONNXError.malformed(path: path, offset: 0, reason: "there is no graph in it")
    }
    let headers = proto.graph.initializer
    proto.graph.initializer = []
    guard headers.count == stripped.payloads.count else {
      throw ONNXError.malformed(path: path, offset: 0, reason: "its initialisers are damaged")
    }
    initializers = try zip(headers, stripped.payloads).map { header, payload in
      var initializer = Initializer(header: header)
      if let payload {
        let tensor = try Tensor(header: header, file: file, payload: payload)
        initializer.payload = (tensor, payload.field)
      }
      return initializer
    }
    self.proto = proto
    self.path = path
  }
}
