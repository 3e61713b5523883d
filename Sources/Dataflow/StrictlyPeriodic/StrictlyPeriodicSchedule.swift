import GraphAlgorithms

/// A schedule in which every actor of an acyclic graph fires with a fixed period, as a real-time
/// task.
///
/// Source: Bamakhrama and Stefanov 2013, "On the hard-real-time scheduling of embedded streaming
/// applications", Design Automation for Embedded Systems 17(2), DOI 10.1007/s10617-012-9086-x, and
/// by the same authors "Managing latency in embedded streaming applications under hard-real-time
/// scheduling", CODES+ISSS 2012, for deadlines and latency. We differ in the closed
/// forms of ``PeriodicChannel`` where the papers search over the hyperperiod.
///
/// All times are in the ticks of the execution times. Lists are in the order of the actors or
/// channels.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *q* | ``RepetitionVector/firings`` |
/// | *C* | ``CSDFGraph/Actor/worstCaseExecutionTime`` |
/// | *α* | ``iterationPeriod`` |
/// | *T* | ``periods`` |
/// | *D* | ``deadlines`` |
/// | *S* | ``startTimes`` |
/// | *b* | ``bufferSizes`` |
/// | *U* | ``exactUtilization`` |
package struct StrictlyPeriodicSchedule: Hashable, Sendable {
  /// The firings of each actor in one iteration.
  package let repetition: RepetitionVector
  /// The time of one iteration of the graph.
  package let iterationPeriod: Int64
  /// For each actor the time from one firing to the next.
  package let periods: [Int64]
  /// For each actor the time from a release to the latest end of that firing.
  package let deadlines: [Int64]
  /// For each actor the release of its first firing.
  package let startTimes: [Int64]
  /// For each channel the tokens it must hold, initial tokens included; those alone for a
  /// self-edge.
  package let bufferSizes: [Int64]
  /// The longest time from a first useful firing of a source to the end of the first useful firing
  /// of a sink that depends on it.
  package let latency: Int64
  /// The share of processor time that all actors ask for together; `nil` when it does not fit a
  /// fraction.
  package let exactUtilization: Fraction?
  /// The share of processor time that all actors ask for together, rounded.
  package let utilization: Double
  /// The number of processors that an optimal scheduler needs: the exact utilization rounded up.
  package let processors: Int
  /// The actor that sets the period.
  package let bottleneck: Bottleneck

  /// Computes the schedule with the shortest period.
  ///
  /// - Parameters:
  ///   - graph: A consistent graph without cycles other than self-edges.
  ///   - deadlineFactor: Where each deadline lies between the execution time (0) and the period (1).
  ///   - periodScale: A factor on the shortest period.
  /// - Throws: ``DataflowError`` for an inconsistent or cyclic graph, a self-edge without enough tokens,
  ///   parameters out of range, or a number that does not fit 64 bits.
  /// - Complexity: O(*n* + *A* log *A*) for *n* firings in the cycles of all channels and *A* actors.
  package init(
    of graph: CSDFGraph, deadlineFactor: Fraction = .one, periodScale: Int64 = 1
  ) throws(DataflowError) {
    let (topology, edgeChannels) = graph.actorGraph()
    let order = try graph.acyclicOrder(of: topology)
    repetition = try RepetitionVector(of: graph)
    bottleneck = try Bottleneck(of: graph, repetition: repetition)
    let tasks = try PeriodicTasks(
      graph, repetition, bottleneck, deadlineFactor: deadlineFactor, periodScale: periodScale)
    iterationPeriod = tasks.iterationPeriod
    periods = tasks.periods
    deadlines = tasks.deadlines

    var channels: [PeriodicChannel] = []
    channels.reserveCapacity(graph.channels.count)
    for channel in graph.channels {
      channels.append(try PeriodicChannel(channel, tasks))
    }
    let starts = try Self.startTimes(order, topology, edgeChannels.map { channels[$0.index] })
    startTimes = starts
    bufferSizes = try channels.map { channel throws(DataflowError) in
      try channel.bufferSize(startTimes: starts)
    }
    latency = try PeriodicLatency(tasks, startTimes: starts).longest(
      order, topology, edgeChannels.map { channels[$0.index] })
    let load = tasks.load(of: graph, repetition)
    exactUtilization = Fraction(reducing: load, over: Int128(iterationPeriod))
    utilization = exactUtilization?.doubleValue ?? Double(load) / Double(iterationPeriod)
    processors = Int(
      (load + Int128(iterationPeriod) - 1) / Int128(iterationPeriod))
  }

  private static func startTimes(
    _ order: [Int], _ topology: DirectedGraph, _ channels: [PeriodicChannel]
  ) throws(DataflowError) -> [Int64] {
    var starts: [Int64] = Array(repeating: 0, count: topology.nodeCount)
    for actor in order {
      for edge in topology.incomingEdges(of: actor) {
        let start = Int128(starts[topology.sources[edge]]) + channels[edge].startDelay
        starts[actor] = try Int64(exactly: max(Int128(starts[actor]), start))
          .orOverflow("start time behind channel \"\(channels[edge].name)\"")
      }
    }
    return starts
  }
}

extension CSDFGraph {
  fileprivate func acyclicOrder(of topology: DirectedGraph) throws(DataflowError) -> [Int] {
    switch topology.topologicalOrder() {
    case .order(let order): return order
    case .cyclic(let cycle): throw .cyclic(actors: cycle.map { actors[$0].name })
    }
  }
}
