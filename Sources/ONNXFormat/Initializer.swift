import Foundation
package import ONNXSchema

/// A constant of a model as its file has it: the description, and the values where they lie.
package struct Initializer: Sendable {
  /// The message without the values that ``payload`` stands for.
  package var header: Onnx_TensorProto
  /// The values that are not in the header: a tensor, and the field of the message it is written as.
  var payload: (tensor: Tensor, field: Int)?

  /// The name of the value in the graph.
  package var name: String { header.name }

  /// An initializer that is written with the values of a tensor.
  package init(name: String, tensor: Tensor) {
    header = Onnx_TensorProto()
    header.name = name
    header.dims = tensor.type.shape.map { Int64($0) }
    header.dataType = Int32(tensor.type.elementType.rawValue)
    payload = (tensor, StrippedModel.FieldNumber.tensorRawData)
  }

  /// An initializer of which only the type is written.
  package init(name: String, absent type: TensorType) {
    header = Onnx_TensorProto()
    header.name = name
    header.dims = type.shape.map { Int64($0) }
    header.dataType = Int32(type.elementType.rawValue)
  }

  /// An initializer as its message describes it.
  package init(header: Onnx_TensorProto) { self.header = header }

  /// The tensor that the initializer describes.
  ///
  /// - Parameter directory: The folder of the model, where external data is looked for.
  /// - Throws: ``ONNXError/tensor(name:reason:)`` where description and data do not fit.
  package func tensor(directory: String) throws -> Tensor {
    if let payload { return payload.tensor }
    if header.dataLocation == .external {
      return try Tensor(external: header, directory: directory)
    }
    return try Tensor(inline: header, named: header.name)
  }
}
