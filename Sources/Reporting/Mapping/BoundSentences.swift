import Dataflow
import Exploration
import Figures
import MappingModel
import PlatformModel
import Preparation
import Quantities
import Simulation

/// What bounds the period of a mapping, and what would shorten it, in words.
struct BoundSentences {
  let bound: String
  let relaxation: String

  init(_ evaluation: Evaluation, _ activity: ActivityProfile, _ point: DesignPoint) {
    let problem = point.subject.problem
    switch evaluation.bound {
    case .load(.element, let name):
      let element = problem.platform.elements.firstIndex { $0.name == name } ?? 0
      let blocks = problem.graph.actors.indices.filter { point.placement.elements[$0] == element }
      let longest = blocks.max {
        problem.ticks(ofBlock: $0, on: element) < problem.ticks(ofBlock: $1, on: element)
      }
      let block = longest.map { point.subject.blockNames[$0] } ?? "a block"
      let time = longest.map { problem.ticks(ofBlock: $0, on: element) } ?? 0
      bound =
        "\(name) bounds the period: its \(blocks.count) "
        + "\(blocks.count == 1 ? "block keeps" : "blocks keep") it busy all the time, "
        + "\(block) for \(Self.text(time)) of it."
      relaxation =
        blocks.count == 1
        ? "Splitting \(block), or running it on a faster element, would shorten the period."
        : "Moving a block of \(name) elsewhere, or splitting \(block), would shorten the period."
    case .load(let kind, let name):
      bound = "The \(kind.rawValue) \(name) bounds the period: its bytes take all of it."
      relaxation =
        "Placing blocks that read each other's results on one element, narrower values "
        + "(`precision`), or a faster \(kind.rawValue) would shorten the period."
    case .loadOrDependency(let kind, let name):
      bound =
        "\(kind == .element ? "" : "The \(kind.rawValue) ")\(name) is busy nearly all the time: after so "
        + "few inferences it is open whether it bounds the period, or whether blocks wait for one another."
      relaxation =
        "More inferences (`inferences`) would tell; less work for \(name) may shorten the period."
    case .dependency:
      if let stall = activity.stalls.first {
        let channel = problem.graph.channels[stall.channel]
        let names = point.subject.blockNames
        bound =
          "Full channels bound the period, nothing is busy all the time: \(names[stall.block]) waits "
          + "\(Self.text(stall.ticks / Int64(max(1, activity.inferences.count)))) of a period for room before \(names[channel.destination.index])."
        relaxation = "Larger channels (`buffers` 3 or more) may shorten the period."
      } else {
        bound =
          "Dependencies bound the period: no element and no link is busy all the time, blocks wait "
          + "for one another's results or for links."
        relaxation =
          "Another order of blocks, fewer transfers, or a split may shorten the period."
      }
    case .nothing:
      (bound, relaxation) =
        evaluation.waiting.map { Self.deadlock($0, problem.graph) }
        ?? (evaluation.period == nil ? "It cannot be executed." : "Nothing takes time.", "")
    }
  }

  private static func deadlock(
    _ waiting: [Violation.Waiting], _ graph: CSDFGraph
  ) -> (String, String) {
    let writers = Dictionary(
      graph.channels.map { ($0.name, graph[$0.source].name) },
      uniquingKeysWith: { first, _ in first })
    let lacksRoom = waiting.contains { one in one.channels.contains { writers[$0] == one.block } }
    return (
      "The execution ends in a deadlock: \(waiting.count) "
        + "\(waiting.count == 1 ? "block waits" : "blocks wait") for ever.",
      lacksRoom
        ? "Larger channels (`buffers` 2 or more) may end it."
        : "Initial tokens, or another order of the blocks, may end it."
    )
  }

  private static func text(_ ticks: Int64) -> String {
    EngineeringNumber.text(Double(ticks) / MappingProblem.ticksPerSecond, unit: "s")
  }
}
