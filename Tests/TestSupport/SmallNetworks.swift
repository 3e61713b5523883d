import NetworkImport
package import ONNXFormat
package import ONNXSchema
import RandomNumbers

/// Small networks with known numbers.
package enum SmallNetworks {
  /// Convolution 3×3 of 3×32×32 to 8×30×30, ReLU, max-pooling 2×2, dense layer to 10: the example
  /// network of the published line-based conversion.
  package static func convolutionReluPoolDense() -> ONNXModel {
    var random = SplitMix64(seed: 1)
    func weights(_ name: String, _ shape: [Int]) -> Initializer {
      let values = random.normal(count: shape.reduce(1, *), deviation: 0.1)
      return Initializer(name: name, tensor: Tensor(name: name, shape: shape, float: values))
    }
    let initializers = [weights("w1", [8, 3, 3, 3]), weights("w2", [10, 1800])]
    var proto = Onnx_ModelProto()
    proto.irVersion = 8
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 13
    proto.opsetImport = [opset]
    proto.graph.node = [
      node("Conv", "conv", ["input", "w1"], "c"), node("Relu", "relu", ["c"], "r"),
      node(
        "MaxPool", "pool", ["r"], "p",
        [
          ONNXAttribute(name: "kernel_shape", ints: [2, 2]),
          ONNXAttribute(name: "strides", ints: [2, 2]),
        ]), node("Flatten", "flatten", ["p"], "f"),
      node("Gemm", "fc", ["f", "w2"], "output", [ONNXAttribute(name: "transB", int: 1)]),
    ]
    proto.graph.input = [value("input", [1, 3, 32, 32])]
    proto.graph.output = [value("output", [1, 10])]
    return ONNXModel(proto: proto, initializers: initializers)
  }

  private static func node(
    _ type: String, _ name: String, _ inputs: [String], _ output: String,
    _ attributes: [ONNXAttribute] = []
  ) -> ONNXNode {
    var node = ONNXNode()
    node.opType = type
    node.name = name
    node.input = inputs
    node.output = [output]
    node.attribute = attributes
    return node
  }

  /// The declaration of a float value.
  package static func value(_ name: String, _ shape: [Int]) -> Onnx_ValueInfoProto {
    var info = Onnx_ValueInfoProto()
    info.name = name
    info.type.tensorType.elemType = Int32(ElementType.float.rawValue)
    info.type.tensorType.shape.dim = shape.map { size in
      var dimension = Onnx_TensorShapeProto.Dimension()
      dimension.dimValue = Int64(size)
      return dimension
    }
    return info
  }
}
