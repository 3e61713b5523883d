/// Executes iterations of one strongly connected component in any order that tokens allow.
///
/// A firing starts at the latest of: the end of the previous firing of a sequential actor or else
/// its start, and the times of the tokens it reads. Its tokens carry its end. This gives the times
/// of the self-timed execution, in which the order of independent firings makes no difference.
struct SelfTimedKernel {
  private struct Node {
    var times: [Int64]
    var firings: Int64
    var isSequential: Bool
    var inputs: Range<Int>
    var outputs: Range<Int>
  }

  private struct Link {
    var channel: Int
    var peer: Int
    var rates: [Int64]

    @inline(__always)
    func rate(of firing: Int64) -> Int64 {
      rates.count == 1 ? rates[0] : rates[Int(firing % Int64(rates.count))]
    }
  }

  /// All times that the next iteration depends on.
  fileprivate struct State {
    var actorTimes: [Int64]
    var queues: [TokenQueue]
  }

  private let names: [String]
  private let channelNames: [String]
  private let nodes: [Node]
  private let inputs: [Link]
  private let outputs: [Link]
  private var state: State
  private var fired: [Int64]

  /// Prepares a component: `firings` and `isSequential` are in the order of its actors.
  init(
    _ graph: CSDFGraph, _ component: [Int], _ channels: [Int], firings: [Int64],
    isSequential: [Bool]
  ) {
    let local = Dictionary(uniqueKeysWithValues: zip(component, 0...))
    var incoming: [[Link]] = Array(repeating: [], count: component.count)
    var outgoing = incoming
    for (slot, index) in channels.enumerated() {
      let channel = graph.channels[index]
      guard let source = local[channel.source.index], let target = local[channel.destination.index]
      else { continue }
      outgoing[source].append(Link(channel: slot, peer: target, rates: channel.production))
      incoming[target].append(Link(channel: slot, peer: source, rates: channel.consumption))
    }
    var nodes: [Node] = []
    var (inputCount, outputCount) = (0, 0)
    for (slot, actor) in component.enumerated() {
      let (inputEnd, outputEnd) =
        (inputCount + incoming[slot].count, outputCount + outgoing[slot].count)
      nodes.append(
        Node(
          times: graph.actors[actor].executionTimes, firings: firings[slot],
          isSequential: isSequential[slot], inputs: inputCount..<inputEnd,
          outputs: outputCount..<outputEnd))
      (inputCount, outputCount) = (inputEnd, outputEnd)
    }
    self.nodes = nodes
    names = component.map { graph.actors[$0].name }
    channelNames = channels.map { graph.channels[$0].name }
    inputs = incoming.flatMap { $0 }
    outputs = outgoing.flatMap { $0 }
    fired = Array(repeating: 0, count: nodes.count)
    state = State(
      actorTimes: Array(repeating: 0, count: nodes.count),
      queues: channels.map { TokenQueue(initialTokens: graph.channels[$0].initialTokens) })
  }
}

extension SelfTimedKernel {
  /// Runs iterations until the bounds meet or a limit is reached; returns the actors of a deadlock.
  ///
  /// Brent 1980, "An improved Monte Carlo factorization algorithm", BIT 20(2): comparing with one
  /// state that is replaced after 1, 2, 4, ... iterations finds every recurrence without storing
  /// all states.
  mutating func narrow(
    _ bounds: inout PeriodBounds, _ options: SelfTimedExecution.Options, _ budget: inout Int64
  ) throws(DataflowError) -> [Int] {
    let cost = nodes.reduce(Int128(0)) { $0 + Int128($1.firings) }
    var saved = state
    var (age, lifetime) = (Int64(0), Int64(1))
    bounds.isLive = false
    for _ in 0..<max(0, options.iterationLimit) {
      if bounds.isExact || cost > Int128(budget) { break }
      // A queue that grows run by run makes comparing dearer than firing.
      budget -= Int64(cost) + Int64(state.queues.reduce(0) { $0 + $1.runCount })
      let blocked = try runIteration()
      if !blocked.isEmpty { return blocked }
      bounds.isLive = true
      age += 1
      bounds.narrow(growth: state.growth(since: saved), over: age)
      if age == lifetime {
        saved = state
        (age, lifetime) = (0, lifetime * 2)
      }
    }
    return []
  }

  /// Fires every actor as often as one iteration asks for; returns the actors that cannot finish.
  private mutating func runIteration() throws(DataflowError) -> [Int] {
    for node in fired.indices { fired[node] = 0 }
    var waiting = Array(nodes.indices.reversed())
    var isWaiting = Array(repeating: true, count: nodes.count)
    while let node = waiting.popLast() {
      isWaiting[node] = false
      let before = fired[node]
      while fired[node] < nodes[node].firings, canFire(node) { try fire(node) }
      guard fired[node] > before else { continue }
      for output in nodes[node].outputs {
        let peer = outputs[output].peer
        if !isWaiting[peer], fired[peer] < nodes[peer].firings {
          isWaiting[peer] = true
          waiting.append(peer)
        }
      }
    }
    return nodes.indices.filter { fired[$0] < nodes[$0].firings }
  }

  private func canFire(_ node: Int) -> Bool {
    let firing = fired[node]
    for input in nodes[node].inputs
    where state.queues[inputs[input].channel].count < inputs[input].rate(of: firing) {
      return false
    }
    return true
  }

  private mutating func fire(_ node: Int) throws(DataflowError) {
    let firing = fired[node]
    fired[node] += 1
    var start = state.actorTimes[node]
    for input in nodes[node].inputs {
      let rate = inputs[input].rate(of: firing)
      start = state.queues[inputs[input].channel].pop(rate, notBefore: start)
    }
    let times = nodes[node].times
    let time = times.count == 1 ? times[0] : times[Int(firing % Int64(times.count))]
    let (end, overflow) = start.addingReportingOverflow(time)
    if overflow { throw .overflow(quantity: "time of actor \"\(names[node])\"") }
    for output in nodes[node].outputs {
      let link = outputs[output]
      guard state.queues[link.channel].push(link.rate(of: firing), at: end) else {
        throw .overflow(quantity: "tokens of channel \"\(channelNames[link.channel])\"")
      }
    }
    state.actorTimes[node] = nodes[node].isSequential ? end : start
  }
}

extension SelfTimedKernel.State {
  /// The least and the greatest difference between a time in this state and its counterpart in
  /// another.
  fileprivate func growth(since old: Self) -> ClosedRange<Int64> {
    var (least, most) = (Int64.max, Int64.min)
    func compare(_ new: Int64, _ old: Int64) {
      least = min(least, new - old)
      most = max(most, new - old)
    }
    for (new, old) in zip(actorTimes, old.actorTimes) { compare(new, old) }
    for (queue, oldQueue) in zip(queues, old.queues) {
      var oldRuns = oldQueue.runs.makeIterator()
      var oldRun = oldRuns.next()
      for var run in queue.runs {
        while run.count > 0, var partner = oldRun {
          compare(run.time, partner.time)
          let common = min(run.count, partner.count)
          run.count -= common
          partner.count -= common
          oldRun = partner.count > 0 ? partner : oldRuns.next()
        }
      }
    }
    return least...most
  }
}
