package import CostModel
package import Dataflow
import MappingModel
package import PlatformModel
import Quantities

extension MappingProblem {
  /// What there is to map of a dataflow graph. Tokens have the sizes that the graph gives, in bytes.
  ///
  /// - Parameters:
  ///   - times: What an inference of an actor takes on an element or a type of elements. An actor
  ///     without an entry takes its own execution times, ticks of a picosecond, on every element;
  ///     where it has entries, it runs only on what they name.
  /// - Throws: ``DataflowError`` for an inconsistent graph, numbers that do not fit, or an actor without
  ///   entries whose own times are no whole ticks.
  package init(
    _ graph: CSDFGraph, _ platform: Platform, times: MeasuredTimes?, buffers: BufferPolicy
  ) throws(DataflowError) {
    let firings = try RepetitionVector(of: graph).firings
    var uses: [[Use?]] = []
    for actor in graph.actors {
      let measured = platform.elements.map { times?.entry(named: actor.name, on: $0) }
      let isMeasured = measured.contains { $0 != nil }
      let own = isMeasured ? [] : try actor.wholeTimes(in: graph.timeUnit)
      uses.append(
        zip(platform.elements, measured).map { element, entry in
          if let entry {
            return Use(
              roofline: Roofline(computing: .zero, measured: entry.seconds),
              power: element.type.activePower, energy: entry.energy)
          }
          guard !isMeasured else { return nil }
          return Use(
            roofline: Roofline(computing: .zero), phaseTicks: own,
            power: element.type.activePower)
        })
    }
    var traits: [ChannelTraits] = []
    for (index, channel) in graph.channels.enumerated() {
      let rounds = firings[channel.source.index] / Int64(channel.production.count)
      let produced = channel.production.reduce(Int128(0)) { $0 + Int128($1) } * Int128(rounds)
      guard let tokens = Int64(exactly: produced),
        let bytes = Int(exactly: produced * Int128(channel.tokenSize))
      else { throw .overflow(quantity: "tokens of channel \(channel.name)") }
      let all = [Int](repeating: bytes, count: platform.elements.count)
      traits.append(
        ChannelTraits(readBytes: all, writtenBytes: all, tokens: tokens, tensor: index))
    }
    try self.init(
      graph: graph, platform: platform, uses: uses, channels: traits,
      capacities: try Self.graphCapacities(of: graph, buffers))
  }

  /// The strictly periodic schedule knows acyclic graphs only; channels of others hold the initial tokens
  /// and two inferences.
  private static func graphCapacities(
    of graph: CSDFGraph, _ buffers: BufferPolicy
  ) throws(DataflowError) -> [Int64] {
    guard buffers == .periodic else { return try capacities(of: graph, buffers) }
    do {
      return try capacities(of: graph, .periodic)
    } catch {
      return try capacities(of: graph, .inferences(2))
    }
  }
}

extension CSDFGraph.Actor {
  /// The times in whole units.
  fileprivate func wholeTimes(in unit: TimeUnit) throws(DataflowError) -> [Int64] {
    if let time = executionTimes.first(where: { $0 % unit.ticks != 0 }) {
      throw .brokenTime(actor: name, time: unit.decimal(time))
    }
    return unit == .tick ? executionTimes : executionTimes.map { $0 / unit.ticks }
  }
}
