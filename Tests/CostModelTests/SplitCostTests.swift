import CostModel
import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import PlatformModel
import Quantities
import TestSupport
import Testing

@Suite("Parts by lines and by inputs cost what they compute and move")
struct SplitCostTests {
  private func model(_ times: MeasuredTimes? = nil) throws -> CostModel {
    let library = PlatformLibrary(folders: [PythonTool.packageRoot])
    return CostModel(platform: try library.read("neuraghe-v1").platform, times: times)
  }

  private func alexnet(_ k: Int, along axis: SplitAxis, block: String) throws -> BlockGraph {
    let path = try ModelZoo.path("bvlc_alexnet")
    let graph = try BlockGraph(try ResolvedGraph(try ONNXModel(path: path)), name: "alexnet")
    return try graph.splitting(try #require(graph.block(named: block)), into: k, along: axis)
  }

  private func parts(_ graph: BlockGraph, _ words: String) -> [BlockID] {
    graph.blockIDs.filter { graph[$0].name.contains(words) && !graph[$0].isConcatenation }
  }

  @Test("a part by lines moves its halo and all weights")
  func halo() throws {
    let model = try model()
    let graph = try alexnet(2, along: .lines, block: "conv3")
    let element = try #require(model.platform.element(named: "ARM0"))
    // 12 lines of 256 × 12 through a 3 × 3 window: six each, and one of the other's.
    for id in parts(graph, "n8_split_0_") {
      let traffic = model.traffic(of: id, in: graph, on: element)
      #expect(traffic.inputs == 256 * 7 * 12 * 4)
      #expect(traffic.weights == (384 * 256 * 9 + 384) * 4)
      #expect(traffic.outputs == 384 * 6 * 12 * 4)
      #expect(graph.work(id) == Work(macs: 384 * 6 * 12 * 256 * 9, operations: 384 * 6 * 12 * 4608))
    }
  }

  @Test("a partial sum moves its inputs, its weights and a whole output")
  func partialSums() throws {
    let model = try model()
    let graph = try alexnet(4, along: .inputs, block: "fc1")
    let element = try #require(model.platform.element(named: "ARM0"))
    let ids = parts(graph, "_split_0_")
    for (index, id) in ids.enumerated() {
      let traffic = model.traffic(of: id, in: graph, on: element)
      #expect(traffic.inputs == 2304 * 4 && traffic.outputs == 4096 * 4)
      #expect(traffic.weights == (2304 * 4096 + (index == 0 ? 4096 : 0)) * 4)
      #expect(graph.work(id).macs == 2304 * 4096)
    }
    let sum = try #require(parts(graph, "_sum_0").first)
    #expect(graph.work(sum) == Work(operations: 3 * 4096))
    #expect(model.traffic(of: sum, in: graph, on: element).inputs == 4 * 4096 * 4)
  }

  @Test("a part of a block that was measured takes its share of lines or inputs")
  func measured() throws {
    let table = Data("block,element,seconds\nconv3,ARM0,1.2\nfc1,ARM0,8\n".utf8)
    let model = try model(try MeasuredTimes(table, file: "t.csv"))
    let element = try #require(model.platform.element(named: "ARM0"))
    for (block, k, axis, seconds) in [
      ("conv3", 3, SplitAxis.lines, 0.4), ("fc1", 4, .inputs, 2.0),
    ] {
      let graph = try alexnet(k, along: axis, block: block)
      let origin = block == "conv3" ? "n8_split_0_" : "_split_0_"
      for id in parts(graph, origin) {
        let cost = try #require(model.cost(of: id, in: graph, on: element))
        #expect(abs(cost.seconds.value - seconds) < 1e-12)
      }
    }
  }
}
