import Quantities

extension Platform {
  /// The way of a copy between two memories.
  package struct Route: Hashable, Sendable {
    /// The links, in the order in which they are passed; none from a memory to itself.
    package var links: [LinkID]
    /// The memories at both ends and between the links, each once. One with a bandwidth is a link, too.
    package var memories: [MemoryID]
  }

  /// The way of a copy from one memory to another: that over the fewest links; of several that on which
  /// 1,024 bytes take the least time; of several that whose links come first in the platform, and then whose
  /// memories do, seen from the end that comes first. The way back is the same. Nil where there is none.
  ///
  /// - Complexity: That of ``routes(from:)``.
  package func route(from source: MemoryID, to target: MemoryID) -> Route? {
    let route = routes(from: min(source, target))[max(source, target).index]
    return source <= target ? route : route?.reversed
  }

  /// The ways of copies between each two memories; nil where there is none.
  ///
  /// - Complexity: That of ``routes(from:)`` for each memory.
  package var routes: [[Route?]] {
    var all = memories.map { _ in [Route?](repeating: nil, count: memories.count) }
    for source in memoryIDs {
      for (target, route) in routes(from: source).enumerated() where target >= source.index {
        all[source.index][target] = route
        all[target][source.index] = route?.reversed
      }
    }
    return all
  }

  /// The ways from a memory to each other one.
  ///
  /// The time of a way is the sum of its latencies and the time of its slowest part. So for each time that may be
  /// the slowest, the least sum of latencies is sought on what is not slower.
  ///
  /// - Complexity: O(*t* · *m* · *l*) for *m* memories, *l* links between them and *t* different bandwidths.
  private func routes(from source: MemoryID) -> [Route?] {
    let probes = RouteProbes(self)
    let fewest = probes.steps(from: source, slowest: .max, in: self)
    var found = [(route: Route, time: Int64)?](repeating: nil, count: memories.count)
    for slowest in probes.times {
      let reached = probes.steps(from: source, slowest: slowest, in: self)
      for (target, step) in reached.enumerated() {
        guard let step, step.route.links.count == fewest[target]?.route.links.count else {
          continue
        }
        let time = probes.time(of: step)
        if let known = found[target],
          (known.time, known.route.order) <= (time, step.route.order)
        {
          continue
        }
        found[target] = (step.route, time)
      }
    }
    return found.map { $0?.route }
  }
}

extension Platform.Route {
  fileprivate var reversed: Self { Self(links: links.reversed(), memories: memories.reversed()) }

  /// What decides between ways that are equally good.
  fileprivate var order: RouteOrder { RouteOrder(links: links, memories: memories) }
}

/// The order of ways of equally many links: that of the first in which they differ, then of the first memory.
private struct RouteOrder: Comparable {
  var links: [LinkID]
  var memories: [MemoryID]

  static func < (left: Self, right: Self) -> Bool {
    if left.links != right.links { return left.links.lexicographicallyPrecedes(right.links) }
    return left.memories.lexicographicallyPrecedes(right.memories)
  }
}

/// How long 1,024 bytes take over each link and memory.
private struct RouteProbes {
  let links: [Int64]
  let latencies: [Int64]
  let memories: [Int64]

  /// Where a way has led so far.
  struct Step {
    var route: Platform.Route
    var latency: Int64
  }

  init(_ platform: Platform) {
    links = platform.links.map { $0.bandwidth.ticks(of: 1024) }
    latencies = platform.links.map { $0.latency.ratio.ticks() }
    memories = platform.memories.map { $0.bandwidth?.ticks(of: 1024) ?? 0 }
  }

  /// The times that the slowest part of a way may take.
  var times: [Int64] { Set(links + memories).sorted() }

  func time(of step: Step) -> Int64 {
    let slowest = max(
      step.route.links.map { links[$0.index] }.max() ?? 0,
      step.route.memories.map { memories[$0.index] }.max() ?? 0)
    return step.latency.addingReportingOverflow(slowest).overflow ? .max : step.latency + slowest
  }

  /// The ways of fewest links to each memory over what is not too slow: those of least latency, of several the
  /// first.
  func steps(from source: MemoryID, slowest: Int64, in platform: Platform) -> [Step?] {
    var reached = [Step?](repeating: nil, count: memories.count)
    guard memories[source.index] <= slowest else { return reached }
    reached[source.index] = Step(
      route: Platform.Route(links: [], memories: [source]), latency: 0)
    var frontier = [source]
    while !frontier.isEmpty {
      var next: [MemoryID: Step] = [:]
      for memory in frontier {
        guard let step = reached[memory.index] else { continue }
        for link in platform.linkIDs
        where links[link.index] <= slowest && platform[link].memories.contains(memory) {
          for other in platform[link].memories
          where reached[other.index] == nil && memories[other.index] <= slowest {
            let longer = step.over(link, to: other, latency: latencies[link.index])
            guard let known = next[other] else {
              next[other] = longer
              continue
            }
            if (longer.latency, longer.route.order) < (known.latency, known.route.order) {
              next[other] = longer
            }
          }
        }
      }
      for (memory, step) in next { reached[memory.index] = step }
      frontier = next.keys.sorted()
    }
    return reached
  }
}

extension RouteProbes.Step {
  fileprivate func over(_ link: LinkID, to memory: MemoryID, latency: Int64) -> Self {
    let (sum, overflow) = self.latency.addingReportingOverflow(latency)
    return Self(
      route: Platform.Route(links: route.links + [link], memories: route.memories + [memory]),
      latency: overflow ? .max : sum)
  }
}
