package import Dataflow
import Foundation
import Preparation

/// What `analyze --sps` says about a dataflow graph.
package struct ScheduleSummary: Encodable, Sendable {
  /// The period of each actor, by its name, in the unit of the graph's times.
  package var periods: [String: GraphTime]
  /// The relative deadline of each actor, by its name, in the unit of the graph's times.
  package var deadlines: [String: GraphTime]
  /// The start of the first firing of each actor, by its name, in the unit of the graph's times.
  package var startTimes: [String: GraphTime]
  /// Tokens of each channel, initial tokens included.
  package var buffers: [String: Int64]
  /// The sum of the tokens of all channels except self-edges.
  package var totalBuffer: Int64
  /// The time from the input to the output of an iteration, in the unit of the graph's times.
  package var latency: GraphTime
  /// The sum of execution time over period of all actors; rounded up, the processors needed.
  package var utilization: Double
  /// The least number of processors on which tasks may migrate: the utilization rounded up.
  package var processors: Int
  /// The processors that tasks need which each stay on one, by the rule that places them.
  package var partitionedProcessors: [String: Int]
  /// The period of one iteration of the graph.
  package var alpha: GraphTime
  /// The firings of each actor in one iteration, by its name.
  package var repetition: [String: Int64]
  /// The name of the actor that determines the periods.
  package var bottleneck: String
  /// The power on as many processors, where a clock is given.
  package var power: PowerSummary?
  /// The seconds that the analysis took.
  package var seconds: Double
  private(set) var actorRows: [[String]] = []
  private(set) var channelRows: [[String]] = []
  let unit: TimeUnit

  private enum CodingKeys: String, CodingKey {
    case periods, deadlines, startTimes, buffers, totalBuffer, latency, utilization, processors
    case partitionedProcessors, alpha, repetition, bottleneck, power, seconds
  }

  /// Schedules a graph.
  ///
  /// - Throws: ``DataflowError``.
  package init(
    _ graph: CSDFGraph, deadlineFactor: Fraction, power: PowerSummary.Options? = nil
  ) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let schedule = try StrictlyPeriodicSchedule(of: graph, deadlineFactor: deadlineFactor)
    seconds = start.duration(to: clock.now).inSeconds
    unit = graph.timeUnit
    func byActor<Value>(_ values: [Value]) -> [String: Value] {
      Dictionary(uniqueKeysWithValues: zip(graph.actors.map(\.name), values))
    }
    periods = byActor(schedule.periods.map { graph.time($0) })
    deadlines = byActor(schedule.deadlines.map { graph.time($0) })
    startTimes = byActor(schedule.startTimes.map { graph.time($0) })
    repetition = byActor(schedule.repetition.firings)
    buffers = Dictionary(
      uniqueKeysWithValues: zip(graph.channels.map(\.name), schedule.bufferSizes))
    totalBuffer = zip(graph.channels, schedule.bufferSizes)
      .reduce(0) { $0 + ($1.0.isSelfEdge ? 0 : $1.1) }
    latency = graph.time(schedule.latency)
    utilization = schedule.utilization
    processors = schedule.processors
    partitionedProcessors = [:]
    // Placing task by task is quadratic, and no platform has thousands of processors.
    for rule in ProcessorAssignment.Rule.allCases where graph.actors.count <= 4096 {
      partitionedProcessors[rule.rawValue] =
        ProcessorAssignment(of: schedule, in: graph, rule: rule).count
    }
    alpha = graph.time(schedule.iterationPeriod)
    bottleneck = graph[schedule.bottleneck.actor].name
    self.power = power.map { PowerSummary(schedule, of: graph, options: $0) }
    for (index, actor) in graph.actors.enumerated() {
      actorRows.append([
        actor.name, "\(schedule.repetition.firings[index])",
        "\(graph.time(actor.worstCaseExecutionTime))", "\(graph.time(schedule.periods[index]))",
        "\(graph.time(schedule.deadlines[index]))", "\(graph.time(schedule.startTimes[index]))",
      ])
    }
    for (channel, size) in zip(graph.channels, schedule.bufferSizes) {
      channelRows.append([
        channel.name, graph[channel.source].name, graph[channel.destination].name, "\(size)",
      ])
    }
  }
}
