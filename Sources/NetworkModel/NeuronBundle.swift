/// Edges between a range of neurons and a range of those that read them, kept as a rule.
package struct NeuronBundle: Hashable, Sendable {
  /// The neurons that read.
  package let consumers: Range<Int>
  /// The neurons that are read.
  package let producers: Range<Int>
  /// Which consumer reads which producers.
  package let pattern: Pattern

  /// A rule by which consumers read producers, both counted from the first of their range.
  package enum Pattern: Hashable, Sendable {
    /// Every consumer reads every producer.
    case allToAll
    /// Consumer *i* reads producer *i*.
    case oneToOne
    /// Consumers and producers fall into groups of these sizes; consumers read those of their group.
    case grouped(consumers: Int, producers: Int)
    /// Consumer *i* reads the producers `offset + i - before` to `offset + i + after` that are there.
    case window(offset: Int, before: Int, after: Int)
  }
}

/// One neuron reading another.
package struct NeuronEdge: Hashable, Sendable {
  /// The neuron that is read.
  package let source: Int
  /// The neuron that reads.
  package let target: Int

  /// An edge between the neurons with two numbers.
  package init(source: Int, target: Int) {
    self.source = source
    self.target = target
  }
}

extension NeuronBundle {
  /// The neurons that a consumer of the bundle reads.
  package func producers(of consumer: Int) -> Range<Int> {
    let index = consumer - consumers.lowerBound
    switch pattern {
    case .allToAll: return producers
    case .oneToOne: return part(of: producers, from: index, to: index)
    case .grouped(let readers, let read):
      let group = index / readers
      return part(of: producers, from: group * read, to: (group + 1) * read - 1)
    case .window(let offset, let before, let after):
      return part(of: producers, from: offset + index - before, to: offset + index + after)
    }
  }

  /// The neurons that read a producer of the bundle.
  package func consumers(of producer: Int) -> Range<Int> {
    let index = producer - producers.lowerBound
    switch pattern {
    case .allToAll: return consumers
    case .oneToOne: return part(of: consumers, from: index, to: index)
    case .grouped(let readers, let read):
      let group = index / read
      return part(of: consumers, from: group * readers, to: (group + 1) * readers - 1)
    case .window(let offset, let before, let after):
      return part(of: consumers, from: index - offset - after, to: index - offset + before)
    }
  }

  /// The number of edges.
  package var count: Int128 {
    switch pattern {
    case .allToAll: return Int128(consumers.count) * Int128(producers.count)
    case .oneToOne: return Int128(consumers.count)
    case .grouped(_, let read): return Int128(consumers.count) * Int128(read)
    case .window(let offset, let before, let after):
      // Consumer i reads as many as lie between the ends of its window, both cut to the producers.
      return Self.sumOfClamped(from: offset + after + 1, consumers.count, limit: producers.count)
        - Self.sumOfClamped(from: offset - before, consumers.count, limit: producers.count)
    }
  }

  /// The edges, consumer by consumer; each is made on demand.
  package var edges: some Sequence<NeuronEdge> {
    consumers.lazy.flatMap { consumer in
      producers(of: consumer).lazy.map { NeuronEdge(source: $0, target: consumer) }
    }
  }

  /// The places `first` to `last` of a range as far as they are there.
  private func part(of range: Range<Int>, from first: Int, to last: Int) -> Range<Int> {
    let lower = min(max(first, 0), range.count)
    let upper = min(max(last + 1, lower), range.count)
    return (range.lowerBound + lower)..<(range.lowerBound + upper)
  }

  /// The sum of `count` consecutive numbers from `first`, each cut to 0...`limit`.
  private static func sumOfClamped(from first: Int, _ count: Int, limit: Int) -> Int128 {
    let end = first + count
    let rising = min(max(first, 0), limit)..<min(max(end, 0), limit)
    let sum = (Int128(rising.lowerBound) + Int128(rising.upperBound) - 1) * Int128(rising.count) / 2
    return sum + Int128(limit) * Int128(max(0, end - max(first, limit)))
  }
}
