/// What a firing of a block works on.
package enum Granularity: String, Hashable, Sendable, CaseIterable {
  /// The whole tensor: one phase.
  case tensor
  /// One line of the output: a phase for each.
  case line
}

/// How line mode treats the padding of windows.
package enum LinePadding: Hashable, Sendable {
  /// A line that is only padding is not waited for.
  case exact
  /// As the converter of Minakova et al. does it: the first window takes as many lines as it is high,
  /// each other as many as it steps, and the last what is left.
  case ignored
}
