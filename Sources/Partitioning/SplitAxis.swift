/// What the parts of a split are ranges of.
package enum SplitAxis: String, Hashable, Sendable, CaseIterable {
  /// Kernels, or outputs of a dense layer: each part reads what its kernels need.
  case kernels
  /// Lines of the output: each part reads the lines that its windows see, so that parts overlap in
  /// what they read.
  case lines
  /// Inputs of the sums: each part gives partial sums, which a block adds up.
  case inputs
}
