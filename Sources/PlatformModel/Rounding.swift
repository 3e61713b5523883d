/// How an accelerator rounds up what convolutions compute and store.
///
/// Every rule is off unless the platform states it.
package struct Rounding: Hashable, Sendable {
  /// The rules for operations, nil for none.
  package let operations: Operations?
  /// The layout of weights in memory, nil for the values alone.
  package let weights: Weights?

  /// How a type rounds; nil for not at all.
  package init(operations: Operations? = nil, weights: Weights? = nil) {
    self.operations = operations
    self.weights = weights
  }

  /// How many operations a convolution takes on the hardware.
  package struct Operations: Hashable, Sendable {
    /// Input channels count up to a multiple of this.
    package let inputMultiple: Int
    /// Output channels count up to a multiple of this.
    package let outputMultiple: Int
    /// Whether outputs between those that a stride keeps are computed too.
    package let computesSkippedOutputs: Bool

    /// A rounding with its sizes.
    package init(
      inputMultiple: Int = 1, outputMultiple: Int = 1, computesSkippedOutputs: Bool = false
    ) {
      self.inputMultiple = inputMultiple
      self.outputMultiple = outputMultiple
      self.computesSkippedOutputs = computesSkippedOutputs
    }
  }

  /// How the weights of a convolution lie in memory: kernel by kernel, each in groups of input channels
  /// with padding behind every group. Biases lie in the padding and take no place of their own.
  package struct Weights: Hashable, Sendable {
    /// Input channels count up to a multiple of this.
    package let inputMultiple: Int
    /// Output channels count up to a multiple of this.
    package let outputMultiple: Int
    /// The input channels of a group.
    package let groupChannels: Int
    /// The words of a group count up to a multiple of this.
    package let groupWords: Int

    /// A rounding with its sizes.
    package init(
      inputMultiple: Int = 1, outputMultiple: Int = 1, groupChannels: Int = 1, groupWords: Int = 1
    ) {
      self.inputMultiple = inputMultiple
      self.outputMultiple = outputMultiple
      self.groupChannels = groupChannels
      self.groupWords = groupWords
    }

    /// The words that the weights of a convolution take.
    ///
    /// - Parameters:
    ///   - inputs: Input channels of each kernel.
    ///   - outputs: Kernels.
    ///   - window: Weights of one kernel for one input channel.
    package func words(inputs: Int, outputs: Int, window: Int) -> Int {
      let groups = roundUp(roundUp(inputs, to: inputMultiple), to: groupChannels) / groupChannels
      return roundUp(outputs, to: outputMultiple) * groups
        * roundUp(groupChannels * window, to: groupWords)
    }
  }
}

/// The smallest multiple that is not below a value.
package func roundUp(_ value: Int, to multiple: Int) -> Int {
  (value + multiple - 1) / multiple * multiple
}
