import ONNXSchema

extension Onnx_ValueInfoProto {
  /// The declaration of a tensor value with fixed dimensions.
  package init(name: String, type: TensorType) {
    var tensor = Onnx_TypeProto.Tensor()
    tensor.elemType = Int32(type.elementType.rawValue)
    tensor.shape = Onnx_TensorShapeProto()
    tensor.shape.dim = type.shape.map { dimension in
      var proto = Onnx_TensorShapeProto.Dimension()
      proto.value = .dimValue(Int64(dimension))
      return proto
    }
    self.init()
    self.name = name
    self.type.value = .tensorType(tensor)
  }
}
