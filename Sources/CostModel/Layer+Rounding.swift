import NetworkModel
import ONNXFormat
import PlatformModel

extension Layer {
  /// The operations that hardware with rounding takes for a range of the kernels of a convolution; the
  /// exact ones for every other layer.
  ///
  /// - Returns: A floating-point number, as padded counts may pass the range of integers.
  func operations(channels: Range<Int>, _ rounding: Rounding.Operations?) -> Double {
    guard let rounding, case .convolution(let convolution) = kind else {
      return Double(work(channels: channels).operations)
    }
    let groups = groups(channels: channels)
    let outputs = groups * roundUp(channels.count / groups, to: rounding.outputMultiple)
    let inputs = roundUp(convolution.inputsPerGroup, to: rounding.inputMultiple)
    let window = convolution.depth / convolution.inputsPerGroup
    var positions = Double(outputType(channels: channels).count / max(1, channels.count))
    if rounding.computesSkippedOutputs {
      for stride in (try? node.ints("strides")) ?? [] { positions *= Double(stride) }
    }
    return 2 * positions * Double(outputs) * Double(inputs) * Double(window)
  }

  /// The words of a convolution's weights in a padded layout; nil for every other layer.
  func words(channels: Range<Int>, _ layout: Rounding.Weights) -> Int? {
    guard case .convolution(let convolution) = kind else { return nil }
    return layout.words(
      inputs: convolution.inputsPerGroup, outputs: channels.count,
      window: convolution.depth / convolution.inputsPerGroup)
  }
}
