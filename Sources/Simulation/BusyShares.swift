import Dataflow

/// Which element, link or memory is busy all the time, by the shares of one window.
///
/// Where the window is a repetition, its shares are those of all time. Else the shares of a longer execution
/// differ from them, by about as much as those of both halves of the window differ from each other, and half
/// as much again: what is so near to the limit that they might lie on its other side is reported as open
/// (`Benchmarks means` holds it against 100,000 inferences).
struct BusyShares {
  /// Elements, and behind them links and memories.
  private let shares: [Double]
  private let doubts: [Double]

  /// - Parameter drifts: By how much the shares of both halves differ; nil where that is not known.
  init(elements: [Double], resources: [Double], _ result: Simulator.Result, drifts: [Double]?) {
    let shares = elements + resources
    self.shares = shares
    let period = result.period?.doubleValue ?? 0
    let width = period > 0 ? result.uncertainty / period : 0
    doubts = shares.indices.map { index in
      guard !result.isExact else { return 0 }
      guard let drifts, index < drifts.count else { return width }
      return min(width, max(Self.leastDoubt, Self.driftShare * drifts[index]))
    }
  }

  /// The share that counts as all the time, so that a mean and a late repeat say the same.
  private static let limit = 0.998
  private static let leastDoubt = 0.0005
  private static let driftShare = 1.5

  enum Full: Hashable {
    case certain(Int)
    /// That which is busy for the longest of those that may be busy all the time.
    case open(Int)
    case none
  }

  /// The first that is busy all the time.
  var full: Full {
    if let index = shares.indices.first(where: { shares[$0] - doubts[$0] >= Self.limit }) {
      return .certain(index)
    }
    let open = shares.indices.filter { shares[$0] + doubts[$0] >= Self.limit }
    return open.max { shares[$0] < shares[$1] }.map { .open($0) } ?? .none
  }
}
