import Dataflow
import MappingModel
import PlatformModel

/// A slow obvious reference: the rules of docs/simulation.md word by word, event by event, with names
/// and lists only. It shares nothing with the product's engine but the problem.
struct ReferenceSimulator {
  let problem: MappingProblem
  let placement: Placement
  let ranks: [Int]

  struct Segment {
    var isRead: Bool
    var channels: [Int]
    var resources: Set<Int>
    var ticks: Int64
  }

  struct Firing {
    var block: Int
    var phase: Int
    /// Which firing of its inference it is.
    var place: Int64
    var segments: [Segment?]
    var step = 0
    var end: Int64?
  }

  struct Request {
    var element: Int
    var time: Int64
  }

  var tokens: [Int64]
  var room: [Int64]
  var started: [Int64]
  var ended: [Int64]
  var firing: [Firing?]
  var requests: [Request] = []
  var busy: Set<Int> = []
  var rounds: [Int]
  var places: [Int]
  var left: [Int64]
  var now: Int64 = 0
  var ends: [Int64] = []
  /// What was moved over which links and memories, and what was computed, from when to when.
  var moves: [(resources: Set<Int>, start: Int64, end: Int64)] = []
  var executions: [(block: Int, element: Int, start: Int64, end: Int64)] = []
  /// The states in which inferences ended, as text.
  var states: [(state: String, inferences: Int)] = []
  var isAlone = false
  /// For each block the first one of its connected part, by going over the channels until nothing changes.
  let parts: [Int]
  /// Whether an instant did not end, or inferences did not, after so much that they never will.
  var isEndless = false
  var isStuck = false

  init(_ problem: MappingProblem, _ placement: Placement) {
    self.problem = problem
    self.placement = placement
    let graph = problem.graph
    tokens = graph.channels.map(\.initialTokens)
    room = graph.channels.indices.map {
      problem.capacity(ofChannel: $0, in: placement) - graph.channels[$0].initialTokens
    }
    started = graph.actors.map { _ in 0 }
    ended = started
    firing = problem.platform.elements.map { _ in nil }
    rounds = problem.platform.elements.map { _ in 0 }
    places = rounds
    left = problem.platform.elements.map { _ in 0 }
    var ranks = [Int](repeating: -1, count: graph.actors.count)
    for rank in graph.actors.indices {
      let free = graph.actors.indices.filter { block in
        ranks[block] < 0
          && graph.channels.allSatisfy {
            $0.destination.index != block || $0.isSelfEdge || ranks[$0.source.index] >= 0
          }
      }
      ranks[free.first ?? graph.actors.indices.first { ranks[$0] < 0 }!] = rank
    }
    self.ranks = ranks
    var parts = Array(graph.actors.indices)
    for _ in graph.actors {
      for channel in graph.channels {
        let least = min(parts[channel.source.index], parts[channel.destination.index])
        parts[channel.source.index] = least
        parts[channel.destination.index] = least
      }
    }
    self.parts = parts
  }

  /// The inferences that a part has ended: as often as each of its sinks, or each block where it has none.
  func inferences(of part: Int) -> Int64 {
    let own = parts.indices.filter { parts[$0] == part }
    let ends = own.filter { block in
      problem.graph.channels.allSatisfy { $0.source.index != block || $0.isSelfEdge }
    }
    return (ends.isEmpty ? own : ends).map { ended[$0] / problem.firings[$0] }.min()!
  }

  func rate(_ list: [Int64], _ phase: Int) -> Int64 { list[phase % list.count] }
  func phase(_ block: Int) -> Int { Int(started[block] % problem.graph.phaseCounts[block]) }
  func inputs(_ block: Int) -> [Int] {
    problem.graph.channels.indices.filter { problem.graph.channels[$0].destination.index == block }
  }
  func outputs(_ block: Int) -> [Int] {
    problem.graph.channels.indices.filter { problem.graph.channels[$0].source.index == block }
  }

  func isReady(_ block: Int) -> Bool {
    if isAlone, started[block] >= problem.firings[block] { return false }
    let phase = phase(block)
    return inputs(block).allSatisfy {
      tokens[$0] >= rate(problem.graph.channels[$0].consumption, phase)
    }
      && outputs(block).allSatisfy {
        problem.graph.channels[$0].isSelfEdge
          || room[$0] >= rate(problem.graph.channels[$0].production, phase)
      }
  }

  // MARK: - Segments

  func segment(
    _ channel: Int, isRead: Bool, block: Int, phase: Int, element: Int
  ) -> Segment? {
    let edge = problem.graph.channels[channel]
    if edge.isSelfEdge { return nil }
    let own = problem.platform.elements[element]
    let memory = problem.memory(ofChannel: channel, in: placement)
    let isElsewhere = memory != own.dataMemory.index
    let other = placement.elements[isRead ? edge.source.index : edge.destination.index]
    let isNeeded = own.type.access == .copied ? other != element : isElsewhere
    let list = isRead ? edge.consumption : edge.production
    let moved = rate(list, phase)
    guard isNeeded, moved > 0 else { return nil }
    let total = (0..<Int(problem.firings[block])).reduce(Int64(0)) { $0 + rate(list, $1) }
    let traits = problem.channels[channel]
    let bytes = isRead ? traits.readBytes[element] : traits.writtenBytes[element]
    let (from, to) = isRead ? (memory, own.dataMemory.index) : (own.dataMemory.index, memory)
    var resources = way(from: from, to: to)
    if own.type.access == .copied,
      let port = isRead ? own.ports.activationsIn.link : own.ports.outputOut.link
    {
      resources.insert(port.index)
    }
    let size = Int((Int128(moved) * Int128(bytes) + Int128(total) - 1) / Int128(total))
    let platform = problem.platform
    let limits = platform.memories.compactMap(\.bandwidth)
    var latency: Int64 = 0
    var slowest: Int64 = 0
    for resource in resources {
      if resource < platform.links.count {
        latency += ticks(of: platform.links[resource].latency)
        slowest = max(slowest, ticks(of: size, over: platform.links[resource].bandwidth))
      } else {
        slowest = max(slowest, ticks(of: size, over: limits[resource - platform.links.count]))
      }
    }
    return Segment(
      isRead: isRead, channels: [channel], resources: resources, ticks: latency + slowest)
  }

  func writeSegments(_ block: Int, _ phase: Int, _ element: Int) -> [Segment] {
    var segments: [Segment] = []
    for channel in outputs(block) {
      guard let one = segment(channel, isRead: false, block: block, phase: phase, element: element)
      else { continue }
      let same = segments.firstIndex { other in
        problem.channels[other.channels[0]].tensor == problem.channels[channel].tensor
          && problem.memory(ofChannel: other.channels[0], in: placement)
            == problem.memory(ofChannel: channel, in: placement)
      }
      if let same { segments[same].channels.append(channel) } else { segments.append(one) }
    }
    return segments
  }

  func executionTicks(_ firing: Firing, _ element: Int) -> Int64 {
    let block = firing.block
    let use = problem.uses[block][element]!
    if let ticks = use.phaseTicks { return ticks[firing.phase % ticks.count] }
    let streams = problem.platform.elements[element].type.access == .streamed
    var copied = 0
    var written: [Int: Int] = [:]
    if streams {
      // Which channels have segments does not depend on the phase.
      for channel in inputs(block) where !problem.graph.channels[channel].isSelfEdge {
        if problem.memory(ofChannel: channel, in: placement)
          != problem.platform.elements[element].dataMemory.index
        {
          copied += problem.channels[channel].readBytes[element]
        }
      }
      let tensors = Dictionary(
        grouping: outputs(block).filter { !problem.graph.channels[$0].isSelfEdge }
      ) { problem.channels[$0].tensor }
      for (tensor, channels) in tensors
      where channels.allSatisfy({
        problem.memory(ofChannel: $0, in: placement)
          != problem.platform.elements[element].dataMemory.index
      }) {
        written[tensor] = problem.channels[channels[0]].writtenBytes[element]
      }
    }
    let total = Int128(
      inferenceTicks(use, copied: copied, written: written.values.reduce(0, +)))
    let (place, count) = (Int128(firing.place), Int128(problem.firings[block]))
    return Int64((place + 1) * total / count - place * total / count)
  }

  // MARK: - One instant

  mutating func publish(_ channel: Int, _ phase: Int) {
    tokens[channel] += rate(problem.graph.channels[channel].production, phase)
  }
  mutating func release(_ channel: Int, _ phase: Int) {
    room[channel] += rate(problem.graph.channels[channel].consumption, phase)
  }

  mutating func take(_ block: Int) -> Int {
    let phase = phase(block)
    for channel in inputs(block) {
      tokens[channel] -= rate(problem.graph.channels[channel].consumption, phase)
    }
    for channel in outputs(block) {
      room[channel] -= rate(problem.graph.channels[channel].production, phase)
    }
    started[block] += 1
    return phase
  }

  mutating func begin(_ element: Int) {
    guard var current = firing[element] else { return }
    guard current.step < current.segments.count else {
      let written = Set(
        current.segments.flatMap { $0.map { $0.isRead ? [] : $0.channels } ?? [] })
      let read = Set(current.segments.flatMap { $0.map { $0.isRead ? $0.channels : [] } ?? [] })
      for channel in inputs(current.block) where !read.contains(channel) {
        release(channel, current.phase)
      }
      for channel in outputs(current.block) where !written.contains(channel) {
        publish(channel, current.phase)
      }
      finished(current.block)
      firing[element] = nil
      if let sequence = placement.sequence[element] {
        left[element] += 1
        if left[element] == problem.firings[current.block] {
          left[element] = 0
          places[element] += 1
          if places[element] == sequence.count {
            (places[element], rounds[element]) = (0, rounds[element] + 1)
          }
        }
      }
      return
    }
    if current.segments[current.step] == nil {
      let end = now + executionTicks(current, element)
      current.end = end
      executions.append((current.block, element, now, end))
    } else {
      current.end = nil
      let request = Request(element: element, time: now)
      requests.append(request)
    }
    firing[element] = current
  }

  mutating func finished(_ block: Int) {
    ended[block] += 1
    let leaving = Set(
      problem.graph.channels.filter { !$0.isSelfEdge }.map(\.source.index))
    let all = problem.graph.actors.indices
    let sinks = all.allSatisfy(leaving.contains) ? Array(all) : all.filter { !leaving.contains($0) }
    while sinks.allSatisfy({ ended[$0] >= Int64(ends.count + 1) * problem.firings[$0] }) {
      ends.append(now)
    }
  }

  mutating func choice(_ element: Int) -> Int? {
    if let sequence = placement.sequence[element] {
      guard !sequence.isEmpty else { return nil }
      let last = sequence.map(\.shift).max()!
      while rounds[element] < sequence[places[element]].shift
        || isAlone && rounds[element] > sequence[places[element]].shift && rounds[element] <= last
      {
        places[element] += 1
        if places[element] == sequence.count {
          (places[element], rounds[element]) = (0, rounds[element] + 1)
        }
      }
      let block = sequence[places[element]].block
      return isReady(block) ? block : nil
    }
    let own = placement.elements.indices.filter { placement.elements[$0] == element && isReady($0) }
    for block in placement.order[element] ?? [] where own.contains(block) { return block }
    return own.min {
      (inferences(of: parts[$0]), parts[$0], -ranks[$0])
        < (inferences(of: parts[$1]), parts[$1], -ranks[$1])
    }
  }

  mutating func instant() {
    var isChanged = true
    var turns = 0
    while isChanged {
      isChanged = false
      turns += 1
      isEndless = turns > 2000
      if isEndless { return }
      for element in firing.indices {
        guard var current = firing[element], current.end == now else { continue }
        isChanged = true
        if let segment = current.segments[current.step] {
          busy.subtract(segment.resources)
          for channel in segment.channels {
            if segment.isRead {
              release(channel, current.phase)
            } else {
              publish(channel, current.phase)
            }
          }
        }
        current.step += 1
        current.end = nil
        firing[element] = current
        begin(element)
      }
      var isFiring = true
      while isFiring {
        isFiring = false
        for block in problem.graph.actors.indices
        where problem.isFree(block) && isReady(block) && !(inputs(block) + outputs(block)).isEmpty {
          let phase = take(block)
          for channel in inputs(block) { release(channel, phase) }
          for channel in outputs(block) { publish(channel, phase) }
          finished(block)
          (isFiring, isChanged) = (true, true)
        }
      }
      for element in firing.indices where firing[element] == nil {
        guard let block = choice(element) else { continue }
        isChanged = true
        let phase = take(block)
        let reads = inputs(block).compactMap {
          segment($0, isRead: true, block: block, phase: phase, element: element)
        }
        firing[element] = Firing(
          block: block, phase: phase, place: (started[block] - 1) % problem.firings[block],
          segments: reads.map { $0 } + [nil] + writeSegments(block, phase, element).map { $0 })
        begin(element)
      }
      if isChanged { continue }
      requests.sort {
        ($0.time, -ranks[firing[$0.element]!.block]) < ($1.time, -ranks[firing[$1.element]!.block])
      }
      var kept: [Request] = []
      var blocked: Set<Int> = []
      for request in requests {
        guard var current = firing[request.element], let segment = current.segments[current.step]
        else { continue }
        if segment.resources.isDisjoint(with: busy), segment.resources.isDisjoint(with: blocked) {
          busy.formUnion(segment.resources)
          current.end = now + segment.ticks
          moves.append((segment.resources, now, now + segment.ticks))
          firing[request.element] = current
          isChanged = true
        } else {
          blocked.formUnion(segment.resources)
          kept.append(request)
        }
      }
      requests = kept
    }
  }

  // MARK: - Runs

  /// Everything that the future depends on.
  var state: String {
    let running = firing.map { firing -> String in
      guard let firing else { return "-" }
      let end = firing.end.map { "\($0 - now)" } ?? "?"
      return "\(firing.block).\(firing.phase).\(firing.step).\(end)"
    }
    let phases = problem.graph.actors.indices.map { phase($0) }
    let shifts = placement.sequence.map { element, list in
      "\(element):\(places[element]).\(left[element]).\(min(rounds[element], list.map(\.shift).max() ?? 0))"
    }.sorted()
    return "\(tokens) \(phases) \(running) \(requests.map(\.element)) \(shifts)"
  }

  /// Runs until so many inferences have ended; the inferences between which the state was the same.
  mutating func run(inferences: Int, stopsAtRepeat: Bool) -> (first: Int, again: Int)? {
    var seen = 0
    var instants = 0
    while true {
      instant()
      if isEndless { return nil }
      instants += 1
      if ends.count > seen { instants = 0 }
      isStuck = instants > 1000
      if isStuck { return nil }
      if ends.count > seen {
        seen = ends.count
        let state = state
        if stopsAtRepeat {
          if let known = states.first(where: { $0.state == state }) {
            return (known.inferences, ends.count)
          }
          states.append((state, ends.count))
        }
        if ends.count >= inferences { return nil }
      }
      guard let next = firing.compactMap({ $0?.end }).min() else { return nil }
      now = next
    }
  }
}
