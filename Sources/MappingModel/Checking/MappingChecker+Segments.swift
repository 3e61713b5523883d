import Dataflow
import PlatformModel
import Quantities

/// Which parts a firing has, and how long they take.
extension MappingChecker {
  /// A part that a firing must have.
  struct Part: Equatable {
    var kind: MappingSchedule.Segment.Kind
    var channels: Set<Int>
    var resources: UInt64
    /// The ticks; of an execution those of a whole inference.
    var ticks: Int64
  }

  func segmentFaults(_ schedule: MappingSchedule) -> [String] {
    var known: [[Int]: [Part]] = [:]
    for firing in schedule.firings where firing.element >= 0 {
      let key = [firing.block, firing.phase]
      let parts = known[key] ?? self.parts(of: firing.block, phase: firing.phase)
      known[key] = parts
      if let fault = fault(of: firing, parts, schedule) {
        return ["\(problem.graph.actors[firing.block].name), firing \(firing.number): \(fault)"]
      }
    }
    return []
  }

  private func fault(
    of firing: MappingSchedule.Firing, _ parts: [Part], _ schedule: MappingSchedule
  ) -> String? {
    let segments = schedule.segments[firing.segments]
    guard segments.count == parts.count || firing.end == nil && segments.count < parts.count else {
      return "it has \(segments.count) parts, expected \(parts.count)"
    }
    var time = firing.start
    for (segment, part) in zip(segments, parts) {
      let ticks = part.kind == .execute ? share(of: part.ticks, firing) : part.ticks
      guard segment.kind == part.kind, Set(segment.channels) == part.channels,
        segment.resources == part.resources
      else { return "a \(segment.kind.rawValue) is not the \(part.kind.rawValue) that is due" }
      guard segment.requested == time, segment.start >= time,
        part.kind != .execute || segment.start == time
      else { return "a \(segment.kind.rawValue) does not follow what was before it" }
      guard segment.end - segment.start == ticks else {
        return "a \(segment.kind.rawValue) takes \(segment.end - segment.start), expected \(ticks)"
      }
      time = segment.end
    }
    if let end = firing.end, end != time { return "it ends at \(end), its parts at \(time)" }
    return nil
  }

  /// The parts of a firing: reads, the execution, writes.
  func parts(of block: Int, phase: Int) -> [Part] {
    let element = placement.elements[block]
    let graph = problem.graph
    var (reads, writes): ([Part], [Part]) = ([], [])
    var (written, copiedIn): ([Int: (channels: Set<Int>, memory: Int)], Int) = ([:], 0)
    for index in channelsOfBlock[block] {
      let channel = graph.channels[index]
      if channel.destination.index == block, let memory = copyMemory(index, isRead: true) {
        copiedIn += problem.channels[index].readBytes[element]
        let rate = channel.consumption[phase % channel.consumption.count]
        guard rate > 0 else { continue }
        reads.append(part(.read, [index], memory, rate, element))
      }
      if channel.source.index == block, let memory = copyMemory(index, isRead: false) {
        written[index] = ([index], memory)
        let rate = channel.production[phase % channel.production.count]
        guard rate > 0 else { continue }
        let part = part(.write, [index], memory, rate, element)
        let same = writes.firstIndex { other in
          other.channels.contains {
            problem.channels[$0].tensor == problem.channels[index].tensor
              && written[$0]?.memory == memory
          }
        }
        if let same { writes[same].channels.insert(index) } else { writes.append(part) }
      }
    }
    let execution = Part(
      kind: .execute, channels: [], resources: 0,
      ticks: executionTicks(block, element, copiedIn, Set(written.keys)))
    return reads + [execution] + writes
  }

  /// The memory that a channel is copied from or to; nil where it is not.
  private func copyMemory(_ index: Int, isRead: Bool) -> Int? {
    let channel = problem.graph.channels[index]
    let (own, other) =
      isRead
      ? (channel.destination.index, channel.source.index)
      : (channel.source.index, channel.destination.index)
    let element = problem.platform.elements[placement.elements[own]]
    let memory = problem.memory(ofChannel: index, in: placement)
    let isCopied =
      element.type.access == .copied
      ? placement.elements[other] != placement.elements[own] : memory != element.dataMemory.index
    return isCopied ? memory : nil
  }

  private func part(
    _ kind: MappingSchedule.Segment.Kind, _ channels: Set<Int>, _ memory: Int, _ rate: Int64,
    _ element: Int
  ) -> Part {
    let index = channels.first ?? 0
    let channel = problem.graph.channels[index]
    let unit = problem.platform.elements[element]
    let isRead = kind == .read
    let own = unit.dataMemory.index
    var route = Set(
      (isRead ? problem.route(from: memory, to: own) : problem.route(from: own, to: memory)) ?? [])
    if unit.type.access == .copied,
      let link = isRead ? unit.ports.activationsIn.link : unit.ports.outputOut.link
    {
      route.insert(link.index)
    }
    let bytes =
      isRead
      ? problem.channels[index].readBytes[element] : problem.channels[index].writtenBytes[element]
    let rates = isRead ? channel.consumption : channel.production
    let block = isRead ? channel.destination.index : channel.source.index
    let round: Int128 = rates.reduce(0) { (sum: Int128, rate: Int64) in sum + Int128(rate) }
    let total: Int128 = round * Int128(problem.firings[block] / Int64(rates.count))
    let moved: Int128 = (Int128(rate) * Int128(bytes) + total - 1) / total
    var (waits, time): (Int64, Int128) = (0, 0)
    for resource in route {
      waits += problem.resources[resource].latency
      let cost = problem.resources[resource].ticksPerByte
      let (top, bottom) = (Int128(cost.numerator), Int128(cost.denominator))
      time = max(time, (moved * top + bottom - 1) / bottom)
    }
    return Part(
      kind: kind, channels: channels,
      resources: route.reduce(0) { $0 | 1 << UInt64($1) }, ticks: waits + Int64(clamping: time))
  }

  private func executionTicks(
    _ block: Int, _ element: Int, _ copiedIn: Int, _ written: Set<Int>
  ) -> Int64 {
    guard let use = problem.uses[block][element], use.phaseTicks == nil else { return 0 }
    let streams = problem.platform.elements[element].type.access == .streamed
    var copiedOut = 0
    if streams {
      let outputs = channelsOfBlock[block].filter {
        problem.graph.channels[$0].source.index == block
      }
      let tensors = Dictionary(grouping: outputs) { problem.channels[$0].tensor }
      for channels in tensors.values where written.isSuperset(of: channels) {
        copiedOut += problem.channels[channels[0]].writtenBytes[element]
      }
    }
    return use.roofline.time(withoutInputs: streams ? copiedIn : 0, outputs: copiedOut).ticks
  }

  /// The ticks of one firing: those of its phase where the graph gives them, else its share of an inference,
  /// such that all firings up to one have the whole ticks of their part.
  private func share(of inference: Int64, _ firing: MappingSchedule.Firing) -> Int64 {
    let use = firing.element < 0 ? nil : problem.uses[firing.block][firing.element]
    if let ticks = use?.phaseTicks { return ticks[firing.phase % ticks.count] }
    let count = problem.firings[firing.block]
    func upTo(_ firings: Int64) -> Int64 {
      let (high, low) = inference.multipliedFullWidth(by: firings)
      return count.dividingFullWidth((high, low)).quotient
    }
    let place = Int64(firing.number) % count
    return upTo(place + 1) - upTo(place)
  }
}
