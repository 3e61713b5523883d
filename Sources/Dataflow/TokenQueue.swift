/// The tokens of a channel in first-in first-out order as runs that were written at the same time.
///
/// Neighbouring runs have different times, so equal queues have equal runs.
struct TokenQueue {
  struct Run: Hashable {
    var time: Int64
    var count: Int64
  }

  private(set) var count: Int64
  private var ring: [Run]
  private var head = 0
  private var used = 0

  /// A queue of tokens that were there at time 0.
  init(initialTokens: Int64) {
    count = 0
    ring = Array(repeating: Run(time: 0, count: 0), count: 4)
    _ = push(initialTokens, at: 0)
  }

  /// Adds tokens; false when their number no longer fits 64 bits.
  mutating func push(_ tokens: Int64, at time: Int64) -> Bool {
    guard tokens > 0 else { return true }
    let (sum, overflow) = count.addingReportingOverflow(tokens)
    if overflow { return false }
    count = sum
    let last = (head + used - 1) & (ring.count - 1)
    if used > 0, ring[last].time == time {
      ring[last].count += tokens
      return true
    }
    if used == ring.count { grow() }
    ring[(head + used) & (ring.count - 1)] = Run(time: time, count: tokens)
    used += 1
    return true
  }

  /// Takes tokens out and returns the latest of their times, or the given time if that is later.
  ///
  /// - Precondition: The queue holds that many.
  mutating func pop(_ tokens: Int64, notBefore time: Int64) -> Int64 {
    var (latest, missing) = (time, tokens)
    count -= tokens
    while missing > 0 {
      latest = max(latest, ring[head].time)
      if ring[head].count > missing {
        ring[head].count -= missing
        return latest
      }
      missing -= ring[head].count
      head = (head + 1) & (ring.count - 1)
      used -= 1
    }
    return latest
  }

  /// The number of runs.
  var runCount: Int { used }

  /// The runs from the oldest to the newest.
  var runs: some Sequence<Run> { (0..<used).lazy.map { ring[(head + $0) & (ring.count - 1)] } }

  private mutating func grow() {
    let old = Array(runs)
    ring = old + Array(repeating: Run(time: 0, count: 0), count: old.count)
    head = 0
  }
}
