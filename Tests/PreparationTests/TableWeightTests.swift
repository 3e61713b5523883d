import CostModel
import DataflowConversion
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
import TestSupport
import Testing

@testable import Preparation

@Suite("Constants that are moved are weights")
struct TableWeightTests {
  private static let folder = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    _ = try PythonTool("make_table_models.py").succeed([folder.path])
    return folder
  }

  private func blocks(_ name: String) throws -> BlockGraph {
    let model = try ONNXModel(path: try Self.folder.get().file("\(name).onnx"))
    return try BlockGraph(try ResolvedGraph(model), name: name)
  }

  private func costs() throws -> CostModel {
    let library = PlatformLibrary(folders: [PythonTool.packageRoot])
    return CostModel(platform: try library.read("mpsoc4-cores").platform)
  }

  /// The numbers are those of the stored constants; what says how to move is none of them.
  @Test(
    "and need memory, once where layers share them",
    arguments: [
      ("gather", 8000, 32_000), ("gather_nd", 8000, 32_000), ("gather_elements", 8000, 32_000),
      ("narrow", 8000, 8000), ("token", 16, 64), ("scatter_nd", 8000, 32_000),
      ("scatter_elements", 8000, 32_000), ("resize", 0, 0), ("pad", 0, 0), ("tied", 8000, 32_000),
      ("tied_bias", 8500, 34_000), ("tied_half", 8000, 32_000),
    ])
  func memory(name: String, parameters: Int, bytes: Int) throws {
    let graph = try blocks(name)
    #expect(graph.parameters(graph.blockIDs) == parameters)

    let problem = try MappingSubject(
      graph, try costs(), granularity: .tensor, buffers: .periodic
    ).problem
    let working = problem.uses.indices.filter { !problem.isFree($0) }
    let together = working.reduce(0) {
      $0 + problem.addedWeightBytes(of: $1, on: 0) { _ in true }
    }
    #expect(together == bytes)
    let apart = working.reduce(0) { $0 + problem.addedWeightBytes(of: $1, on: 0) { _ in false } }
    #expect(apart == bytes + (name.hasPrefix("tied") ? 32_000 : 0))
  }

  /// Five rows of sixteen numbers.
  @Test(
    "an inference reads the rows that it looks up",
    arguments: [
      ("gather", 320), ("gather_nd", 320), ("gather_elements", 320), ("scatter_nd", 32_000),
    ]
  )
  func reads(name: String, bytes: Int) throws {
    let graph = try blocks(name)
    let id = try #require(graph.blockIDs.first { !graph[$0].isBoundary })
    let traffic = try costs().traffic(of: id, in: graph, on: ElementID(0))
    #expect(traffic.weights == bytes)
  }

  @Test("a constant beside computed values is brought there in every inference")
  func token() throws {
    let graph = try blocks("token")
    let id = try #require(graph.blockIDs.first { !graph[$0].isBoundary })
    #expect(!graph.isFree(id))
    let traffic = try costs().traffic(of: id, in: graph, on: ElementID(0))
    #expect([traffic.inputs, traffic.weights, traffic.outputs] == [0, 64, 64])
  }
}
