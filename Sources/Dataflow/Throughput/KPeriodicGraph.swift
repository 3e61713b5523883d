import GraphAlgorithms

/// The constraints of a K-periodic schedule of a component as a ``RatioGraph``: nodes are the
/// firings of *K* rounds of each actor, and the maximum cycle ratio is the least period.
///
/// Source: Bodin, Munier-Kordon, Dupont de Dinechin 2016, "Optimal and fast throughput evaluation of
/// CSDF", DAC, DOI 10.1145/2897937.2898056: a firing *p* of the source must end before a firing *p'*
/// of the reader starts, *x/T* periods apart, where *x* is the least multiple of
/// *g = gcd(i', o')* that is at least *M0 + I(p − 1) + 1 − O(p')*. Where the paper has an arc for
/// every pair of firings we have one node for each residue of *O(p')* modulo *g*: as many arcs as
/// firings.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *K* | `rounds` |
/// | *q* | `DataflowComponent.Actor.cycles` |
/// | *M0* | `initialTokens` |
/// | *i'*, *o'* | `End.total` of the source and of the reader |
/// | *I(p − 1)*, *O(p')* | `before` and `after` of a firing in `End.firings` |
/// | *g* | `Link.divisor` |
/// | *x/T* | `height` of an arc, over `scale` |
struct KPeriodicGraph {
  private(set) var graph: RatioGraph
  /// The actor of each node; nodes beyond are residues.
  private(set) var owners: [Int32] = []
  /// Where the arcs of each channel begin.
  private var channelStarts: [Int64] = []
  /// The height of one period.
  private(set) var scale: Int64

  private let component: DataflowComponent
  private let rounds: [Int64]
  private var offsets: [Int] = []

  /// Builds the graph for *K* = `rounds`, which must divide the actors' cycles.
  ///
  /// - Returns: nil where its numbers do not fit.
  init?(_ component: DataflowComponent, rounds: [Int64]) {
    self.component = component
    self.rounds = rounds
    var scale: Int64 = 1
    for (actor, count) in zip(component.actors, rounds) {
      guard let next = leastCommonMultiple(scale, actor.cycles / count) else { return nil }
      scale = next
    }
    self.scale = scale
    var count = 0
    for (index, actor) in component.actors.enumerated() {
      offsets.append(count)
      let firings = actor.times.count * Int(rounds[index])
      count += firings
      owners.append(contentsOf: repeatElement(Int32(index), count: firings))
    }
    graph = RatioGraph(nodeCount: count)
    for index in component.actors.indices { addOrder(of: index) }
    channelStarts.reserveCapacity(component.channels.count)
    for index in component.channels.indices {
      channelStarts.append(Int64(graph.arcs.count))
      guard add(index) else { return nil }
    }
  }

  /// The channel whose tokens an arc stands for, if it does.
  func channel(ofArc arc: Int) -> Int? {
    let behind = channelStarts.firstSlot { $0 > Int64(arc) }
    return behind == 0 ? nil : behind - 1
  }

  private func firings(of actor: Int) -> Int {
    component.actors[actor].times.count * Int(rounds[actor])
  }

  private func time(_ actor: Int, _ firing: Int) -> Int64 {
    let count = component.actors[actor].times.count
    return component.actors[actor].times[count == 1 ? 0 : firing % count]
  }

  /// The periods between a firing and itself one round of *K* later.
  private func period(of actor: Int) -> Int64 {
    scale / (component.actors[actor].cycles / rounds[actor])
  }

  /// Firings of an actor start in order; those of a sequential one do not overlap.
  private mutating func addOrder(of actor: Int) {
    let count = firings(of: actor)
    let isSequential = component.actors[actor].isSequential
    guard isSequential || count > 1 else { return }
    for firing in 0..<count {
      let isLast = firing == count - 1
      graph.add(
        RatioGraph.Arc(
          offsets[actor] + firing, offsets[actor] + (isLast ? 0 : firing + 1),
          cost: isSequential ? time(actor, firing) : 0, height: isLast ? period(of: actor) : 0))
    }
  }

  /// What one end of a channel does in *K* rounds: the firings that touch it, and the tokens up to
  /// and including each.
  private struct End {
    var firings: [(firing: Int, before: Int64, after: Int64)] = []
    var total: Int64 = 0

    init?(_ rates: [Int64], rounds: Int64) {
      let count = rates.count * Int(rounds)
      firings.reserveCapacity(count)
      for firing in 0..<count {
        let rate = rates[firing % rates.count]
        let (next, overflow) = total.addingReportingOverflow(rate)
        if overflow { return nil }
        if rate > 0 { firings.append((firing, total, next)) }
        total = next
      }
    }
  }

  /// Adds what a channel between actors of one firing each asks for: a single arc.
  private mutating func addSingle(_ index: Int, _ source: Int, _ target: Int) -> Bool {
    let written = component.channels[index].production[0]
    let read = component.channels[index].consumption[0]
    let divisor = written == read ? written : greatestCommonDivisor(written, read)
    let (sourceShare, targetShare) =
      (component.actors[source].cycles, component.actors[target].cycles)
    guard let multiple = leastCommonMultiple(sourceShare, targetShare),
      let first = checkedSum(component.channels[index].initialTokens, 1),
      let height = checkedProduct(ceilingQuotient(first - read, divisor), scale / multiple)
    else { return false }
    graph.add(
      RatioGraph.Arc(offsets[source], offsets[target], cost: time(source, 0), height: height))
    return true
  }

  private mutating func add(_ index: Int) -> Bool {
    let (from, to) = (component.channels[index].source, component.channels[index].target)
    if firings(of: from) == 1, firings(of: to) == 1 { return addSingle(index, from, to) }
    let channel = component.channels[index]
    guard let source = End(channel.production, rounds: rounds[channel.source]),
      let target = End(channel.consumption, rounds: rounds[channel.target])
    else { return false }
    let divisor = greatestCommonDivisor(source.total, target.total)
    let sourceShare = component.actors[channel.source].cycles / rounds[channel.source]
    let targetShare = component.actors[channel.target].cycles / rounds[channel.target]
    guard let multiple = leastCommonMultiple(sourceShare, targetShare) else { return false }
    let link = Link(
      channel: channel, divisor: divisor, unit: scale / multiple, source: offsets[channel.source],
      target: offsets[channel.target])
    // A pair of firings needs an arc of its own where there are few.
    if source.firings.count * target.firings.count <= source.firings.count + target.firings.count {
      return addPairs(link, source, target)
    }
    return addResidues(link, source, target)
  }

  private struct Link {
    var channel: DataflowComponent.Channel
    /// The greatest common divisor of the tokens of both ends.
    var divisor: Int64
    /// The height of a number of tokens.
    var unit: Int64
    var source: Int
    var target: Int

    /// The height of a multiple of the divisor.
    func height(_ multiple: Int64) -> Int64? { checkedProduct(multiple, unit) }

    /// The tokens up to the first that a firing writes, those at the start included.
    func first(_ before: Int64) -> Int64? {
      checkedSum(before, channel.initialTokens).flatMap { checkedSum($0, 1) }
    }
  }

  private mutating func addPairs(_ link: Link, _ source: End, _ target: End) -> Bool {
    for (firing, before, _) in source.firings {
      guard let first = link.first(before) else { return false }
      let cost = time(link.channel.source, firing)
      for (reader, _, after) in target.firings {
        guard let height = link.height(ceilingQuotient(first - after, link.divisor)) else {
          return false
        }
        graph.add(
          RatioGraph.Arc(link.source + firing, link.target + reader, cost: cost, height: height))
      }
    }
    return true
  }

  /// A chain of nodes, one for each residue that a reader has: a writer enters at the first that is
  /// not below its own, and whoever runs past the end has gone one divisor further.
  private mutating func addResidues(_ link: Link, _ source: End, _ target: End) -> Bool {
    let divisor = link.divisor
    let residues = Set(target.firings.map { $0.after % divisor }).sorted()
    let nodes = residues.map { _ in graph.addNode() }
    func slot(_ residue: Int64) -> Int { residues.firstSlot { $0 >= residue } }
    for index in nodes.indices.dropLast() {
      graph.add(RatioGraph.Arc(nodes[index], nodes[index + 1], cost: 0, height: 0))
    }
    if nodes.count > 1, let last = nodes.last {
      guard let height = link.height(1) else { return false }
      graph.add(RatioGraph.Arc(last, nodes[0], cost: 0, height: height))
    }
    for (firing, before, _) in source.firings {
      guard let first = link.first(before) else { return false }
      let entry = slot(first % divisor)
      let isPast = entry == residues.count
      guard let height = link.height(first / divisor + (isPast ? 1 : 0)) else { return false }
      graph.add(
        RatioGraph.Arc(
          link.source + firing, nodes[isPast ? 0 : entry], cost: time(link.channel.source, firing),
          height: height))
    }
    for (reader, _, after) in target.firings {
      guard let height = link.height(after / divisor) else { return false }
      graph.add(
        RatioGraph.Arc(nodes[slot(after % divisor)], link.target + reader, cost: 0, height: -height)
      )
    }
    return true
  }
}

/// The least integer that is not below a quotient with a positive divisor.
private func ceilingQuotient(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value > quotient * divisor ? quotient + 1 : quotient
}

extension [Int64] {
  /// The first place in a sorted list whose element has a property that all after it have.
  fileprivate func firstSlot(where isBehind: (Int64) -> Bool) -> Int {
    var (lower, upper) = (0, count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if isBehind(self[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}

extension RatioGraph {
  /// The maximum cycle ratio; unbounded where firings wait for each other.
  ///
  /// Firings without a time that wait for each other cost nothing, so that they only show where the
  /// arcs that cost nothing are looked at by themselves.
  func leastPeriod(
    hasInstantActors: Bool, until deadline: Deadline, counting steps: inout Int,
    upTo stepLimit: Int = .max
  ) -> MaximumCycleRatio {
    guard hasInstantActors else {
      return maximumCycleRatio(until: deadline, counting: &steps, upTo: stepLimit)
    }
    var instant = RatioGraph(nodeCount: nodeCount)
    var numbers: [Int] = []
    for (number, var arc) in arcs.enumerated() where arc.cost == 0 {
      arc.cost = 1
      instant.add(arc)
      numbers.append(number)
    }
    let found = instant.maximumCycleRatio(until: deadline, counting: &steps, upTo: stepLimit)
    switch found {
    case .unbounded(let cycle): return .unbounded(cycle: cycle.map { numbers[$0] })
    case .interrupted: return .interrupted
    case .none, .ratio, .overflow: break
    }
    return maximumCycleRatio(until: deadline, counting: &steps, upTo: stepLimit)
  }
}
