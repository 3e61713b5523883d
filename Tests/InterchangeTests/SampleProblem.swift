import Dataflow
import MappingModel
import PlatformModel
import Quantities

/// Problems on a platform of three elements: two of one type that copy over a bus, and one that streams
/// from a memory of its own.
enum SampleProblem {
  static func platform() throws -> Platform {
    let memories = [
      Memory(name: "DDR", capacity: 1 << 20, bandwidth: BytesPerSecond(1e12)),
      Memory(name: "on chip", capacity: 4096),
    ]
    let links = [
      Link(
        name: "bus", bandwidth: BytesPerSecond(0.5e12), latency: StatedSeconds(3e-12),
        memories: [MemoryID(0), MemoryID(1)])
    ]
    let bus = Element.Port(bandwidth: links[0].bandwidth, link: LinkID(0))
    func type(_ name: String, _ access: CoreType.Access) -> CoreType {
      CoreType(
        name: name, kind: .processor, operators: [], activePower: Watts(1), access: access)
    }
    let ports = Element.Ports(activationsIn: bus, outputOut: bus)
    return try Platform(
      name: "sample",
      elements: [
        Element(name: "cpu 0", type: type("CPU", .copied), dataMemory: MemoryID(0), ports: ports),
        Element(name: "cpu 1", type: type("CPU", .copied), dataMemory: MemoryID(0), ports: ports),
        Element(name: "DSP/1", type: type("class", .streamed), dataMemory: MemoryID(1)),
      ], memories: memories, links: links)
  }

  /// A graph on the platform; the time of block *b* is (*b* + 1)·(*element* + 5) ticks for each phase.
  ///
  /// - Parameter free: Blocks that take no time.
  static func problem(_ graph: CSDFGraph, free: Set<Int> = []) throws -> MappingProblem {
    let platform = try platform()
    return try MappingProblem(
      graph: graph, platform: platform,
      uses: graph.actors.indices.map { block in
        if free.contains(block) { return [] }
        return platform.elements.indices.map { element in
          if block == 1, element == 2 { return nil }
          let slow = element == 2 ? 7 : 5
          return MappingProblem.Use(
            roofline: Roofline(computing: .zero),
            phaseTicks: Array(
              repeating: Int64((block + 1) * slow), count: Int(graph.phaseCounts[block])))
        }
      },
      channels: graph.channels.indices.map {
        .init(readBytes: [64, 64, 64, 64], writtenBytes: [64, 64, 64, 64], tokens: 64, tensor: $0)
      },
      capacities: graph.channels.map { $0.initialTokens + 200 })
  }
}
