import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXSchema
import Preparation
import SwiftProtobuf

extension FuzzReader {
  /// Opens a network as every command does, sees it in all views, and writes it again.
  static let onnx = FuzzReader(
    name: "onnx", ending: "onnx",
    // A graph, in it a node, its attribute, the attribute's graph, and so on.
    grammar: .protobuf(words: Words.onnx, nest: [7, 1, 5, 6]),
    seeds: Seeds.networks, declaredSize: declaredTensorBytes
  ) { path in
    let source = try NetworkSource(path)
    let graphs = try [ImportOptions.layers, .blocks].map { try source.blocks($0) }
    return {
      for graph in graphs {
        _ = graph.work
        _ = try? NeuronGraph(graph)
        // What is read may still be impossible to write, as weights in a file that is not there.
        try? ONNXModel(exporting: graph).write(to: "\(path).copy")
      }
    }
  }

  /// The bytes of all tensors whose dimensions a model states, initialisers and typed values, but at
  /// most 16 MB: small files can name any size, and what they name is no reason to allocate it.
  private static func declaredTensorBytes(_ bytes: [UInt8]) -> Int {
    let limit = 16 << 20
    guard let model = try? Onnx_ModelProto(serializedBytes: bytes, partial: true) else { return 0 }
    func size(_ dimensions: [Int64], _ type: Int32) -> Int {
      let width = ElementType(rawValue: Int(type))?.bits ?? 32
      let count = dimensions.reduce(1.0) { $0 * Double(max(0, $1)) }
      return Int(min(Double(limit), count * Double(width) / 8))
    }
    let graph = model.graph
    let values = (graph.input + graph.output + graph.valueInfo).map { info in
      size(info.type.tensorType.shape.dim.map(\.dimValue), info.type.tensorType.elemType)
    }
    let constants = graph.initializer.map { size($0.dims, $0.dataType) }
    return min(limit, (values + constants).reduce(0) { min(limit, $0 + $1) })
  }
}
