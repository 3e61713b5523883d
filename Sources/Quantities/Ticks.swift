/// Ticks, in which analysis and simulation count time: a tick is a picosecond.
package enum Ticks {
  /// The ticks in a second: a tick is a picosecond.
  package static let perSecond: Double = 1e12
}
