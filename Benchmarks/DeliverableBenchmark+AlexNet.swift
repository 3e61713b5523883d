import Exploration
import Files
import Foundation
import NetworkImport
import NetworkModel
import Partitioning
import Preparation
import Search

/// Figures 12 and 13: AlexNet in 28 blocks, begun with all blocks on one element.
extension DeliverableBenchmark {
  static func alexNet() throws {
    var run = try PartitionRun(
      network: try NetworkSource("bvlc_alexnet", folders: .standard()), options: .blocks,
      platform: try platform())
    var partition = PartitionRequest()
    partition.automatic = BottleneckPartitioning(limit: 30)
    let graph = try run.partition(partition).network.graph
    let outcome = try search(graph, request(.nsga2, .single, evaluations: 10_000))
    let mixed = try search(graph, request(.nsga2, evaluations: 10_000))
    print("AlexNet, \(graph.blocks.count) blocks, from single elements, \(seconds(outcome))")
    line(["generation", "evaluations", "front", "period, ms", "cost", "hypervolume"])
    let shown: Set<Int> = [0, 1, 2, 5, 10, 20, 50, outcome.logbook.count - 1]
    for row in outcome.logbook where shown.contains(row.generation) {
      line([
        "\(row.generation)", "\(row.evaluations)", "\(row.frontSize)",
        text((row.minimum?[0] ?? .nan) * 1e3), text(row.minimum?[1] ?? .nan),
        text(row.hypervolume ?? .nan),
      ])
    }
    print(
      "  front of \(outcome.front.count), hypervolume \(text(outcome.hypervolume)); with all kinds "
        + "of seeds \(text(mixed.hypervolume))")
  }

  private static func line(_ columns: [String]) {
    print("  " + columns.map { pad($0) }.joined())
  }
}
