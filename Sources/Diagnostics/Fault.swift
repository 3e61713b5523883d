/// Whose fault an error is: what has to change before the same command can work.
package enum Fault: Hashable, Sendable, CaseIterable {
  /// The command line says what cannot be meant.
  case usage
  /// A file that is read is not there or does not hold what it should.
  case input
  /// No answer meets all requirements.
  case infeasible
  /// What comes out cannot be written, or may not be replaced.
  case output
}
