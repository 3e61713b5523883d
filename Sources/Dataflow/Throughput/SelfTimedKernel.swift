import GraphAlgorithms

/// Executes iterations of one component in any order that tokens allow.
///
/// A firing starts at the latest of: the end of the previous firing of a sequential actor or else
/// its start, and the times of the tokens it reads. Its tokens carry its end. This gives the times
/// of the self-timed execution, in which the order of independent firings makes no difference.
///
/// No tokens are kept. Which firing of a writer brings the last token that a firing of a reader takes
/// follows from the rates, so that an end of a channel is a number that moves on with its reader,
/// and each writer keeps the latest end of its firings so far for all of its readers: for a token
/// that came later than the last one, the reader's own order has waited before. Only where firings
/// of different times overlap, the writer keeps the ends of those that wrote for each channel.
///
/// The loop works on flat memory of its own and checks nothing: ``init(_:)`` and ``runIteration``
/// make sure that no number can overflow.
///
/// A class, because it frees its memory when it is no longer used.
final class SelfTimedKernel {
  let nodeCount: Int
  let nodes: UnsafeMutablePointer<Node>
  let ringCount: Int
  let rings: UnsafeMutablePointer<Ring>
  fileprivate let links: UnsafeMutablePointer<Link>
  /// For each ring of each node the links of its readers.
  private let readers: UnsafeMutablePointer<Int32>
  private let times: UnsafeMutablePointer<Int64>
  private let tables: UnsafeMutablePointer<Int64>
  /// The nodes to look at, each at most once: who waits for a link is not among them.
  private let waiting: UnsafeMutablePointer<Int32>
  /// The time that all firings of an iteration take together.
  private let workload: Int128
  /// No time is later than this.
  private var latest: Int128 = 0
  /// The ends that all nodes have room for.
  private var room = 0

  /// An actor.
  struct Node {
    /// The firings so far, of all iterations.
    var fired: Int64 = 0
    /// The firings with which the iteration is complete.
    var goal: Int64 = 0
    /// The end of the last firing, or its start where firings may overlap.
    var time: Int64 = 0
    /// Where the times of the phases begin.
    var times: Int
    var phase: Int32 = 0
    var phases: Int32
    var inputs: Range<Int32>
    var rings: Range<Int32>
    var readers: Range<Int32>
    /// The link whose writer the next firing waits for.
    var blocker: Int32 = -1
    var isSequential: Bool
    /// The firings of one iteration.
    var firings: Int64
    /// The firings in an iteration of the nodes before it.
    var place: Int
    /// What a firing counts for, and the firings after which the limits are looked at.
    var weight: Int64
    var chunk: Int64
  }

  /// What firings count for until the limits are looked at.
  private static let pause: Int64 = 20_000

  /// The ends of a node's firings.
  struct Ring {
    /// The latest ends up to each firing, at its number modulo the size.
    var ends: UnsafeMutablePointer<Int64>
    var mask: Int64
    /// The firings so far.
    var fired: Int64 = 0
    /// The firing at which the ring would be full.
    var full: Int64
    /// The latest end so far.
    var end: Int64 = 0
    /// Where the rates of the phases begin, of which those of 0 do not count; below 0 where all count.
    var rates: Int
    var readers: Range<Int32>
  }

  /// A channel, at its reader: the firing of the writer that the reader's next one waits for, and
  /// how that moves on.
  fileprivate struct Link {
    /// The number of that firing; below 0 for tokens that were there at time 0.
    var next: Int64
    /// The number of the last token that is read, within a turn of the writer.
    var rest: Int64
    /// The tokens of a turn of the writer.
    var total: Int64
    /// For a reader of one phase: how `next` and `rest` grow.
    var whole: Int64
    var part: Int64
    var ring: Int32 = 0
    var writer: Int32
    var reader: Int32
    /// The phases of the writer, and the one of `next`.
    var phases: Int32
    var slot: Int32 = 0
    /// Where the tokens up to each phase of the writer begin in the tables.
    var sums: Int
    /// Where `whole` and `part` for each phase of the reader begin; below 0 for a reader of one phase.
    var steps: Int
    /// The number of the channel in the component.
    var channel: Int32
  }

  /// The ends that all rings may have room for: some hundred megabytes with what compares them.
  private static let roomLimit = 40_000_000

  /// Takes a component at time 0.
  ///
  /// - Returns: nil where the tokens of a channel do not fit.
  init?(_ component: DataflowComponent) {
    nodeCount = component.actors.count
    var inputs: [[Int]] = Array(repeating: [], count: nodeCount)
    for (slot, channel) in component.channels.enumerated() { inputs[channel.target].append(slot) }
    var (tables, links): ([Int64], [Link]) = ([], [])
    links.reserveCapacity(component.channels.count)
    for slot in inputs.joined() {
      let channel = component.channels[slot]
      guard component.fits(channel), let link = Link(channel, slot, &tables) else { return nil }
      links.append(link)
    }
    var outputs: [[Int32]] = Array(repeating: [], count: nodeCount)
    for (slot, link) in links.enumerated() { outputs[Int(link.writer)].append(Int32(slot)) }
    var (list, rings): ([Node], [Ring]) = ([], [])
    var (input, output, time, place) = (Int32(0), Int32(0), 0, 0)
    for (slot, actor) in component.actors.enumerated() {
      let ends = (input + Int32(inputs[slot].count), output + Int32(outputs[slot].count))
      let firings = actor.cycles * Int64(actor.times.count)
      let ring = Int32(rings.count)
      if actor.endsInOrder {
        rings.append(Ring(rates: -1, readers: output..<ends.1))
      } else {
        for (place, number) in outputs[slot].enumerated() {
          let reader = output + Int32(place)
          links[Int(number)].ring = Int32(rings.count)
          rings.append(Ring(rates: tables.count, readers: reader..<reader + 1))
          tables += component.channels[Int(links[Int(number)].channel)].production
        }
      }
      if actor.endsInOrder { for number in outputs[slot] { links[Int(number)].ring = ring } }
      let weight = Int64(1 + inputs[slot].count + outputs[slot].count)
      list.append(
        Node(
          times: time, phases: Int32(actor.times.count), inputs: input..<ends.0,
          rings: ring..<Int32(rings.count), readers: output..<ends.1,
          isSequential: actor.isSequential, firings: firings, place: place,
          weight: weight, chunk: max(1, Self.pause / weight)))
      (input, output, time) = (ends.0, ends.1, time + actor.times.count)
      place &+= Int(firings)
    }
    times = .copy(component.actors.flatMap(\.times))
    readers = .copy(outputs.flatMap(\.self))
    ringCount = rings.count
    self.rings = .copy(rings)
    self.links = .copy(links)
    self.tables = .copy(tables)
    nodes = .copy(list)
    waiting = .allocate(capacity: max(nodeCount, 1))
    workload = component.actors.reduce(0) { sum, actor in
      sum + actor.times.reduce(Int128(0)) { $0 + Int128($1) } * Int128(actor.cycles)
    }
  }

  deinit {
    for ring in 0..<ringCount { rings[ring].ends.deallocate() }
    rings.deallocate()
    nodes.deallocate()
    waiting.deallocate()
    links.deallocate()
    readers.deallocate()
    tables.deallocate()
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

extension DataflowComponent {
  /// Whether all tokens that a channel ever holds surely fit.
  fileprivate func fits(_ channel: Channel) -> Bool {
    let written = channel.production.reduce(Int128(0)) { $0 + Int128($1) }
    let tokens = written * Int128(actors[channel.source].cycles)
    return tokens + Int128(channel.initialTokens) < Int128(1) << 62
  }
}

extension DataflowComponent.Actor {
  /// Whether no firing ends before one that started earlier.
  fileprivate var endsInOrder: Bool { isSequential || times.allSatisfy { $0 == times[0] } }
}

extension SelfTimedKernel.Ring {
  fileprivate init(rates: Int, readers: Range<Int32>) {
    ends = .allocate(capacity: 4)
    (mask, full) = (3, 4)
    (self.rates, self.readers) = (rates, readers)
  }
}

extension SelfTimedKernel.Link {
  /// The link before the first firing of its reader, with its lists added to the tables; nil where
  /// numbers of firings do not fit.
  fileprivate init?(
    _ channel: DataflowComponent.Channel, _ number: Int, _ tables: inout [Int64]
  ) {
    let count = Int64(channel.production.count)
    let total = channel.production.reduce(0, +)
    sums = tables.count
    if count > 1 {
      var sum: Int64 = 0
      tables.append(0)
      for rate in channel.production {
        sum += rate
        tables.append(sum)
      }
    }
    steps = channel.consumption.count > 1 ? tables.count : -1
    (whole, part) = (0, 0)
    for rate in channel.consumption {
      guard let firings = checkedProduct(rate / total, count) else { return nil }
      (whole, part) = (firings, rate % total)
      if channel.consumption.count > 1 { tables += [whole, part] }
    }
    let last = channel.consumption[0] - channel.initialTokens - 1
    rest = remainder(last, total)
    guard let first = checkedProduct((last - rest) / total, count) else { return nil }
    next = first
    self.total = total
    writer = Int32(channel.source)
    reader = Int32(channel.target)
    phases = Int32(count)
    self.channel = Int32(number)
    if count > 1 {
      while rest >= tables[sums + Int(slot) + 1] {
        slot += 1
        next += 1
      }
    }
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
      let (goal, overflow) = nodes[node].goal.addingReportingOverflow(nodes[node].firings)
      if overflow { throw .overflow(quantity: "firings of the execution") }
      nodes[node].goal = goal
      nodes[node].blocker = -1
      waiting[nodeCount &- 1 &- node] = Int32(node)
    }
    var waitingCount = nodeCount
    var steps: Int64 = 0
    while waitingCount > 0 {
      waitingCount &-= 1
      let node = nodes + Int(waiting[waitingCount])
      let starts = record.map { $0 + node.pointee.place }
      let before = node.pointee.fired
      while true {
        let start = node.pointee.fired
        let stop = min(node.pointee.goal, start &+ node.pointee.chunk)
        fire(node, upTo: stop, starts)
        steps &+= (node.pointee.fired &- start) &* node.pointee.weight &+ 1
        if steps >= Self.pause {
          steps = 0
          if deadline.isPast { return .ended(.time) }
          if room > Self.roomLimit { return .ended(.memory) }
        }
        if node.pointee.fired < stop || stop == node.pointee.goal { break }
      }
      let fired = node.pointee.fired
      guard fired > before else { continue }
      for slot in node.pointee.readers {
        let number = readers[Int(slot)]
        let link = links + Int(number)
        let reader = nodes + Int(link.pointee.reader)
        if reader.pointee.blocker == number, link.pointee.next < fired {
          reader.pointee.blocker = -1
          waiting[waitingCount] = link.pointee.reader
          waitingCount &+= 1
        }
      }
    }
    let blocked = (0..<nodeCount).filter { nodes[$0].fired < nodes[$0].goal }
    return blocked.isEmpty ? .complete : .blocked(blocked)
  }

  /// Fires a node until it has fired so often or waits for a link.
  @inline(__always)
  private func fire(
    _ node: UnsafeMutablePointer<Node>, upTo stop: Int64, _ starts: UnsafeMutablePointer<Int64>?
  ) {
    let (inputs, first) = (node.pointee.inputs, node.pointee.goal &- node.pointee.firings)
    let (begin, end) = (Int(inputs.lowerBound), Int(inputs.upperBound))
    let (ringStart, ringEnd) =
      (Int(node.pointee.rings.lowerBound), Int(node.pointee.rings.upperBound))
    var phase = Int(node.pointee.phase)
    while node.pointee.fired < stop {
      var start = node.pointee.time
      for slot in begin..<end {
        let next = links[slot].next
        let ring = rings + Int(links[slot].ring)
        if next >= ring.pointee.fired {
          node.pointee.blocker = Int32(truncatingIfNeeded: slot)
          node.pointee.phase = Int32(truncatingIfNeeded: phase)
          return
        }
        if next >= 0 {
          start = max(start, ring.pointee.ends[Int(next & ring.pointee.mask)])
        }
      }
      let number = node.pointee.fired
      if let starts { starts[Int(number &- first)] = start }
      let finish = start &+ times[node.pointee.times &+ phase]
      node.pointee.time = node.pointee.isSequential ? finish : start
      node.pointee.fired = number &+ 1
      for slot in ringStart..<ringEnd { record(rings + slot, phase, finish) }
      phase &+= 1
      if phase == Int(node.pointee.phases) { phase = 0 }
      for slot in begin..<end { advance(links + slot, phase) }
    }
    node.pointee.phase = Int32(truncatingIfNeeded: phase)
  }

  /// Adds the end of the next firing, which has the given phase.
  @inline(__always)
  private func record(_ ring: UnsafeMutablePointer<Ring>, _ phase: Int, _ end: Int64) {
    if ring.pointee.rates < 0 || tables[ring.pointee.rates &+ phase] > 0 {
      ring.pointee.end = max(ring.pointee.end, end)
    }
    let number = ring.pointee.fired
    if number == ring.pointee.full { makeRoom(ring) }
    ring.pointee.ends[Int(number & ring.pointee.mask)] = ring.pointee.end
    ring.pointee.fired = number &+ 1
  }

  /// Moves a link on to its reader's next firing, which has the given phase.
  @inline(__always)
  private func advance(_ link: UnsafeMutablePointer<Link>, _ phase: Int) {
    var (whole, part) = (link.pointee.whole, link.pointee.part)
    if link.pointee.steps >= 0 {
      let step = tables + link.pointee.steps + 2 &* phase
      (whole, part) = (step[0], step[1])
    }
    var next = link.pointee.next &+ whole
    var rest = link.pointee.rest &+ part
    let total = link.pointee.total
    if link.pointee.phases == 1 {
      // No branch, since no predictor would know it.
      let carry: Int64 = rest >= total ? 1 : 0
      next &+= carry
      rest &-= total & (0 &- carry)
    } else {
      var slot = Int(link.pointee.slot)
      if rest >= total {
        rest &-= total
        next &+= Int64(link.pointee.phases) &- Int64(slot)
        slot = 0
      }
      let sums = tables + link.pointee.sums + 1
      while rest >= sums[slot] {
        slot &+= 1
        next &+= 1
      }
      link.pointee.slot = Int32(truncatingIfNeeded: slot)
    }
    link.pointee.next = next
    link.pointee.rest = rest
  }

  /// The first firing of a ring whose end a reader may still ask for; at least the last one is needed,
  /// as those to come are not below it.
  func firstNeeded(_ ring: UnsafeMutablePointer<Ring>) -> Int64 {
    var first = ring.pointee.fired &- 1
    for slot in ring.pointee.readers {
      first = min(first, links[Int(readers[Int(slot)])].next)
    }
    return max(first, 0)
  }

  /// Whether a reader may still ask for a token that was there at time 0.
  func isReadFromStart(_ ring: UnsafeMutablePointer<Ring>) -> Bool {
    ring.pointee.readers.contains { links[Int(readers[Int($0)])].next < 0 }
  }

  /// Drops the ends that are no longer needed, or doubles the ring.
  @inline(never)
  private func makeRoom(_ ring: UnsafeMutablePointer<Ring>) {
    let (first, fired, mask) = (firstNeeded(ring), ring.pointee.fired, ring.pointee.mask)
    // A ring that is nearly full would soon be so again.
    if fired &- first > mask / 2 {
      let wider = 2 &* mask &+ 1
      let larger = UnsafeMutablePointer<Int64>.allocate(capacity: Int(wider &+ 1))
      for number in first..<fired {
        larger[Int(number & wider)] = ring.pointee.ends[Int(number & mask)]
      }
      ring.pointee.ends.deallocate()
      ring.pointee.ends = larger
      ring.pointee.mask = wider
      room &+= Int(mask &+ 1)
    }
    ring.pointee.full = first &+ ring.pointee.mask &+ 1
  }

  /// A cycle of the actors that cannot finish, each of which the one behind it waits for.
  func blockingCycle(of blocked: [Int]) -> CriticalCycle {
    var seen: [Int: Int] = [:]
    var path: [(actor: Int, channel: Int)] = []
    var node = blocked[0]
    while seen[node] == nil {
      seen[node] = path.count
      let starved = nodes[node].inputs.first { slot in
        links[Int(slot)].next >= nodes[Int(links[Int(slot)].writer)].fired
      }
      guard let starved else { return CriticalCycle(actors: [node]) }
      path.append((node, Int(links[Int(starved)].channel)))
      node = Int(links[Int(starved)].writer)
    }
    let cycle = path[(seen[node] ?? 0)...].reversed()
    return CriticalCycle(actors: cycle.map(\.actor), channels: cycle.map(\.channel))
  }
}
