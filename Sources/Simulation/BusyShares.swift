import Dataflow

/// Which element, link or memory is busy all the time, by the shares of one window.
///
/// Where the window is a repetition, its shares are those of all time. Else the shares of a longer execution
/// differ from them, by about as much as those of both halves of the window differ from each other, and half
/// as much again: what is so near to the limit that they might lie on its other side is reported as open
/// (`Benchmarks means` holds it against 100,000 inferences).
/// Blocks that run ahead keep their element busy for longer in a window than in the long run, in which only
/// that with the most work in an inference can be busy all the time.
struct BusyShares {
  /// Elements, and behind them links and memories.
  private let shares: [Double]
  private let doubts: [Double]
  private let works: [Double]?
  /// The uncertainty of the period as a share of it.
  private let width: Double

  /// - Parameters:
  ///   - drifts: By how much the shares of both halves differ; nil where that is not known.
  ///   - works: For how much of the period one inference keeps each busy; nil where parts of the graph run at
  ///     different rates, or the shares are those of all time.
  init(
    elements: [Double], resources: [Double], _ result: Simulator.Result, drifts: [Double]?,
    works: [Double]? = nil
  ) {
    let shares = elements + resources
    self.shares = shares
    self.works = works
    let period = result.period?.doubleValue ?? 0
    let width = period > 0 ? result.uncertainty / period : 0
    self.width = width
    doubts = shares.indices.map { index in
      guard !result.isExact else { return 0 }
      guard !result.isCut, let drifts, index < drifts.count else { return width }
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

  /// That which is busy all the time; of several the busiest.
  var full: Full {
    if let works, let index = works.indices.max(by: { works[$0] < works[$1] }) {
      return works[index] >= Self.limit * (1 - width) ? state(of: index) : .none
    }
    let states = shares.indices.sorted { (-shares[$0], $0) < (-shares[$1], $1) }.map(state)
    return states.first { if case .certain = $0 { true } else { false } }
      ?? states.first { $0 != .none } ?? .none
  }

  private func state(of index: Int) -> Full {
    if shares[index] - doubts[index] >= Self.limit { return .certain(index) }
    return shares[index] + doubts[index] >= Self.limit ? .open(index) : .none
  }
}
