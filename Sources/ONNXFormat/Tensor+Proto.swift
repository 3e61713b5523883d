import Files
import Foundation
package import ONNXSchema

extension TensorType {
  /// The type that a tensor message declares.
  ///
  /// - Throws: ``ONNXError/tensor(name:reason:)`` for an unknown element type or absurd dimensions.
  package init(of proto: Onnx_TensorProto, named name: String) throws {
    guard let element = ElementType(rawValue: Int(proto.dataType)) else {
      throw ONNXError.tensor(name: name, reason: "element type \(proto.dataType) does not exist")
    }
    let shape = proto.dims.map { Int($0) }
    guard checkedElementCount(shape) != nil else {
      throw ONNXError.tensor(
        name: name, reason: "dimensions \(describe(shape: shape)) are not a possible size")
    }
    self.init(element, shape)
  }
}

extension Tensor {
  /// Reads a tensor message whose values are inside it.
  ///
  /// - Throws: ``ONNXError/tensor(name:reason:)`` where the number of values is not the one that
  ///   the dimensions ask for.
  package init(inline proto: Onnx_TensorProto, named name: String) throws {
    let type = try TensorType(of: proto, named: name)
    let bytes = try Self.inlineBytes(proto, type, name)
    let given = bytes?.count ?? proto.stringData.count
    if given == 0, type.count > 0 {
      self.init(name: name, type: type, storage: .absent("the file has none for it"))
      return
    }
    guard given == type.bytes else {
      throw ONNXError.tensor(
        name: name,
        reason: "\(describe(shape: type.shape)) \(type.elementType) needs \(type.bytes) bytes of "
          + "values, found \(given)")
    }
    let storage: Storage = bytes.map { .bytes($0) } ?? .absent("texts are not read")
    self.init(name: name, type: type, storage: storage)
  }

  /// The values of a message as little-endian bytes; nil for texts.
  private static func inlineBytes(
    _ proto: Onnx_TensorProto, _ type: TensorType, _ name: String
  ) throws -> [UInt8]? {
    if proto.hasRawData { return Array(proto.rawData) }
    func bytes<T>(_ values: [T]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }
    switch type.elementType {
    case .float, .complex64: return bytes(proto.floatData)
    case .double, .complex128: return bytes(proto.doubleData)
    case .int64: return bytes(proto.int64Data)
    case .uint64: return bytes(proto.uint64Data)
    case .uint32: return bytes(proto.uint64Data.map { UInt32(truncatingIfNeeded: $0) })
    case .int32: return bytes(proto.int32Data)
    case .int16, .uint16, .float16, .bfloat16:
      return bytes(proto.int32Data.map { UInt16(truncatingIfNeeded: $0) })
    case .string: return nil
    default: return proto.int32Data.map { UInt8(truncatingIfNeeded: $0) }
    }
  }

  /// Refers to the region of the model's own file where a payload lies.
  init(
    header: Onnx_TensorProto, file: MappedFile, payload: Payload
  ) throws {
    let type = try TensorType(of: header, named: header.name)
    let stored: [ElementType]
    switch payload.field {
    case StrippedModel.FieldNumber.tensorFloatData: stored = [.float, .complex64]
    case StrippedModel.FieldNumber.tensorDoubleData: stored = [.double, .complex128]
    default: stored = [type.elementType]
    }
    guard stored.contains(type.elementType), payload.range.count == type.bytes else {
      throw ONNXError.tensor(
        name: header.name,
        reason: "\(describe(shape: type.shape)) \(type.elementType) needs \(type.bytes) bytes of "
          + "values, found \(payload.range.count)")
    }
    self.init(name: header.name, type: type, storage: .mapped(file, payload.range))
  }

  /// Refers to the region of an external file that a message names; a file that is not there makes
  /// a tensor without values.
  ///
  /// - Throws: ``ONNXError/tensor(name:reason:)`` where the location leaves the model's folder or
  ///   the region does not fit.
  init(external proto: Onnx_TensorProto, directory: String) throws {
    let name = proto.name
    let type = try TensorType(of: proto, named: name)
    var entries: [String: String] = [:]
    for entry in proto.externalData { entries[entry.key] = entry.value }
    guard let location = entries["location"], !location.isEmpty else {
      throw ONNXError.tensor(name: name, reason: "external data without a location")
    }
    guard !location.hasPrefix("/"), !location.split(separator: "/").contains("..") else {
      throw ONNXError.tensor(
        name: name, reason: "external data at \"\(location)\", outside the model's folder")
    }
    let path = directory.isEmpty ? location : directory + "/" + location
    guard FileManager.default.fileExists(atPath: path) else {
      self.init(name: name, type: type, storage: .absent("the file \(path) is not there"))
      return
    }
    let file = try MappedFile(path: path)
    let offset = try Self.number(entries["offset"], 0, "offset", name)
    let length = try Self.number(entries["length"], max(file.count - offset, 0), "length", name)
    guard offset >= 0, length >= type.bytes, offset <= file.count,
      type.bytes <= file.count - offset
    else {
      throw ONNXError.tensor(
        name: name,
        reason: "\(type.bytes) bytes of values at byte \(offset) of \(path), which has "
          + "\(file.count) bytes and \(length) for it")
    }
    self.init(name: name, type: type, storage: .mapped(file, offset..<(offset + type.bytes)))
  }

  private static func number(
    _ text: String?, _ value: Int, _ key: String, _ name: String
  ) throws -> Int {
    guard let text else { return value }
    guard let number = Int(text), number >= 0 else {
      throw ONNXError.tensor(name: name, reason: "external data with \(key) \"\(text)\"")
    }
    return number
  }
}
