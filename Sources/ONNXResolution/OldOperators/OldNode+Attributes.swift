import ONNXFormat
import ONNXSchema

extension OldNode {
  /// Versions 1 and 6, BatchNormalization and Dropout: `is_test` says that the network is used, not trained;
  /// where it is left out, a node of one output is one that is used.
  mutating func rewriteTraining() throws {
    let isTest =
      try node.int("is_test").map { $0 != 0 } ?? (node.output.dropFirst().allSatisfy(\.isEmpty))
    guard isTest else {
      throw node.error(
        "it is written for training (is_test is 0 before version 7); write the network for inference"
      )
    }
    removeAttribute("is_test")
    // Its other outputs are those of training.
    if node.opType == "BatchNormalization" { node.output = Array(node.output.prefix(1)) }
  }

  /// Version 1, Cast: the type is a text.
  mutating func rewriteElementType() throws {
    guard let attribute = node.attributeIfPresent("to"),
      attribute.type == .string || !attribute.s.isEmpty
    else { return }
    let name = String(decoding: attribute.s, as: UTF8.self)
    guard let code = elementTypeCodes[name.uppercased()] else {
      throw node.error("\"\(name)\" is no element type")
    }
    removeAttribute("to")
    node.attribute.append(ONNXAttribute(name: "to", int: code))
  }

  /// Version 1, Tile: one axis is repeated.
  mutating func rewriteTiles() throws {
    guard let tiles = try wholeNumber(1), let axis = try wholeNumber(2) else {
      throw node.error("before version 6 it needs the number of tiles and the axis as constants")
    }
    let rank = try call.type(0).shape.count
    var repeats = [Int](repeating: 1, count: rank)
    repeats[try call.axis(axis, rank: rank)] = tiles
    let name = addConstant("\(node.output.first ?? node.label)_repeats", repeats)
    node.input = [node.input[0], name]
  }

  /// A constant number, in whichever type.
  private func wholeNumber(_ operand: Int) throws -> Int? {
    guard let constant = call.constant(operand), constant.type.count == 1 else { return nil }
    if constant.type.elementType.isInteger { return Int(try constant.integerValues()[0]) }
    return Int(exactly: try constant.floatValues()[0])
  }

  /// Version 1, Reshape: the shape is an attribute.
  mutating func rewriteShape() throws {
    guard let shape = try node.ints("shape"), node.input.count == 1 else { return }
    removeAttribute("shape")
    node.input.append(addConstant("\(node.output.first ?? node.label)_shape", shape))
  }

  /// Version 1, Split: there is no default axis, and an input may say the sizes, in the type of the data.
  mutating func rewriteParts() throws {
    guard node.attributeIfPresent("axis") != nil else {
      throw node.error("before version 2 it needs the attribute axis")
    }
    guard call.has(1) else { return }
    let numbers = try call.constant(1)?.doubleValues().compactMap { Int(exactly: $0) }
    guard let numbers, numbers.count == call.types[1].count else {
      throw node.error("its input \(node.input[1]) must be constant whole numbers")
    }
    removeAttribute("split")
    node.attribute.append(ONNXAttribute(name: "split", ints: numbers))
    node.input = [node.input[0]]
  }

  /// Version 1, LpPool and GlobalLpPool: the exponent is a number with a fraction.
  mutating func rewriteExponent() throws {
    guard node.attributeIfPresent("p") != nil else { return }
    let exponent = try node.float("p", default: 2)
    guard let whole = Int(exactly: exponent) else {
      throw node.error("its exponent \(exponent) has a fraction, which version 2 does not know")
    }
    removeAttribute("p")
    node.attribute.append(ONNXAttribute(name: "p", int: whole))
  }

  /// Version 1, Upsample: two factors for the sides of an image, and another name of what lies between.
  mutating func rewriteScales() throws {
    if try node.string("mode", default: "nearest") == "bilinear" {
      removeAttribute("mode")
      node.attribute.append(ONNXAttribute(name: "mode", string: "linear"))
    }
    guard node.attributeIfPresent("scales") == nil else { return }
    guard node.attributeIfPresent("height_scale") != nil,
      node.attributeIfPresent("width_scale") != nil, try call.type(0).shape.count == 4
    else { throw node.error("before version 7 it needs height_scale and width_scale") }
    var scales = ONNXAttribute()
    scales.name = "scales"
    scales.type = .floats
    scales.floats = [
      1, 1, try node.float("height_scale", default: 1), try node.float("width_scale", default: 1),
    ]
    removeAttribute("height_scale")
    removeAttribute("width_scale")
    node.attribute.append(scales)
  }
}

/// The element types that version 1 writes as texts.
private let elementTypeCodes: [String: Int] = [
  "FLOAT": 1, "UINT8": 2, "INT8": 3, "UINT16": 4, "INT16": 5, "INT32": 6, "INT64": 7, "STRING": 8,
  "BOOL": 9, "FLOAT16": 10, "DOUBLE": 11, "UINT32": 12, "UINT64": 13, "COMPLEX64": 14,
  "COMPLEX128": 15,
]
