/// What is simplified when a network becomes a graph of blocks.
package struct ImportOptions: Hashable, Sendable {
  /// Removes operators that only change how their input is seen: Reshape, Flatten, Squeeze,
  /// Unsqueeze, Identity, and Dropout at inference.
  package var removesViews: Bool
  /// Folds a BatchNormalization, a bias and a per-channel factor behind a convolution into its weights.
  package var foldsAffine: Bool

  /// Options of an import.
  package init(removesViews: Bool, foldsAffine: Bool) {
    self.removesViews = removesViews
    self.foldsAffine = foldsAffine
  }

  /// The block view: everything folded.
  package static let blocks = ImportOptions(removesViews: true, foldsAffine: true)
  /// The layer view: one node per operator.
  package static let layers = ImportOptions(removesViews: false, foldsAffine: false)
}
