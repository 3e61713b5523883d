import NetworkModel
import ONNXFormat
import PlatformModel

extension Layer {
  /// The operations that hardware with rounding takes for a part of a convolution; the exact ones for
  /// every other layer.
  ///
  /// - Returns: A floating-point number, as padded counts may pass the range of integers.
  func operations(of part: LayerPart, _ rounding: Rounding.Operations?) -> Double {
    guard let rounding, case .convolution(let convolution) = kind else {
      return Double(work(of: part).operations)
    }
    let groups = groups(channels: part.channels)
    let outputs = groups * roundUp(part.channels.count / groups, to: rounding.outputMultiple)
    let inputs = roundUp(
      part.inputs?.count ?? convolution.inputsPerGroup, to: rounding.inputMultiple)
    let window = convolution.depth / convolution.inputsPerGroup
    var positions = Double(outputType(of: part).count / max(1, part.channels.count))
    if rounding.computesSkippedOutputs {
      for stride in (try? node.ints("strides")) ?? [] { positions *= Double(stride) }
    }
    return 2 * positions * Double(outputs) * Double(inputs) * Double(window)
  }

  /// The words of a convolution's weights in a padded layout; nil for every other layer.
  func words(of part: LayerPart, _ layout: Rounding.Weights) -> Int? {
    guard case .convolution(let convolution) = kind else { return nil }
    return layout.words(
      inputs: part.inputs?.count ?? convolution.inputsPerGroup, outputs: part.channels.count,
      window: convolution.depth / convolution.inputsPerGroup)
  }
}
