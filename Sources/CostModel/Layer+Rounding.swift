import NetworkModel
import ONNXFormat
import PlatformModel

extension Layer {
  /// The operations that hardware with rounding takes for a part of a convolution; the exact ones for
  /// every other layer.
  ///
  /// - Returns: 128 bits, as padded counts may pass 64; the most there are where they pass these, too.
  func operations(of part: LayerPart, _ rounding: Rounding.Operations?) -> UInt128 {
    guard let rounding, case .convolution(let convolution) = kind else {
      return UInt128(max(0, work(of: part).operations))
    }
    let groups = groups(channels: part.channels)
    let outputs = groups * roundUp(part.channels.count / groups, to: rounding.outputMultiple)
    let inputs = roundUp(
      part.inputs?.count ?? convolution.inputsPerGroup, to: rounding.inputMultiple)
    let window = convolution.depth / convolution.inputsPerGroup
    let positions = outputType(of: part).count / max(1, part.channels.count)
    let strides = rounding.computesSkippedOutputs ? (try? node.ints("strides")) ?? [] : []
    return ([2, positions, outputs, inputs, window] + strides.map { Int($0) })
      .reduce(UInt128(1)) { product, factor in
        let (longer, overflow) = product.multipliedReportingOverflow(by: UInt128(max(0, factor)))
        return overflow ? .max : longer
      }
  }

  /// The words of a convolution's weights in a padded layout; nil for every other layer.
  func words(of part: LayerPart, _ layout: Rounding.Weights) -> Int? {
    guard case .convolution(let convolution) = kind else { return nil }
    return layout.words(
      inputs: part.inputs?.count ?? convolution.inputsPerGroup, outputs: part.channels.count,
      window: convolution.depth / convolution.inputsPerGroup)
  }
}
