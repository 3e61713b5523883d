import Dataflow
import MappingModel
import PlatformModel
import Quantities

extension MappingEvaluator {
  /// How long a link or memory is busy in an inference. Streams pass beside transfers, but all bytes together take
  /// at least their time.
  func busyTicks(ofResource index: Int, _ activity: ActivityProfile) -> Double {
    let held =
      activity.inferences.isEmpty
      ? Double(account.held[index]) / Double(account.span)
      : Double(activity.held[index]) / Double(activity.inferences.count)
    return max(held, account.time(over: index)?.doubleValue ?? 0)
  }

  /// What is busy for all but two thousandths of the time, as far as the execution tells.
  func bound(
    of period: Fraction, _ observed: ObservedExecution, _ placement: Placement
  ) -> PeriodBound {
    guard period > .zero else { return .nothing }
    let activity = observed.activity
    let shares = BusyShares(
      elements: activity.elements.indices.map { activity.busyShare(ofElement: $0) },
      resources: problem.resources.indices.map {
        busyTicks(ofResource: $0, activity) / period.doubleValue
      }, observed.result, drifts: activity.drifts,
      works: works(placement, observed.result).map { $0.map { $0 / period.doubleValue } })
    func load(_ index: Int) -> (Evaluation.Load.Kind, name: String) {
      let elements = problem.platform.elements
      guard index >= activity.elements.count else { return (.element, elements[index].name) }
      let resource = problem.resources[index - activity.elements.count]
      return (resource.kind == .link ? .link : .memory, resource.name)
    }
    switch shares.full {
    case .certain(let index): return .load(load(index).0, name: load(index).name)
    case .open(let index): return .loadOrDependency(load(index).0, name: load(index).name)
    case .none: return .dependency
    }
  }

  /// For how many ticks one inference keeps elements, and behind them links and memories, busy in the long run; nil
  /// where parts of the graph that are not connected run at different rates, or the execution repeats.
  private func works(_ placement: Placement, _ result: Simulator.Result) -> [Double]? {
    guard !result.isExact, simulator.tables.partSinks.count == 1 else { return nil }
    account.count(simulator.plan, placement, .even)
    defer { account.count(simulator.plan, placement, result.pace) }
    return problem.platform.elements.indices.map {
      Double(account.computing[$0] + account.moving[$0])
    }
      + problem.resources.indices.map {
        max(Double(account.held[$0]), account.time(over: $0)?.doubleValue ?? 0)
      }
  }
}
