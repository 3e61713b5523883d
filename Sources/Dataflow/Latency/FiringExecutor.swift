/// Executes firings one by one, each as soon as it can, up to a number for each actor.
struct FiringExecutor {
  private let graph: CSDFGraph
  private let isSequential: [Bool]
  private let inputs: [[Int]]
  private let outputs: [[Int]]
  private var tokens: [TimedTokens]
  private var times: [Int64]
  /// The firings of each actor so far.
  private(set) var fired: [Int64]

  /// Starts at time 0 with the initial tokens.
  init(_ graph: CSDFGraph, autoConcurrency: Bool) {
    self.graph = graph
    var isSequential = graph.actors.map { _ in !autoConcurrency }
    var inputs: [[Int]] = graph.actors.map { _ in [] }
    var outputs = inputs
    for (index, channel) in graph.channels.enumerated() {
      if channel.admitsOneFiring {
        isSequential[channel.source.index] = true
        continue
      }
      outputs[channel.source.index].append(index)
      inputs[channel.destination.index].append(index)
    }
    self.isSequential = isSequential
    (self.inputs, self.outputs) = (inputs, outputs)
    tokens = graph.channels.map { TimedTokens(initial: $0.initialTokens) }
    times = graph.actors.map { _ in 0 }
    fired = graph.actors.map { _ in 0 }
  }

  /// Fires as long as actors can and are below their limits.
  ///
  /// - Parameter onFiring: Takes the actor, the number of the firing, its start and its end.
  /// - Throws: ``DataflowError/overflow(quantity:)`` where times leave 64 bits.
  mutating func run(
    limits: [Int64], onFiring: (Int, Int64, Int64, Int64) -> Void = { _, _, _, _ in }
  ) throws(DataflowError) {
    var waiting = Array(graph.actors.indices)
    var isWaiting = graph.actors.map { _ in true }
    while let actor = waiting.popLast() {
      isWaiting[actor] = false
      var hasFired = false
      while fired[actor] < limits[actor], canFire(actor) {
        let (start, end) = try fire(actor)
        onFiring(actor, fired[actor] - 1, start, end)
        hasFired = true
      }
      guard hasFired else { continue }
      for channel in outputs[actor] {
        let reader = graph.channels[channel].destination.index
        if !isWaiting[reader] {
          isWaiting[reader] = true
          waiting.append(reader)
        }
      }
    }
  }

  /// Lets everything so far have happened before time 0.
  mutating func forgetTimes() {
    times = times.map { _ in 0 }
    for channel in tokens.indices { tokens[channel] = TimedTokens(initial: tokens[channel].count) }
  }

  private func canFire(_ actor: Int) -> Bool {
    inputs[actor].allSatisfy {
      tokens[$0].count >= graph.channels[$0].consumption.cyclic(fired[actor])
    }
  }

  private mutating func fire(_ actor: Int) throws(DataflowError) -> (start: Int64, end: Int64) {
    let firing = fired[actor]
    var start = times[actor]
    for channel in inputs[actor] {
      let rate = graph.channels[channel].consumption.cyclic(firing)
      if rate > 0 { start = max(start, tokens[channel].take(rate)) }
    }
    let end = try checkedSum(start, graph.actors[actor].executionTimes.cyclic(firing))
      .orOverflow("time of actor \"\(graph.actors[actor].name)\"")
    for channel in outputs[actor] {
      let rate = graph.channels[channel].production.cyclic(firing)
      if rate > 0 { tokens[channel].add(rate, at: end) }
    }
    times[actor] = isSequential[actor] ? end : start
    fired[actor] += 1
    return (start, end)
  }
}

/// Tokens in their order, with the times at which they came.
private struct TimedTokens {
  private(set) var count: Int64
  private var runs: [(time: Int64, count: Int64)]
  private var head = 0

  init(initial: Int64) {
    count = initial
    runs = initial > 0 ? [(time: Int64(0), count: initial)] : []
  }

  mutating func add(_ number: Int64, at time: Int64) {
    count += number
    runs.append((time, number))
  }

  /// Takes tokens out and returns the latest of their times.
  mutating func take(_ number: Int64) -> Int64 {
    var (latest, missing) = (Int64.min, number)
    count -= number
    while missing > 0 {
      latest = max(latest, runs[head].time)
      let taken = min(missing, runs[head].count)
      missing -= taken
      runs[head].count -= taken
      if runs[head].count == 0 { head += 1 }
    }
    if head > 1024, 2 * head > runs.count {
      runs.removeFirst(head)
      head = 0
    }
    return latest
  }
}

extension [Int64] {
  /// The element of a list that is repeated.
  func cyclic(_ index: Int64) -> Int64 {
    count == 1 ? self[0] : self[Int(index % Int64(count))]
  }
}
