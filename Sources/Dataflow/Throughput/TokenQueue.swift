/// The tokens of a channel in first-in first-out order as runs that were written at the same time,
/// in memory of its own, so that it cannot be copied.
///
/// Neighboring runs have different times, so equal queues have equal runs.
struct TokenQueue: ~Copyable {
  struct Run {
    var time: Int64
    var count: Int64
  }

  private(set) var count: Int64
  private var ring: UnsafeMutablePointer<Run>
  private var mask = 3
  private var head = 0
  /// The number of runs.
  private(set) var runCount = 0

  /// The number of runs that there is room for.
  var capacity: Int { mask + 1 }

  /// A queue of tokens that were there at time 0.
  init(initialTokens: Int64) {
    count = 0
    ring = .allocate(capacity: mask + 1)
    if initialTokens > 0 { push(initialTokens, at: 0) }
  }

  deinit { ring.deallocate() }

  /// A run, the oldest first.
  subscript(index: Int) -> Run { ring[(head &+ index) & mask] }

  /// Adds at least one token; together they must fit 64 bits.
  @inline(__always)
  mutating func push(_ tokens: Int64, at time: Int64) {
    count &+= tokens
    let last = (head &+ runCount &- 1) & mask
    if runCount > 0, ring[last].time == time {
      ring[last].count &+= tokens
      return
    }
    if runCount > mask { grow() }
    ring[(head &+ runCount) & mask] = Run(time: time, count: tokens)
    runCount &+= 1
  }

  /// Takes tokens out and returns the latest of their times, or the given time if that is later.
  ///
  /// - Precondition: The queue holds that many.
  @inline(__always)
  mutating func pop(_ tokens: Int64, notBefore time: Int64) -> Int64 {
    var (latest, missing) = (time, tokens)
    count &-= tokens
    while true {
      let run = ring + head
      latest = max(latest, run.pointee.time)
      if run.pointee.count > missing {
        run.pointee.count &-= missing
        return latest
      }
      missing &-= run.pointee.count
      head = (head &+ 1) & mask
      runCount &-= 1
      if missing == 0 { return latest }
    }
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Run>.allocate(capacity: 2 * (mask + 1))
    for index in 0..<runCount { larger[index] = self[index] }
    ring.deallocate()
    ring = larger
    mask = 2 * mask + 1
    head = 0
  }
}
