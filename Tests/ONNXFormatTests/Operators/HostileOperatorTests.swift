import Diagnostics
import Foundation
import ONNXSchema
import Testing

@testable import ONNXFormat

/// Makes nodes that nobody would write, from a seed.
private struct NodeMaker {
  private var state: UInt64

  /// Whether all inputs are constants, which is what is folded.
  private let onlyConstants: Bool

  init(seed: UInt64, onlyConstants: Bool = false) {
    state = seed
    self.onlyConstants = onlyConstants
  }

  /// The generator of Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".
  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  private mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  private mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  private mutating func integer() -> Int {
    let extremes = [Int.min, .min + 1, -(1 << 40), 1 << 31, 1 << 32, 1 << 47, 1 << 62, .max]
    return below(4) == 0 ? pick(extremes) : below(9) - 3
  }

  private mutating func integers() -> [Int] { (0..<below(6)).map { _ in integer() } }

  /// A shape that a tensor of a file can have.
  private mutating func shape() -> [Int] {
    let shape = (0..<below(6)).map { _ in
      below(8) == 0 ? pick([0, 1 << 20, 1 << 31, 1 << 47]) : 1 + below(6)
    }
    let isPossible = checkedElementCount(shape.map { max($0, 1) }) != nil
    return isPossible ? shape : [2, 3]
  }

  private mutating func attribute(_ name: String) -> ONNXAttribute {
    switch below(6) {
    case 0: return ONNXAttribute(name: name, ints: integers())
    case 1: return ONNXAttribute(name: name, float: pick([0, -1, .nan, .infinity, 1e30]))
    case 2:
      var text = ONNXAttribute()
      text.name = name
      text.type = .string
      text.s = Data(pick(["", "SAME_UPPER", "VALID", "not_larger", "?"]).utf8)
      return text
    default:
      let isList = ["axes", "kernel_shape", "pads", "strides", "dilations", "perm", "split"]
        .contains(name)
      return isList
        ? ONNXAttribute(name: name, ints: integers()) : ONNXAttribute(name: name, int: integer())
    }
  }

  private mutating func facts() -> ValueFacts? {
    switch onlyConstants ? 1 + below(4) : below(8) {
    case 0: return nil
    case 1, 2:
      let values = integers().map { Int64($0) }
      let tensor = Tensor(name: "list", shape: [values.count], int64: values)
      return ValueFacts(type: tensor.type, constant: tensor)
    case 3:
      let values = (0..<4).map { _ in pick([Float.nan, .infinity, 0, -2, 1.5, 1e30]) }
      let tensor = Tensor(name: "numbers", shape: pick([[4], [2, 2], [1, 4, 1]]), float: values)
      return ValueFacts(type: tensor.type, constant: tensor)
    case 4:
      let type = TensorType(pick(ElementType.allCases), shape())
      return ValueFacts(type: type, constant: constant(type))
    default: return ValueFacts(type: TensorType(pick(ElementType.allCases), shape()))
    }
  }

  private mutating func constant(_ type: TensorType) -> Tensor {
    let element = [UInt8](repeating: pick([0, 1, 255]), count: max(type.elementType.bits / 8, 1))
    let storage: Tensor.Storage =
      type.elementType.bits < 8 || below(3) == 0 ? .absent("a test") : .splat(element)
    return Tensor(name: "constant", type: type, storage: storage)
  }

  private static let attributes = [
    "allowzero", "auto_pad", "axes", "axis", "blocksize", "ceil_mode", "dilations", "dtype", "end",
    "group", "k", "keep_aspect_ratio_policy", "keepdims", "kernel_shape", "noop_with_empty_axes",
    "num_outputs", "output_dtype", "output_padding", "output_shape", "pads", "perm", "scales",
    "split", "start", "starts", "ends", "stash_type", "strides", "to", "transA", "value",
    "value_ints", "value_strings",
  ]

  mutating func call(_ operatorName: String) -> OperatorCall {
    var node = ONNXNode()
    node.opType = operatorName
    let inputs = (0..<below(6)).map { _ in facts() }
    node.input = (0..<below(7)).map { "x\($0)" }
    node.output = (0..<below(4)).map { "y\($0)" }
    for name in Self.attributes where below(3) == 0 { node.attribute.append(attribute(name)) }
    return OperatorCall(node: node, inputs: inputs, opset: pick([7, 9, 10, 11, 13, 18, 21, 25]))
  }
}

@Suite("Nodes that nobody would write give an answer or a clear error")
struct HostileOperatorTests {
  @Test("types of outputs", arguments: shapeRules.keys.sorted())
  func types(operatorName: String) throws {
    var maker = NodeMaker(seed: 7)
    for _ in 0..<300 {
      let call = maker.call(operatorName)
      do {
        for type in try #require(try call.inferredTypes()) {
          #expect(checkedElementCount(type.shape) != nil)
        }
      } catch let error as ONNXError {
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test("values of outputs", arguments: HostileOperatorTests.foldedOperators)
  func values(operatorName: String) throws {
    var maker = NodeMaker(seed: 11, onlyConstants: true)
    for _ in 0..<300 {
      let call = maker.call(operatorName)
      do {
        for tensor in try call.foldedConstants() ?? [] {
          #expect(checkedElementCount(tensor.type.shape) != nil)
        }
      } catch let error as ONNXError {
        #expect(!error.description.isEmpty)
      }
    }
  }

  static let foldedOperators = [
    "Abs", "Add", "Cast", "Ceil", "Concat", "Constant", "ConstantOfShape", "Div", "Dropout",
    "Equal", "Expand", "Flatten", "Floor", "Gather", "Greater", "Identity", "Less", "Max", "Min",
    "Mul", "Neg", "Not", "Pow", "Range", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceSum",
    "Reshape", "Shape", "Size", "Slice", "Split", "Sqrt", "Squeeze", "Sub", "Tile", "Transpose",
    "Unsqueeze", "Where",
  ]

  @Test("an operator that is not known, and one of another domain")
  func unknown() throws {
    var node = ONNXNode()
    node.opType = "Mystery"
    #expect(try OperatorCall(node: node, inputs: [], opset: 13).inferredTypes() == nil)
    node.opType = "Relu"
    node.domain = "com.example"
    #expect(try OperatorCall(node: node, inputs: [], opset: 13).inferredTypes() == nil)
  }
}
