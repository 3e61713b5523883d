import Dataflow
import MappingModel
import PlatformModel
import Quantities

extension MappingProblem {
  /// A graph whose actors take their own times on every element, times the slowness of the element.
  ///
  /// - Parameters:
  ///   - slowness: For each element by what its times are multiplied; its power falls as its square.
  ///   - capacities: For each channel the tokens it holds.
  static func streamed(
    _ graph: CSDFGraph, slowness: [Int64], capacities: [Int64], times: [[Int64]]? = nil
  ) throws -> MappingProblem {
    let types = slowness.enumerated().map { index, slowness in
      CoreType(
        name: "t\(index)", kind: .processor, operators: [],
        activePower: Watts(1 / Double(slowness * slowness)))
    }
    let platform = try Platform(
      name: "p",
      elements: types.enumerated().map {
        Element(name: "e\($0)", type: $1, dataMemory: MemoryID(0))
      }, memories: [Memory(name: "m", capacity: 1 << 30)], links: [])
    let bytes = [Int](repeating: 1, count: slowness.count)
    let firings = try RepetitionVector(of: graph).firings
    return try MappingProblem(
      graph: graph, platform: platform,
      uses: graph.actors.enumerated().map { block, actor in
        types.indices.map { element in
          Use(
            roofline: Roofline(computing: .zero),
            phaseTicks: times.map { [$0[block][element]] }
              ?? actor.executionTimes.map { $0 * slowness[element] },
            power: types[element].activePower)
        }
      },
      channels: graph.channels.enumerated().map { index, channel in
        let sum = channel.production.reduce(0, +)
        let rounds = firings[channel.source.index] / Int64(channel.production.count)
        return .init(readBytes: bytes, writtenBytes: bytes, tokens: sum * rounds, tensor: index)
      }, capacities: capacities)
  }

  /// A chain of actors with one firing each.
  static func chain(_ times: [Int64]) throws -> CSDFGraph {
    try CSDFGraph(
      name: "chain",
      actors: times.enumerated().map { .init(name: "b\($0)", executionTimes: [$1]) },
      channels: (1..<times.count).map {
        .init(
          name: "c\($0)", source: .init($0 - 1), destination: .init($0), production: [1],
          consumption: [1], initialTokens: 0)
      })
  }
}
