import Dataflow
import DataflowConversion
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import TestSupport
import Testing

@Suite("A graph of blocks becomes a CSDF graph in whole-tensor mode")
struct WholeTensorTests {
  /// A 3×3 convolution of 3×32×32 to 8×30×30, ReLU, 2×2 pooling, ten outputs.
  private func testNetwork() throws -> BlockGraph {
    let model = SmallNetworks.convolutionReluPoolDense()
    return try BlockGraph(try ResolvedGraph(model), name: "testDNN")
  }

  @Test("rates, buffers and latency are those of the published example")
  func published() throws {
    let graph = try testNetwork()
    #expect(graph.blocks.map(\.name) == ["input", "conv", "relu", "pool", "fc", "output"])
    let ticks: [Int64] = [0, 6480 * 30, 240 * 30, 480 * 15, 18000, 0]
    let csdf = try CSDFGraph(graph, ticks: ticks)
    #expect(csdf.channels.map(\.production) == [[3072], [7200], [7200], [1800], [10]])
    let schedule = try StrictlyPeriodicSchedule(of: csdf)
    #expect(schedule.iterationPeriod == 194_400)
    #expect(schedule.startTimes.dropFirst().dropLast() == [194_400, 388_800, 583_200, 777_600])
    #expect(schedule.bufferSizes[1...3] == [14400, 14400, 3600])
    // Four actors take 4·α in the example; input and output add a period each.
    #expect(schedule.latency == 6 * 194_400)
  }

  @Test("each slice that a block reads is a channel of its own")
  func slices() throws {
    let graph = try testNetwork()
    let conv = try #require(graph.block(named: "conv"))
    let split = try graph.splitting(conv, into: 2)
    let csdf = try CSDFGraph(split, ticks: split.blocks.map { _ in 1 })
    #expect(csdf.actors.count == split.blocks.count)
    #expect(csdf.channels.count == split.edges.count)
    let repetition = try RepetitionVector(of: csdf)
    #expect(repetition.firings.allSatisfy { $0 == 1 })
    // Both parts read the whole input; each gives half of the maps.
    let rates = csdf.channels.map { $0.production[0] }
    #expect(rates.filter { $0 == 3072 }.count == 2)
    #expect(rates.filter { $0 == 3600 }.count == 4)
  }
}
