/// A cycle that sets the period of a component or blocks it, in its order.
struct CriticalCycle: Hashable, Sendable {
  /// The actors.
  var actors: [Int] = []
  /// The channels between them; empty where only the actors are known.
  var channels: [Int] = []
}
