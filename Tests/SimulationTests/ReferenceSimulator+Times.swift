import MappingModel
import PlatformModel
import Quantities

/// How long things take and which way they go, by the rules of docs/simulation.md and with nothing of the product
/// but the figures of the platform.
extension ReferenceSimulator {
  /// The resources of the best of all ways between two memories that pass no memory twice.
  func way(from source: Int, to target: Int) -> Set<Int> {
    let (first, last) = (min(source, target), max(source, target))
    let best = ways(from: [first], [], to: last).min { $0.rank.lexicographicallyPrecedes($1.rank) }
    return best!.resources
  }

  private func ways(
    from memories: [Int], _ links: [Int], to target: Int
  ) -> [(rank: [Int], resources: Set<Int>)] {
    let platform = problem.platform
    if memories.last == target {
      let limited = platform.memories.indices.filter { platform.memories[$0].bandwidth != nil }
      let resources =
        links
        + memories.compactMap { memory in
          limited.firstIndex(of: memory).map { platform.links.count + $0 }
        }
      let times =
        links.map { ticks(of: 1024, over: platform.links[$0].bandwidth) }
        + memories.compactMap { platform.memories[$0].bandwidth }.map { ticks(of: 1024, over: $0) }
      let latency = links.reduce(0) { $0 + ticks(of: platform.links[$1].latency) }
      let time = Int(latency + (times.max() ?? 0))
      return [([links.count, time] + links + memories, Set(resources))]
    }
    return platform.links.indices.flatMap { link -> [(rank: [Int], resources: Set<Int>)] in
      let reached = platform.links[link].memories.map(\.index)
      guard reached.contains(memories.last!) else { return [] }
      return reached.filter { !memories.contains($0) }.flatMap {
        ways(from: memories + [$0], links + [link], to: target)
      }
    }
  }

  /// The ticks of bytes, rounded up.
  func ticks(of bytes: Int, over bandwidth: BytesPerSecond) -> Int64 {
    var (top, bottom) = (Int128(bytes) * 1_000_000_000_000, bandwidth.number.digits)
    for _ in 0..<max(0, -bandwidth.number.exponent) { top *= 10 }
    for _ in 0..<max(0, bandwidth.number.exponent) { bottom *= 10 }
    return Int64((top + bottom - 1) / bottom)
  }

  /// The ticks of a latency, rounded up.
  func ticks(of latency: StatedSeconds) -> Int64 {
    var (top, bottom) = (latency.number.digits * 1_000_000_000_000, Int128(1))
    for _ in 0..<max(0, -latency.number.exponent) { bottom *= 10 }
    for _ in 0..<max(0, latency.number.exponent) { top *= 10 }
    return Int64((top + bottom - 1) / bottom)
  }

  /// The ticks of an inference of a block without overhead: as its longest part is what counts, all may be
  /// rounded up.
  func inferenceTicks(_ use: MappingProblem.Use, copied: Int, written: Int) -> Int64 {
    let roofline = use.roofline
    precondition(roofline.overhead == .zero)
    let computing = roofline.measured ?? roofline.computing
    let (top, bottom) = (computing.numerator * 1_000_000_000_000, computing.denominator)
    var parts = [Int64((top + bottom - 1) / bottom)]
    if let ports = roofline.ports, roofline.measured == nil {
      let streams = [
        (roofline.inputBytes - copied, ports.activationsIn),
        (roofline.weightBytes, ports.weightsIn),
        (roofline.outputBytes - written, ports.outputOut),
      ]
      for (bytes, port) in streams where bytes > 0 {
        if let bandwidth = port.bandwidth { parts.append(ticks(of: bytes, over: bandwidth)) }
      }
    }
    return parts.max()!
  }
}
