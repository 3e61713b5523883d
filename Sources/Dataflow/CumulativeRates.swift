/// The tokens that the first *n* firings of one end of a channel write or read, for every *n*.
package struct CumulativeRates {
  /// The number of listed rates.
  let count: Int64
  /// The tokens of one turn through the list.
  let total: Int64

  private let prefix: [Int64]

  /// Adds up a list of rates that is not empty; `nil` when the total does not fit.
  package init?(_ rates: [Int64]) {
    var prefix: [Int64] = [0]
    prefix.reserveCapacity(rates.count + 1)
    var sum: Int64 = 0
    for rate in rates {
      let (next, overflow) = sum.addingReportingOverflow(rate)
      if overflow { return nil }
      sum = next
      prefix.append(next)
    }
    count = Int64(rates.count)
    total = sum
    self.prefix = prefix
  }

  /// The tokens of the first firings.
  ///
  /// - Precondition: The result fits, which ``ChannelCycle`` checks for the range it is used in.
  package func tokens(after firings: Int64) -> Int64 {
    if count == 1 { return firings * total }
    return firings / count * total + prefix[Int(firings % count)]
  }

  /// The tokens of any number of first firings, `nil` when they do not fit.
  func checkedTokens(after firings: Int64) -> Int64? {
    checkedProduct(firings / count, total).flatMap { checkedSum($0, prefix[Int(firings % count)]) }
  }

  /// The least firings that move a number of tokens.
  func firings(for tokens: Int64) -> Int64 {
    guard tokens > 0 else { return 0 }
    let turns = (tokens - 1) / total
    let rest = tokens - turns * total
    var (lower, upper) = (1, prefix.count - 1)
    while lower < upper {
      let middle = (lower + upper) / 2
      if prefix[middle] >= rest { upper = middle } else { lower = middle + 1 }
    }
    return turns * count + Int64(lower)
  }

  /// The number of firings before the first that moves a token.
  var leadingEmptyFirings: Int64 { Int64((prefix.firstIndex { $0 > 0 } ?? 1) - 1) }
}
