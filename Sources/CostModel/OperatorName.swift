import NetworkModel
import ONNXFormat

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
