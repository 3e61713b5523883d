import NetworkImport

/// The graphs that a network can be seen as.
package enum NetworkView: String, CaseIterable, Hashable, Sendable {
  /// One node per operator.
  case layer
  /// One node per operator that is left after folding.
  case block
  /// One node per output channel of the blocks.
  case neuron

  /// How operators become blocks in this view.
  func importOptions(_ subject: SubjectInput) -> ImportOptions {
    self == .layer ? .layers : subject.importOptions
  }
}
