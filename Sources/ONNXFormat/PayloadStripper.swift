/// The part of an initializer's data that stays in the file: the field of `TensorProto` it belongs
/// to and where its bytes are.
struct Payload: Sendable {
  var field: Int
  var range: Range<Int>
}

/// A model message without the large values of its initializers.
///
/// Parsing a whole model copies all of its weights; here the message is walked once, the values are
/// left where they are, and only the rest, which is small, is parsed.
struct StrippedModel {
  /// The model message with the payloads left out, unknown fields kept.
  private(set) var bytes: [UInt8] = []
  /// The payload of each initializer of the main graph, in their order; nil where it was kept inline.
  private(set) var payloads: [Payload?] = []

  /// Field numbers of the ONNX schema.
  enum FieldNumber {
    static let modelGraph = 7
    static let graphInitializer = 5
    static let tensorFloatData = 4
    static let tensorRawData = 9
    static let tensorDoubleData = 10
  }

  /// Values of fewer bytes are parsed with the rest.
  private static let smallestPayload = 256

  init(_ source: UnsafeRawBufferPointer) throws(WireReader.Failure) {
    var reader = WireReader(source, 0..<source.count)
    while let field = try reader.next() {
      if field.number == FieldNumber.modelGraph, case .bytes(let range) = field.value {
        let graph = try stripGraph(source, range)
        bytes += wireHeader(field: field.number, length: graph.count)
        bytes += graph
      } else {
        bytes += source[field.whole]
      }
    }
  }

  private mutating func stripGraph(
    _ source: UnsafeRawBufferPointer, _ range: Range<Int>
  ) throws(WireReader.Failure) -> [UInt8] {
    var result: [UInt8] = []
    var reader = WireReader(source, range)
    while let field = try reader.next() {
      if field.number == FieldNumber.graphInitializer, case .bytes(let range) = field.value {
        let (tensor, payload) = try stripTensor(source, range)
        result += wireHeader(field: field.number, length: tensor.count)
        result += tensor
        payloads.append(payload)
      } else {
        result += source[field.whole]
      }
    }
    return result
  }

  private func stripTensor(
    _ source: UnsafeRawBufferPointer, _ range: Range<Int>
  ) throws(WireReader.Failure) -> ([UInt8], Payload?) {
    var kept: [UInt8] = []
    var payload: Payload?
    var reader = WireReader(source, range)
    while let field = try reader.next() {
      if payload == nil, let found = Self.payload(field) {
        payload = found
      } else {
        kept += source[field.whole]
      }
    }
    return (kept, payload)
  }

  /// The payload that a field of a tensor is, if it is one; packed floats and doubles lie in the
  /// file exactly as in `raw_data`.
  private static func payload(_ field: WireReader.Field) -> Payload? {
    guard case .bytes(let range) = field.value, range.count >= smallestPayload else { return nil }
    switch field.number {
    case FieldNumber.tensorRawData, FieldNumber.tensorFloatData, FieldNumber.tensorDoubleData:
      return Payload(field: field.number, range: range)
    default: return nil
    }
  }
}
