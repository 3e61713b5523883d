/// Places things in a row as near to where they want to be as their widths allow.
///
/// Minimizes the weighted sum of squared distances under least distances between neighbors. After
/// subtracting those distances it is isotonic regression; method: Barlow et al. 1972, "Statistical
/// Inference under Order Restrictions", the pool-adjacent-violators algorithm.
enum IsotonicPlacement {
  /// A thing in the row.
  struct Item {
    /// Where its center wants to be.
    var wish: Double
    var weight: Double
    /// The least distance from the center of the item before.
    var distance: Double
  }

  /// The centers of the items.
  ///
  /// - Complexity: O(*n*).
  static func centers(_ items: [Item]) -> [Double] {
    var offsets: [Double] = []
    var pools: [Pool] = []
    var offset = 0.0
    for (index, item) in items.enumerated() {
      if index > 0 { offset += item.distance }
      offsets.append(offset)
      var pool = Pool(sum: (item.wish - offset) * item.weight, weight: item.weight, count: 1)
      while let last = pools.last, last.mean >= pool.mean {
        pools.removeLast()
        pool = Pool(
          sum: last.sum + pool.sum, weight: last.weight + pool.weight,
          count: last.count + pool.count)
      }
      pools.append(pool)
    }
    let means = pools.flatMap { Array(repeating: $0.mean, count: $0.count) }
    return zip(means, offsets).map(+)
  }

  private struct Pool {
    var sum: Double
    var weight: Double
    var count: Int

    var mean: Double { sum / weight }
  }
}
