extension MappingSchedule {
  /// The beginning of the record: what lies behind the first firings counts as omitted.
  package func prefix(firings count: Int) -> MappingSchedule {
    guard count < firings.count else { return self }
    var beginning = self
    beginning.firings = Array(firings.prefix(count))
    let end = beginning.firings.map(\.segments.upperBound).max() ?? 0
    beginning.segments = Array(segments.prefix(end))
    beginning.omitted += firings.count - count
    return beginning
  }
}
