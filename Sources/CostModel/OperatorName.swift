import NetworkModel
import ONNXFormat
import ONNXSchema

/// What platforms may call operators, lower case, beside the names of ONNX.
private let platformNames: Set<String> = [
  "*", "pool", "maxpool", "averagepool", "avgpool", "fc", "gemm", "matmul", "dense", "bn", "deconv",
]

/// Whether some layer can be called by a name in a pattern.
package func isKnownPlatformOperator(_ name: String) -> Bool {
  platformNames.contains(name) || lowercasedOperators.contains(name)
}

private let lowercasedOperators = Set(knownOperators.map { $0.lowercased() })

extension Layer {
  /// What platforms call the layer's operator.
  package var platformOperator: String {
    switch node.opType {
    case "MaxPool": "pool"
    case "Gemm", "MatMul": "fc"
    case "BatchNormalization": "bn"
    case "ConvTranspose": "deconv"
    default: node.opType.lowercased()
    }
  }

  /// Whether the layer computes nothing, so that every element can do it.
  package var onlyRearranges: Bool {
    switch kind {
    case .movement, .placement: true
    default: false
    }
  }
}
