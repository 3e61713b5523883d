/// A cycle that sets the period of a component or blocks it, in its order.
///
/// It goes from firing to firing and may pass an actor many times.
struct CriticalCycle: Hashable, Sendable {
  /// The actors.
  var actors: [Int] = []
  /// The channels between them; empty where only the actors are known.
  var channels: [Int] = []
  /// The ticks of the period that each actor's times make up; empty where they are not known.
  var shares: [Int: Fraction] = [:]
}

extension CriticalCycle {
  /// The cycle with the numbers of the whole graph, and the period of its iteration; what it passes
  /// several times is told once.
  func placed(in component: DataflowComponent) -> CriticalCycle {
    var result = CriticalCycle(
      actors: actors.map { component.actors[$0].index }.fromLeast,
      channels: channels.map { component.channels[$0].index }.fromLeast)
    for (actor, share) in shares {
      guard let whole = share.multiplied(by: Fraction(component.turns)) else { continue }
      result.shares[component.actors[actor].index] = whole
    }
    return result
  }
}

extension [Int] {
  /// The same circle, told from its least element on, each element where it first comes.
  fileprivate var fromLeast: [Int] {
    guard let least = self.min(), let start = firstIndex(of: least) else { return [] }
    var seen: Set<Int> = []
    return (self[start...] + self[..<start]).filter { seen.insert($0).inserted }
  }
}
