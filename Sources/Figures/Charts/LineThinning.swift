/// The points of a line that its picture depends on.
package enum LineThinning {
  /// The indices of the first, lowest, highest and last point of each column of pixels.
  ///
  /// Source: Jugel et al. 2014, "M4: a visualization-oriented time series data aggregation",
  /// DOI 10.14778/2732951.2732953: the line through these points covers the pixels that the whole
  /// line covers. Lines that are not long are kept whole.
  ///
  /// - Precondition: the horizontal positions ascend; where they do not, every point is kept.
  /// - Complexity: O(*n*).
  package static func kept(_ positions: [(x: Double, y: Double)], width: Double) -> [Int] {
    guard positions.count > Int(4 * width) else { return Array(positions.indices) }
    var kept: [Int] = []
    var start = 0
    for index in 1...positions.count {
      if index < positions.count {
        if positions[index].x < positions[index - 1].x { return Array(positions.indices) }
        if positions[index].x.rounded(.down) == positions[start].x.rounded(.down) { continue }
      }
      kept += extremes(positions, start..<index)
      start = index
    }
    return kept
  }

  private static func extremes(
    _ positions: [(x: Double, y: Double)], _ range: Range<Int>
  ) -> [Int] {
    var (lowest, highest) = (range.lowerBound, range.lowerBound)
    for index in range {
      if positions[index].y < positions[lowest].y { lowest = index }
      if positions[index].y > positions[highest].y { highest = index }
    }
    let all = [range.lowerBound, min(lowest, highest), max(lowest, highest), range.upperBound - 1]
    return all.enumerated().filter { $0 == 0 || all[$0 - 1] != $1 }.map(\.element)
  }
}
