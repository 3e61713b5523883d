import Files
import Foundation
import ONNXSchema
import SwiftProtobuf

extension ONNXModel {
  /// Protobuf messages end at two gibibytes.
  private static let largestMessage: Int = 1 << 31

  /// Writes the model; the weights stream from where they lie into the file.
  ///
  /// - Throws: ``ONNXError`` where values are absent, ``FileError`` where the message would pass two gibibytes
  ///   or the file cannot be written.
  package func write(to path: String) throws {
    var rest = proto
    var graph = rest.graph
    rest.clearGraph()
    graph.initializer = []
    let modelBytes: [UInt8] = try rest.serializedBytes()
    let graphBytes: [UInt8] = try graph.serializedBytes()
    let entries = try initializers.map { try InitializerEntry($0) }
    let graphLength = entries.reduce(graphBytes.count) { $0 + $1.length }
    guard graphLength < Self.largestMessage else {
      throw FileError.unwritable(
        path: path, reason: "the model would have \(graphLength) bytes; ONNX files end at 2 GiB")
    }
    try ByteSink.write(to: path) { file in
      try file.append(modelBytes)
      try file.append(wireHeader(field: StrippedModel.FieldNumber.modelGraph, length: graphLength))
      try file.append(graphBytes)
      for entry in entries { try entry.write(to: file) }
    }
  }
}

/// The bytes of one initializer inside the graph message.
private struct InitializerEntry {
  private var head: [UInt8]
  private var payload: Tensor?
  /// The number of bytes of the whole entry.
  let length: Int

  init(_ initializer: Initializer) throws {
    let header: [UInt8] = try initializer.header.serializedBytes()
    var inner = header
    payload = initializer.payload?.tensor
    var dataLength = 0
    if let (tensor, field) = initializer.payload {
      dataLength = tensor.type.bytes
      inner += wireHeader(field: field, length: dataLength)
    }
    head = wireHeader(
      field: StrippedModel.FieldNumber.graphInitializer, length: inner.count + dataLength)
    head += inner
    length = head.count + dataLength
  }

  func write(to file: ByteSink) throws {
    try file.append(head)
    try payload?.forEachPiece { try file.append($0) }
  }
}
