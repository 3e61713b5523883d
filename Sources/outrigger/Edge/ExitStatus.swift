import Diagnostics
import Foundation

/// How the program ended, for those who call it.
///
/// The numbers from 64 are those of `sysexits.h`, which the argument parser uses too; a signal gives 128 and
/// its number, as a shell says it.
enum ExitStatus: Error, Hashable {
  /// All that was asked for was done.
  case success
  /// Nothing meets what was asked for; what comes nearest is told.
  case infeasible
  /// The command line cannot be meant.
  case usage
  /// A file that is read is not there or does not hold what it should.
  case input
  /// An error that Outrigger should not make.
  case internalError
  /// The result cannot be written, or may not be replaced.
  case output
  /// Ended by a signal; a search has written what it had found.
  case interrupted(Int32)

  var code: Int32 {
    switch self {
    case .success: 0
    case .infeasible: 1
    case .usage: 64
    case .input: 65
    case .internalError: 70
    case .output: 73
    case .interrupted(let signal): 128 + signal
    }
  }

  /// The status that an error leads to.
  init(_ error: any UserFacingError) {
    self =
      switch error.fault {
      case .usage: .usage
      case .input: .input
      case .infeasible: .infeasible
      case .output: .output
      }
  }

  /// What the numbers mean, for `--help`.
  static let help = """
    EXIT STATUS: 0 done; 1 infeasible, nothing meets what was asked for; 64 wrong usage; 65 a file that is read \
    is missing or wrong; 70 an internal error; 73 the result cannot be written or may not be replaced; 130, 143, \
    129 ended by Ctrl-C, SIGTERM, SIGHUP, after a search has written what it had found.
    """
}
