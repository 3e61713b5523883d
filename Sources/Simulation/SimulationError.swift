package import Diagnostics

/// Why a placement cannot be executed at all.
package enum SimulationError: UserFacingError, Hashable {
  /// An element does not support its block.
  case unsupported(block: String, element: String)
  /// No links lead from one memory to another.
  case noRoute(from: String, to: String)
  /// The ticks of a transfer do not fit 64 bits.
  case overflow(channel: String)
  /// The transfers of an inference do not fit 64 bits in sum, with those of a block.
  case workOverflow(block: String)
  /// The time does not fit 64 bits after a number of inferences.
  case timeOverflow(inferences: Int)
  /// Bytes do not fit 64 bits in sum, with those of a channel or block.
  case bytesOverflow(what: String)
  /// A firing of one end of a channel waits for too many of the other.
  case tooManyFirings(channel: String)
  /// More happens than can be executed, without an end of a next inference.
  case tooLong(inferences: Int, events: Int)
  /// The caller asked to leave the execution.
  case interrupted
  /// The platform has more links and memories with a bandwidth than a transfer can name.
  case tooManyResources(platform: String, count: Int)
  /// The rates of a channel's ends repeat together only after very many firings.
  case tooManyRates(channel: String)
  /// The time of an inference is spread over very many firings that differ.
  case unevenFirings(block: String, count: Int64)

  /// The block, channel or platform, and the limit that it exceeds.
  package var message: String {
    switch self {
    case .unsupported(let block, let element): "\(element) does not support the block \(block)"
    case .noRoute(let source, let target):
      "no link leads from the memory \(source) to the memory \(target)"
    case .overflow(let channel):
      "channel \(channel): the time of a transfer does not fit 64-bit ticks of a picosecond"
    case .workOverflow(let block):
      "block \(block): with it the transfers of an inference take more than \(SimulationPlan.mostWork) ps"
    case .timeOverflow(let inferences):
      "the time of the execution does not fit 64-bit ticks of a picosecond: \(inferences) inferences ended "
        + "before"
    case .bytesOverflow(let what):
      "\(what): with it the bytes of all channels and weights do not fit 64 bits"
    case .tooManyFirings(let channel):
      "channel \(channel): a firing of one of its ends waits for more than 2,147,483,647 of the other, which "
        + "is more than a simulation executes"
    case .tooLong(let inferences, let events):
      "behind \(inferences) inferences more than \(events) things happen before another one ends, which is more "
        + "than a simulation executes; smaller channels let blocks run less far ahead"
    case .interrupted: "the execution was left"
    case .tooManyResources(let platform, let count):
      "platform \(platform): \(count) links and memories with a bandwidth, expected at most 64"
    case .unevenFirings(let block, let count):
      "block \(block): its time is spread unevenly over \(count) firings, which is more than a "
        + "simulation keeps"
    case .tooManyRates(let channel):
      "channel \(channel): its two rates repeat together only after more than 33,554,432 firings, which is "
        + "more than a simulation keeps"
    }
  }

  /// A placement that no element or route supports is infeasible; all else is a fault of the input.
  package var fault: Fault {
    switch self {
    case .unsupported, .noRoute: .infeasible
    case .overflow, .workOverflow, .timeOverflow, .bytesOverflow, .tooManyFirings, .tooLong,
      .interrupted, .tooManyResources, .tooManyRates, .unevenFirings:
      .input
    }
  }
}
