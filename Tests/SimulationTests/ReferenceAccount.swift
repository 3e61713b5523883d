import Dataflow
import MappingModel
import PlatformModel

/// What a placement asks for, from the definitions of docs/simulation.md alone: the slow way, that the account of
/// a placement and the profile of a schedule are compared with.
struct ReferenceAccount {
  let problem: MappingProblem
  let placement: Placement

  var memoryCount: Int { problem.platform.memories.count + problem.platform.elements.count }

  /// The memory that an element's weights lie in; the own ones of elements are numbered behind the platform's.
  func weightMemory(_ element: Int) -> Int {
    let unit = problem.platform.elements[element]
    return unit.type.access == .copied
      ? problem.platform.memories.count + element : unit.dataMemory.index
  }

  /// The bytes of weights in each memory: a tensor that several blocks there use is counted with the first.
  func weights() -> [Int] {
    var bytes = Array(repeating: 0, count: memoryCount)
    for memory in bytes.indices {
      var tensors: Set<Int> = []
      for (block, element) in placement.elements.enumerated()
      where element >= 0 && weightMemory(element) == memory {
        bytes[memory] += problem.uses[block][element]?.weightBytes ?? 0
        guard block < problem.sharedWeights.uses.count else { continue }
        for use in problem.sharedWeights.uses[block] where !tensors.insert(use.tensor).inserted {
          bytes[memory] -= use.bytes[element]
        }
      }
    }
    return bytes
  }

  /// The memory that a channel lies in.
  func memory(ofChannel index: Int) -> Int {
    if let chosen = placement.memories[index] { return chosen }
    let channel = problem.graph.channels[index]
    let elements = problem.platform.elements
    let source = placement.elements[channel.source.index]
    if source >= 0 { return elements[source].dataMemory.index }
    let input = problem.graph.channels.firstIndex {
      $0.destination == channel.source && !$0.isSelfEdge
    }
    if let input { return memory(ofChannel: input) }
    let reader = placement.elements[channel.destination.index]
    return reader >= 0 ? elements[reader].dataMemory.index : 0
  }

  /// The bytes of so many tokens of a channel, rounded up.
  func bytes(_ tokens: Int64, ofChannel index: Int) -> Int {
    let (channel, traits) = (problem.graph.channels[index], problem.channels[index])
    let source = placement.elements[channel.source.index]
    let target = placement.elements[channel.destination.index]
    let whole =
      target >= 0
      ? traits.readBytes[target]
      : source >= 0 ? traits.writtenBytes[source] : traits.readBytes.max() ?? 0
    return Int((Double(tokens) * Double(whole) / Double(max(1, traits.tokens))).rounded(.up))
  }

  /// The bytes of each memory where each channel holds some tokens.
  func memories(_ tokens: (_ channel: Int) -> Int64) -> [Int] {
    var bytes = weights()
    for index in problem.graph.channels.indices {
      bytes[memory(ofChannel: index)] += self.bytes(tokens(index), ofChannel: index)
    }
    return bytes
  }
}

extension ReferenceAccount {
  /// The tokens that have room in a channel at the end of an instant: the initial ones and those of firings that
  /// have started, less those of firings that have set their room free.
  func tokens(ofChannel index: Int, in schedule: MappingSchedule, at time: Int64) -> Int64 {
    let channel = problem.graph.channels[index]
    var tokens = channel.initialTokens
    for firing in schedule.firings {
      if firing.block == channel.source.index, firing.start <= time {
        tokens += channel.production[firing.phase % channel.production.count]
      }
      guard firing.block == channel.destination.index else { continue }
      let copy = schedule.segments[firing.segments].first {
        $0.kind == .read && $0.channels.contains(index)
      }
      if let end = copy?.end ?? firing.end, end <= time {
        tokens -= channel.consumption[firing.phase % channel.consumption.count]
      }
    }
    return tokens
  }
}
