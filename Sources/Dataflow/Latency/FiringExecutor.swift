import GraphAlgorithms

/// Executes firings one by one, each as soon as it can, up to a number for each actor.
///
/// A class, since the memory of its queues has to be given back.
final class FiringExecutor {
  /// An end of a channel at an actor.
  private struct Link {
    var channel: Int
    var peer: Int
    var rates: [Int64]
  }

  private let graph: CSDFGraph
  private let isSequential: [Bool]
  private let inputs: [[Link]]
  private let outputs: [[Link]]
  private let tokens: UnsafeMutableBufferPointer<TokenQueue>
  private var times: [Int64]
  /// The firings of each actor so far.
  private(set) var fired: [Int64]
  /// The firings and what they did at channels, since the limits were last looked at.
  private var steps = 0

  /// The runs of tokens that all queues may have room for.
  private static let runLimit = 12_000_000

  /// Starts at time 0 with the initial tokens.
  init(_ graph: CSDFGraph, autoConcurrency: Bool) {
    self.graph = graph
    var isSequential = graph.actors.map { _ in !autoConcurrency }
    var inputs: [[Link]] = graph.actors.map { _ in [] }
    var outputs = inputs
    for (index, channel) in graph.channels.enumerated() {
      let (source, reader) = (channel.source.index, channel.destination.index)
      if channel.admitsOneFiring {
        isSequential[source] = true
        continue
      }
      outputs[source].append(Link(channel: index, peer: reader, rates: channel.production))
      inputs[reader].append(Link(channel: index, peer: source, rates: channel.consumption))
    }
    self.isSequential = isSequential
    (self.inputs, self.outputs) = (inputs, outputs)
    tokens = .allocate(capacity: graph.channels.count)
    for (index, channel) in graph.channels.enumerated() {
      tokens.initializeElement(at: index, to: TokenQueue(initialTokens: channel.initialTokens))
    }
    times = graph.actors.map { _ in 0 }
    fired = graph.actors.map { _ in 0 }
  }

  deinit {
    tokens.deinitialize()
    tokens.deallocate()
  }

  /// Fires as long as actors can and are below their limits.
  ///
  /// - Parameters:
  ///   - deadline: When to stop.
  ///   - onFiring: Takes the actor, the number of the firing, its start and its end.
  /// - Returns: What ended it before.
  /// - Throws: ``DataflowError/overflow(quantity:)`` where times or tokens leave 64 bits.
  func run(
    limits: [Int64], until deadline: Deadline,
    onFiring: (Int, Int64, Int64, Int64) -> Void = { _, _, _, _ in }
  ) throws(DataflowError) -> AnalysisLimit? {
    var waiting = Array(graph.actors.indices)
    var isWaiting = graph.actors.map { _ in true }
    while let actor = waiting.popLast() {
      isWaiting[actor] = false
      var hasFired = false
      while fired[actor] < limits[actor], canFire(actor) {
        let (start, end) = try fire(actor)
        onFiring(actor, fired[actor] - 1, start, end)
        hasFired = true
        steps += 1 + inputs[actor].count + outputs[actor].count
        if steps >= max(20_000, 8 * tokens.count) {
          steps = 0
          if let limit = passedLimit(deadline) { return limit }
        }
      }
      guard hasFired else { continue }
      for link in outputs[actor] where !isWaiting[link.peer] {
        isWaiting[link.peer] = true
        waiting.append(link.peer)
      }
    }
    return nil
  }

  private func passedLimit(_ deadline: Deadline) -> AnalysisLimit? {
    if deadline.isPast { return .time }
    var runs = 0
    for channel in tokens.indices { runs += tokens[channel].capacity }
    return runs > Self.runLimit ? .memory : nil
  }

  /// Lets everything so far have happened before time 0.
  func forgetTimes() {
    times = times.map { _ in 0 }
    for channel in tokens.indices {
      tokens[channel] = TokenQueue(initialTokens: tokens[channel].count)
    }
  }

  private func canFire(_ actor: Int) -> Bool {
    let firing = fired[actor]
    for link in inputs[actor] where tokens[link.channel].count < link.rates.cyclic(firing) {
      return false
    }
    return true
  }

  private func fire(_ actor: Int) throws(DataflowError) -> (start: Int64, end: Int64) {
    let firing = fired[actor]
    var start = times[actor]
    for link in inputs[actor] {
      let rate = link.rates.cyclic(firing)
      if rate > 0 { start = tokens[link.channel].pop(rate, notBefore: start) }
    }
    let end = try checkedSum(start, graph.actors[actor].executionTimes.cyclic(firing))
      .orOverflow("time of actor \"\(graph.actors[actor].name)\"")
    for link in outputs[actor] {
      let rate = link.rates.cyclic(firing)
      guard rate > 0 else { continue }
      guard checkedSum(tokens[link.channel].count, rate) != nil else {
        throw .overflow(quantity: "tokens of channel \"\(graph.channels[link.channel].name)\"")
      }
      tokens[link.channel].push(rate, at: end)
    }
    times[actor] = isSequential[actor] ? end : start
    fired[actor] += 1
    return (start, end)
  }
}

extension [Int64] {
  /// The element of a list that is repeated.
  func cyclic(_ index: Int64) -> Int64 {
    count == 1 ? self[0] : self[Int(index % Int64(count))]
  }
}
