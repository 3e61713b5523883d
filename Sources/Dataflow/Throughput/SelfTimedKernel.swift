import GraphAlgorithms

/// Executes iterations of one component in any order that tokens allow.
///
/// A firing starts at the latest of: the end of the previous firing of a sequential actor or else
/// its start, and the times of the tokens it reads. Its tokens carry its end. This gives the times
/// of the self-timed execution, in which the order of independent firings makes no difference.
///
/// The loop works on flat memory of its own and checks nothing: ``init(_:)`` and ``prepare()`` make
/// sure that no number can overflow.
final class SelfTimedKernel {
  /// One end of a channel at an actor.
  private struct Link {
    var channel: Int32
    var peer: Int32
    /// Where the rates of the phases begin.
    var rates: Int
  }

  struct Node {
    /// The firings of one iteration.
    var firings: Int64
    var phases: Int32
    var isSequential: Bool
    /// The channel whose tokens the next firing waits for.
    var blocker: Int32 = -1
    /// Where the times of the phases begin.
    var times: Int
    /// The firings in an iteration of the actors before it.
    var place: Int
    var inputs: Range<Int32>
    var outputs: Range<Int32>
    var fired: Int64 = 0
    var phase = 0
    /// The end of the last firing, or its start where firings may overlap.
    var time: Int64 = 0
  }

  let nodeCount: Int
  let channelCount: Int
  let nodes: UnsafeMutablePointer<Node>
  private let inputs: UnsafeMutablePointer<Link>
  private let outputs: UnsafeMutablePointer<Link>
  let queues: UnsafeMutablePointer<TokenQueue>
  private let rates: UnsafeMutablePointer<Int64>
  private let times: UnsafeMutablePointer<Int64>
  /// The nodes to look at, each at most once: who waits for a channel is not among them.
  private let waiting: UnsafeMutablePointer<Int32>
  /// The time that all firings of an iteration take together.
  private let workload: Int128
  /// No time is later than this.
  private var latest: Int128 = 0

  /// Takes a component at time 0.
  ///
  /// - Returns: nil where the tokens of a channel do not fit.
  init?(_ component: DataflowComponent) {
    nodeCount = component.actors.count
    channelCount = component.channels.count
    var flatRates: [Int64] = []
    var incoming: [[Link]] = Array(repeating: [], count: nodeCount)
    var outgoing = incoming
    for (slot, channel) in component.channels.enumerated() {
      let written = channel.production.reduce(Int128(0)) { $0 + Int128($1) }
      let tokens = written * Int128(component.actors[channel.source].cycles)
      guard tokens + Int128(channel.initialTokens) < Int128(1) << 62 else { return nil }
      outgoing[channel.source].append(
        Link(channel: Int32(slot), peer: Int32(channel.target), rates: flatRates.count))
      flatRates += channel.production
      incoming[channel.target].append(
        Link(channel: Int32(slot), peer: Int32(channel.source), rates: flatRates.count))
      flatRates += channel.consumption
    }
    rates = .copy(flatRates)
    times = .copy(component.actors.flatMap(\.times))
    inputs = .copy(incoming.flatMap(\.self))
    outputs = .copy(outgoing.flatMap(\.self))
    queues = .copy(component.channels.map { TokenQueue(initialTokens: $0.initialTokens) })
    var list: [Node] = []
    var (input, output, time, place) = (Int32(0), Int32(0), 0, 0)
    for (slot, actor) in component.actors.enumerated() {
      let ends = (input + Int32(incoming[slot].count), output + Int32(outgoing[slot].count))
      list.append(
        Node(
          firings: actor.cycles * Int64(actor.times.count), phases: Int32(actor.times.count),
          isSequential: actor.isSequential, times: time, place: place, inputs: input..<ends.0,
          outputs: output..<ends.1))
      place &+= Int(actor.cycles) &* actor.times.count
      (input, output, time) = (ends.0, ends.1, time + actor.times.count)
    }
    nodes = .copy(list)
    waiting = .allocate(capacity: max(nodeCount, 1))
    workload = component.actors.reduce(0) { sum, actor in
      sum + actor.times.reduce(Int128(0)) { $0 + Int128($1) } * Int128(actor.cycles)
    }
  }

  deinit {
    for slot in 0..<channelCount { queues[slot].deallocate() }
    nodes.deallocate()
    waiting.deallocate()
    inputs.deallocate()
    outputs.deallocate()
    queues.deallocate()
    rates.deallocate()
    times.deallocate()
  }
}

extension UnsafeMutablePointer {
  /// Memory of its own with the elements of a list, which must be trivial.
  fileprivate static func copy(_ list: [Pointee]) -> UnsafeMutablePointer {
    let memory = UnsafeMutablePointer.allocate(capacity: Swift.max(list.count, 1))
    memory.initialize(from: list, count: list.count)
    return memory
  }
}

extension SelfTimedKernel {
  /// How an iteration ends.
  enum Ending {
    /// All firings are made.
    case complete
    /// These actors cannot finish.
    case blocked([Int])
    /// This ended it on the way; there is no going on.
    case ended(AnalysisLimit)
  }

  /// The runs that all queues may have room for: some hundred megabytes with what compares them.
  private static let runLimit = 12_000_000

  /// Fires every actor as often as one iteration asks for.
  ///
  /// - Parameter record: Takes the starts of all firings, actor by actor.
  /// - Throws: ``DataflowError/overflow(quantity:)`` where times could leave 64 bits.
  func runIteration(
    until deadline: Deadline, record: UnsafeMutablePointer<Int64>? = nil
  ) throws(DataflowError) -> Ending {
    latest += workload
    guard latest < Int128(1) << 62 else { throw .overflow(quantity: "time of the execution") }
    for node in 0..<nodeCount {
      nodes[node].fired = 0
      nodes[node].blocker = -1
      waiting[nodeCount &- 1 &- node] = Int32(node)
    }
    var waitingCount = nodeCount
    // Looking at all queues must not cost more than firing.
    let pause = Int64(max(20_000, 8 * channelCount))
    var steps: Int64 = 0
    while waitingCount > 0 {
      waitingCount &-= 1
      let node = nodes + Int(waiting[waitingCount])
      let before = node.pointee.fired
      let weight = Int64(1 + node.pointee.inputs.count + node.pointee.outputs.count)
      var isReady = true
      let starts = record.map { $0 + node.pointee.place }
      while isReady, node.pointee.fired < node.pointee.firings {
        let start = node.pointee.fired
        let stop = min(node.pointee.firings, start &+ max(1, pause / weight))
        while node.pointee.fired < stop {
          guard canFire(node) else {
            isReady = false
            break
          }
          let number = Int(node.pointee.fired)
          let begin = fire(node)
          if let starts { starts[number] = begin }
        }
        steps &+= (node.pointee.fired &- start) &* weight &+ 1
        if steps >= pause {
          steps = 0
          if let limit = passedLimit(deadline) { return .ended(limit) }
        }
      }
      guard node.pointee.fired > before else { continue }
      for slot in node.pointee.outputs {
        let link = outputs[Int(slot)]
        let reader = nodes + Int(link.peer)
        if reader.pointee.blocker == link.channel {
          reader.pointee.blocker = -1
          waiting[waitingCount] = link.peer
          waitingCount &+= 1
        }
      }
    }
    let blocked = (0..<nodeCount).filter { nodes[$0].fired < nodes[$0].firings }
    return blocked.isEmpty ? .complete : .blocked(blocked)
  }

  private func passedLimit(_ deadline: Deadline) -> AnalysisLimit? {
    if deadline.isPast { return .time }
    var room = 0
    for slot in 0..<channelCount { room += queues[slot].capacity }
    return room > Self.runLimit ? .memory : nil
  }

  /// Whether the tokens for the next firing are there; if not, the node waits for a channel.
  @inline(__always)
  private func canFire(_ node: UnsafeMutablePointer<Node>) -> Bool {
    for slot in node.pointee.inputs {
      let link = inputs[Int(slot)]
      if queues[Int(link.channel)].count < rates[link.rates + node.pointee.phase] {
        node.pointee.blocker = link.channel
        return false
      }
    }
    return true
  }

  @inline(__always)
  private func fire(_ node: UnsafeMutablePointer<Node>) -> Int64 {
    let phase = node.pointee.phase
    var start = node.pointee.time
    for slot in node.pointee.inputs {
      let link = inputs[Int(slot)]
      let rate = rates[link.rates + phase]
      if rate > 0 { start = (queues + Int(link.channel)).pointee.pop(rate, notBefore: start) }
    }
    let end = start &+ times[node.pointee.times + phase]
    for slot in node.pointee.outputs {
      let link = outputs[Int(slot)]
      let rate = rates[link.rates + phase]
      if rate > 0 { (queues + Int(link.channel)).pointee.push(rate, at: end) }
    }
    node.pointee.time = node.pointee.isSequential ? end : start
    node.pointee.fired &+= 1
    node.pointee.phase = phase + 1 == Int(node.pointee.phases) ? 0 : phase + 1
    return start
  }

  /// A cycle of the actors that cannot finish, each of which the one behind it waits for.
  func blockingCycle(of blocked: [Int]) -> CriticalCycle {
    var seen: [Int: Int] = [:]
    var path: [(actor: Int, channel: Int)] = []
    var node = blocked[0]
    while seen[node] == nil {
      seen[node] = path.count
      let starved = nodes[node].inputs.first { slot in
        let link = inputs[Int(slot)]
        return queues[Int(link.channel)].count < rates[link.rates + nodes[node].phase]
      }
      guard let starved else { return CriticalCycle(actors: [node]) }
      path.append((node, Int(inputs[Int(starved)].channel)))
      node = Int(inputs[Int(starved)].peer)
    }
    let cycle = path[(seen[node] ?? 0)...].reversed()
    return CriticalCycle(actors: cycle.map(\.actor), channels: cycle.map(\.channel))
  }
}
