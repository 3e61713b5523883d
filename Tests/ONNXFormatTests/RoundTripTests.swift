import Foundation
import NetworkImport
import ONNXSchema
import SwiftProtobuf
import TestSupport
import Testing

@testable import ONNXFormat

@Suite("A model that is read and written is the same")
struct RoundTripTests {
  @Test("all fields of the zoo's networks, byte for byte", arguments: ModelZoo.names)
  func zoo(name: String) throws {
    let folder = try TemporaryFolder()
    let path = try ModelZoo.path(name)
    let copy = folder.file("copy.onnx")
    try ONNXModel(path: path).write(to: copy)
    let original = try Onnx_ModelProto(serializedBytes: try Data(contentsOf: URL(filePath: path)))
    let written = try Onnx_ModelProto(serializedBytes: try Data(contentsOf: URL(filePath: copy)))
    #expect(original == written)
  }

  @Test("large weights, in raw and typed fields, with unknown fields around them")
  func weights() throws {
    let folder = try TemporaryFolder()
    var tensors = [Onnx_TensorProto(), Onnx_TensorProto(), Onnx_TensorProto(), Onnx_TensorProto()]
    let floats = (0..<500).map { Float($0) / 7 }
    for index in tensors.indices {
      tensors[index].name = "w\(index)"
      tensors[index].dims = [500]
      tensors[index].dataType = Int32(ElementType.float.rawValue)
    }
    tensors[0].rawData = floats.withUnsafeBytes { Data($0) }
    tensors[1].floatData = floats
    tensors[2].dataType = Int32(ElementType.double.rawValue)
    tensors[2].doubleData = floats.map { Double($0) }
    tensors[3].dataType = Int32(ElementType.int64.rawValue)
    tensors[3].int64Data = floats.map { Int64($0) }
    var proto = Onnx_ModelProto()
    proto.graph.initializer = tensors
    proto.graph.name = "g"
    // Field 999, a varint of 5, which no schema knows, in the model, the graph and a tensor.
    let unknown: [UInt8] = [0xb8, 0x3e, 0x05]
    var bytes: [UInt8] = try proto.serializedBytes()
    bytes += unknown
    let read = try Onnx_ModelProto(serializedBytes: bytes)
    #expect(!read.unknownFields.data.isEmpty)
    let path = folder.file("weights.onnx")
    try Data(bytes).write(to: URL(filePath: path))
    let model = try ONNXModel(path: path)
    for (index, initializer) in model.initializers.enumerated() {
      let tensor = try initializer.tensor(directory: "")
      let values = try tensor.floatValues()
      let expected = index == 3 ? floats.map { $0.rounded(.towardZero) } : floats
      #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
      if index < 3 {
        guard case .mapped = tensor.storage else {
          Issue.record("the values of w\(index) were copied")
          continue
        }
      }
    }
    let copy = folder.file("copy.onnx")
    try model.write(to: copy)
    let written = try Onnx_ModelProto(serializedBytes: try Data(contentsOf: URL(filePath: copy)))
    #expect(written == read)
  }

  @Test("external data is found beside the model, and nowhere else")
  func externalData() throws {
    let folder = try TemporaryFolder()
    let floats: [Float] = (0..<100).map { Float($0) }
    try Data([1, 2, 3, 4] + floats.withUnsafeBytes { Array($0) })
      .write(to: URL(filePath: folder.file("weights.bin")))
    func tensor(_ location: String, offset: Int) throws -> Tensor {
      var proto = Onnx_TensorProto()
      proto.name = "w"
      proto.dims = [100]
      proto.dataType = Int32(ElementType.float.rawValue)
      proto.dataLocation = .external
      proto.externalData = [("location", location), ("offset", "\(offset)")].map { key, value in
        var entry = Onnx_StringStringEntryProto()
        entry.key = key
        entry.value = value
        return entry
      }
      return try Initializer(header: proto).tensor(directory: folder.path)
    }
    #expect(try tensor("weights.bin", offset: 4).floatValues() == floats)
    #expect(throws: ONNXError.self) { try tensor("weights.bin", offset: 8) }
    #expect(throws: ONNXError.self) { try tensor("../weights.bin", offset: 4) }
    #expect(throws: ONNXError.self) { try tensor("/etc/passwd", offset: 0) }
    let absent = try tensor("missing.bin", offset: 0)
    #expect(absent.type.count == 100)
    #expect(throws: ONNXError.self) { try absent.floatValues() }
  }

  @Test("slices of slices are the values an array gives")
  func slices() throws {
    let values = (0..<120).map { Float($0) }
    let tensor = Tensor(name: "t", shape: [4, 5, 6], float: values)
    let slice = tensor.sliced(axis: 1, 1..<4).sliced(axis: 1, 1..<2).sliced(axis: 0, 2..<4)
    let expected = (2..<4).flatMap { outer in (0..<6).map { values[outer * 30 + 2 * 6 + $0] } }
    #expect(try slice.floatValues() == expected)
    #expect(slice.type.shape == [2, 1, 6])
    var scaled = tensor
    scaled.storage = .scaledRows(
      tensor, by: Tensor(name: "factors", shape: [4], float: [1, 2, 3, 4]))
    let rows = try scaled.sliced(axis: 0, 1..<3).floatValues()
    #expect(rows == (30..<90).map { values[$0] * Float($0 / 30 + 1) })
  }
}
