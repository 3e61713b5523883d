import GraphAlgorithms

/// The search for a critical cycle in an execution that repeats: from a firing back to what it
/// waited for, and so on, until a firing comes again.
///
/// All iterations are as those of one repetition, later or earlier by whole repetitions, so that the
/// way back never ends and each step on it is tight: a causal dependency of Stuijk, Geilen, Basten 2008,
/// "Throughput-buffering trade-off exploration for cyclo-static and synchronous dataflow graphs".
struct ExecutedCycle {
  /// A firing, in iterations from the start of the repetition that was recorded.
  struct Firing: Equatable {
    var actor: Int
    var number: Int64
  }

  /// A step back.
  private struct Step {
    var firing: Firing
    /// The channel that was waited for; none where an actor waited for itself.
    var channel: Int?
  }

  private let component: DataflowComponent
  /// The starts of all firings of one repetition, by iteration and then by actor.
  private let starts: [Int64]
  private let iterations: Int64
  /// The time of one repetition.
  private let time: Int64
  private let firings: [Int64]
  private let offsets: [Int]
  private let size: Int
  private let inputs: [[Int]]
  private let rates: [(production: CumulativeRates, consumption: CumulativeRates)]

  /// The firings of a repetition that may be recorded.
  static let recordLimit: Int128 = 32_000_000

  /// - Returns: nil where sums of rates do not fit.
  init?(_ component: DataflowComponent, starts: [Int64], iterations: Int64, time: Int64) {
    self.component = component
    self.starts = starts
    self.iterations = iterations
    self.time = time
    firings = component.actors.map { $0.cycles * Int64($0.times.count) }
    var (offsets, size): ([Int], Int) = ([], 0)
    for count in firings {
      offsets.append(size)
      size += Int(count)
    }
    (self.offsets, self.size) = (offsets, size)
    var inputs: [[Int]] = component.actors.map { _ in [] }
    var rates: [(production: CumulativeRates, consumption: CumulativeRates)] = []
    for (index, channel) in component.channels.enumerated() {
      guard let production = CumulativeRates(channel.production),
        let consumption = CumulativeRates(channel.consumption)
      else { return nil }
      rates.append((production, consumption))
      inputs[channel.target].append(index)
    }
    (self.inputs, self.rates) = (inputs, rates)
  }

  private func start(_ firing: Firing) -> Int64 {
    let iteration = floorQuotient(firing.number, firings[firing.actor])
    let repetition = floorQuotient(iteration, iterations)
    let slot = Int(iteration - repetition * iterations) * size + offsets[firing.actor]
    let place = Int(firing.number - iteration * firings[firing.actor])
    return starts[slot + place] + repetition * time
  }

  private func cost(_ firing: Firing) -> Int64 {
    let times = component.actors[firing.actor].times
    return times[Int(remainder(firing.number, Int64(times.count)))]
  }

  /// What a firing waited for last; nil where nothing is tight, which cannot be in a repetition.
  private func step(from firing: Firing) -> Step? {
    let begin = start(firing)
    for channel in inputs[firing.actor] {
      if let writer = writer(firing, channel, at: begin) {
        return Step(firing: writer, channel: channel)
      }
    }
    let before = Firing(actor: firing.actor, number: firing.number - 1)
    let wait = component.actors[firing.actor].isSequential ? cost(before) : 0
    return start(before) + wait == begin ? Step(firing: before, channel: nil) : nil
  }

  /// The writer of a token on a channel that comes just when a firing starts that takes it.
  private func writer(_ firing: Firing, _ index: Int, at begin: Int64) -> Firing? {
    let channel = component.channels[index]
    let phase = remainder(firing.number, Int64(channel.consumption.count))
    guard channel.consumption[Int(phase)] > 0 else { return nil }
    let last = rates[index].consumption.anyTokens(after: firing.number + 1) - channel.initialTokens
    var writer = Firing(
      actor: channel.source, number: rates[index].production.anyFirings(for: last) - 1)
    if start(writer) + cost(writer) == begin { return writer }
    // Where firings overlap, an earlier one may end later.
    guard !component.actors[channel.source].isSequential else { return nil }
    let first = last - channel.consumption[Int(phase)] + 1
    let firstWriter = rates[index].production.anyFirings(for: first) - 1
    while writer.number > firstWriter {
      writer.number -= 1
      let isWriting =
        channel.production[
          Int(remainder(writer.number, Int64(channel.production.count)))] > 0
      if isWriting, start(writer) + cost(writer) == begin { return writer }
    }
    return nil
  }

  private func isSame(_ first: Firing, _ second: Firing) -> Bool {
    first.actor == second.actor
      && (first.number - second.number) % (firings[first.actor] * iterations) == 0
  }

  /// Walks back until a firing comes again.
  ///
  /// Brent 1980, "An improved Monte Carlo factorization algorithm", BIT 20(2), finds that without
  /// memory: the paper's function is `step(from:)`, its saved value `mark`, replaced after `power` steps.
  func find(until deadline: Deadline) -> CriticalCycle? {
    var mark = Firing(actor: 0, number: 0)
    var (here, length, power) = (mark, 0, 1)
    repeat {
      if length == power {
        (mark, length, power) = (here, 0, 2 * power)
        if deadline.isPast { return nil }
      }
      guard let next = step(from: here) else { return nil }
      here = next.firing
      length += 1
    } while !isSame(here, mark)
    var steps: [Step] = []
    here = mark
    for _ in 0..<length {
      guard let next = step(from: here) else { return nil }
      steps.append(next)
      here = next.firing
    }
    return cycle(steps, from: mark)
  }

  /// The steps in the order of time.
  private func cycle(_ steps: [Step], from mark: Firing) -> CriticalCycle {
    var cycle = CriticalCycle()
    var costs: [Int: Int128] = [:]
    for step in steps.reversed() {
      let actor = step.firing.actor
      let isWaiting = step.channel != nil || component.actors[actor].isSequential
      if isWaiting { costs[actor, default: 0] += Int128(cost(step.firing)) }
      if cycle.actors.last != actor { cycle.actors.append(actor) }
      if let channel = step.channel, cycle.channels.last != channel {
        cycle.channels.append(channel)
      }
    }
    if cycle.actors.count > 1, cycle.actors.first == cycle.actors.last {
      cycle.actors.removeLast()
    }
    if cycle.channels.count > 1, cycle.channels.first == cycle.channels.last {
      cycle.channels.removeLast()
    }
    guard let last = steps.last else { return cycle }
    let passed = (mark.number - last.firing.number) / firings[mark.actor]
    for (actor, cost) in costs {
      cycle.shares[actor] = Fraction(reducing: cost, over: Int128(passed))
    }
    return cycle
  }
}

/// The greatest integer that is not above a quotient with a positive divisor.
private func floorQuotient(_ number: Int64, _ divisor: Int64) -> Int64 {
  let quotient = number / divisor
  return number < quotient * divisor ? quotient - 1 : quotient
}

extension CumulativeRates {
  /// The tokens of any number of firings, before the first as well as after it.
  fileprivate func anyTokens(after firings: Int64) -> Int64 {
    let turns = floorQuotient(firings, count)
    return turns * total + tokens(after: firings - turns * count)
  }

  /// The least number of firings, which may be negative, with at least a number of tokens.
  fileprivate func anyFirings(for tokens: Int64) -> Int64 {
    let turns = floorQuotient(tokens - 1, total)
    return turns * count + firings(for: tokens - turns * total)
  }
}
