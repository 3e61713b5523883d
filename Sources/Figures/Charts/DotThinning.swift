/// The dots of a cloud that can be told apart: the first one of each cell of a grid.
struct DotThinning {
  /// The indices of the kept dots, ascending.
  let kept: [Int]
  /// The side of a cell, in pixels.
  let cell: Double

  /// Keeps at most `limit` dots; the cells grow from three pixels, less than a dot, until that suffices.
  ///
  /// - Complexity: O(*n* log *w*) for *n* positions in a plot of *w* pixels.
  init(_ positions: [(x: Double, y: Double)], in plot: Box, limit: Int) {
    var cell = 3.0
    var kept = Self.firsts(positions, plot, cell)
    while kept.count > max(1, limit) && cell < max(plot.width, plot.height) {
      cell += 1
      kept = Self.firsts(kept.map { positions[$0] }, plot, cell).map { [kept] in kept[$0] }
    }
    self.kept = kept
    self.cell = cell
  }

  private static func firsts(
    _ positions: [(x: Double, y: Double)], _ plot: Box, _ cell: Double
  ) -> [Int] {
    let columns = Int(plot.width / cell) + 1
    let rows = Int(plot.height / cell) + 1
    var isTaken = Array(repeating: false, count: columns * rows)
    var kept: [Int] = []
    for (index, position) in positions.enumerated() {
      let column = min(max(0, Int((position.x - plot.x) / cell)), columns - 1)
      let row = min(max(0, Int((position.y - plot.y) / cell)), rows - 1)
      guard !isTaken[row * columns + column] else { continue }
      isTaken[row * columns + column] = true
      kept.append(index)
    }
    return kept
  }
}
