/// Ticks, in which analysis and simulation count time: a tick is a picosecond.
package enum Ticks {
  package static let perSecond: Double = 1e12
}
