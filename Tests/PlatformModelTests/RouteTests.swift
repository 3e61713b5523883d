import PlatformModel
import Quantities
import RandomNumbers
import Testing

@Suite("The way between two memories")
struct RouteTests {
  private static let type = CoreType(
    name: "t", kind: .processor, operators: [], activePower: .zero)

  private static func platform(_ memories: [Memory], _ links: [Link]) throws -> Platform {
    try Platform(
      name: "p", elements: [Element(name: "e", type: type, dataMemory: MemoryID(0))],
      memories: memories, links: links)
  }

  private static func link(
    _ name: String, _ bandwidth: Double, latency: Double = 0, _ memories: [Int]
  ) -> Link {
    Link(
      name: name, bandwidth: BytesPerSecond(bandwidth), latency: StatedSeconds(latency),
      memories: memories.map { MemoryID($0) })
  }

  private static func memories(_ bandwidths: [Double?]) -> [Memory] {
    bandwidths.enumerated().map {
      Memory(name: "m\($0)", capacity: 1 << 30, bandwidth: $1.map { BytesPerSecond($0) })
    }
  }

  /// - Parameter links: The links from the first memory to the last.
  @Test(
    "has the fewest links, then the least time of 1,024 bytes, then what comes first in the file",
    arguments: [
      // A slow direct link goes before two fast ones.
      (
        [nil, nil, nil],
        [link("slow", 1, [0, 2]), link("a", 1e12, [0, 1]), link("b", 1e12, [1, 2])], [0]
      ),
      // The bandwidth of the slowest part counts, be it of a memory between.
      (
        [nil, nil, nil, nil],
        [link("a", 1e9, [0, 1]), link("b", 1e12, [1, 3]), link("c", 1e10, [0, 2, 3])], [2]
      ),
      (
        [nil, 1e9, nil, nil],
        [
          link("a", 1e12, [0, 1]), link("b", 1e12, [1, 3]), link("c", 1e10, [0, 2]),
          link("d", 1e10, [2, 3]),
        ], [2, 3]
      ),
      // Latencies add, and may outweigh a bandwidth: 1,024 bytes take 1 µs and 2 ps here, 102.4 ns there.
      (
        [nil, nil, nil, nil],
        [
          link("a", 1e12, latency: 1e-6, [0, 1]), link("b", 1e12, latency: 2e-12, [1, 3]),
          link("c", 1e10, [0, 2]), link("d", 1e10, [2, 3]),
        ], [2, 3]
      ),
      // Equal ones in the order of the file.
      ([nil, nil], [link("a", 1e10, [0, 1]), link("b", 1e10, [1, 0])], [0]),
      (
        [nil, nil, nil, nil],
        [
          link("a", 1e10, [2, 3]), link("b", 1e10, [0, 1]), link("c", 1e10, [0, 2]),
          link("d", 1e10, [1, 3]),
        ],
        [1, 3]
      ),
      // A bandwidth at an end is the same for all ways, and hides what is faster.
      ([1e6, nil], [link("a", 1e9, [0, 1]), link("b", 1e10, [0, 1])], [0]),
    ] as [([Double?], [Link], [Int])])
  func choice(bandwidths: [Double?], links: [Link], expected: [Int]) throws {
    let platform = try Self.platform(Self.memories(bandwidths), links)
    let (first, last) = (MemoryID(0), MemoryID(bandwidths.count - 1))
    let route = try #require(platform.route(from: first, to: last))
    #expect(route.links.map(\.index) == expected)
    #expect(route.memories.first == first && route.memories.last == last)
    let back = try #require(platform.route(from: last, to: first))
    #expect(back.links == route.links.reversed() && back.memories == route.memories.reversed())
  }

  @Test("does not lead where no links lead, and is empty from a memory to itself")
  func none() throws {
    let platform = try Self.platform(Self.memories([nil, 1e9, nil]), [Self.link("a", 1, [0, 1])])
    #expect(platform.route(from: MemoryID(0), to: MemoryID(2)) == nil)
    let stay = try #require(platform.route(from: MemoryID(1), to: MemoryID(1)))
    #expect(stay.links.isEmpty && stay.memories == [MemoryID(1)])
  }

  /// All ways without a memory twice are written down, and the best of them is taken.
  @Test("is the best of all that there are")
  func bruteForce() throws {
    for seed in 0..<400 {
      var random = SplitMix64(seed: UInt64(seed) &* 0x9E37_79B9)
      let count = Int.random(in: 2...5, using: &random)
      let memories = Self.memories(
        (0..<count).map { _ in [nil, nil, 1e10, 3e9].randomElement(using: &random)! })
      let links = (0..<Int.random(in: 1...6, using: &random)).map { index in
        Self.link(
          "l\(index)", [1e9, 3e9, 1e10].randomElement(using: &random)!,
          latency: [0, 0, 1e-7, 1.5e-12].randomElement(using: &random)!,
          (0..<count).filter { _ in Int.random(in: 0..<5, using: &random) < 2 }.shuffled(
            using: &random))
      }
      let platform = try Self.platform(memories, links)
      for source in 0..<count {
        for target in source..<count {
          let best = Self.ways(from: [source], [], to: target, platform).min {
            $0.rank.lexicographicallyPrecedes($1.rank)
          }
          let found = platform.route(from: MemoryID(source), to: MemoryID(target))
          #expect(found?.links.map(\.index) == best?.links, "seed \(seed): \(source) \(target)")
          #expect(found?.memories.map(\.index) == best?.memories, "seed \(seed)")
          let back = platform.route(from: MemoryID(target), to: MemoryID(source))
          #expect(back?.links.map(\.index) == best?.links.reversed())
          #expect(back == platform.routes[target][source])
        }
      }
    }
  }

  private struct Way {
    var memories: [Int]
    var links: [Int]
    /// Fewest links, time, links, memories.
    var rank: [Int]
  }

  private static func ways(
    from memories: [Int], _ links: [Int], to target: Int, _ platform: Platform
  ) -> [Way] {
    if memories.last == target {
      // All figures above are whole ticks for 1,024 bytes, or one and a half for a latency.
      let times =
        links.map { 1024e12 / platform.links[$0].bandwidth.value }
        + memories.compactMap { platform.memories[$0].bandwidth }.map { 1024e12 / $0.value }
      let latency = links.reduce(0) {
        $0 + Int((platform.links[$1].latency.value * 1e12 - 1e-6).rounded(.up))
      }
      let time = latency + Int(((times.max() ?? 0) - 1e-3).rounded(.up))
      return [
        Way(memories: memories, links: links, rank: [links.count, time] + links + memories)
      ]
    }
    return platform.links.indices.flatMap { link -> [Way] in
      let reached = platform.links[link].memories.map(\.index)
      guard reached.contains(memories.last!) else { return [] }
      return reached.filter { !memories.contains($0) }.flatMap {
        ways(from: memories + [$0], links + [link], to: target, platform)
      }
    }
  }
}
