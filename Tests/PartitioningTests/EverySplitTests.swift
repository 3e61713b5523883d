import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@testable import Partitioning

/// Every split that is possible computes the same, and no other is made.
@Suite("Each possible split of each block alone, and all of them after one another")
struct EverySplitTests {
  private static let folder = try? TemporaryFolder()
  /// The networks with windows of every kind, by name.
  private static let networks: [String] = {
    guard let folder else { return [] }
    _ = try? PythonTool("make_window_models.py").succeed([folder.path])
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (files ?? []).filter { $0.hasSuffix(".onnx") }.sorted()
  }()
  private let compare = PythonTool("compare_models.py")

  private func graph(_ name: String) throws -> (path: String, graph: BlockGraph) {
    let path = try #require(Self.folder).file(name)
    return (
      path, try BlockGraph(try ResolvedGraph(try ONNXModel(path: path)), name: "network")
    )
  }

  @Test("there are networks")
  func thereAreNetworks() { #expect(Self.networks.count > 40) }

  @Test("computes the same", arguments: 0..<4)
  func equality(share: Int) throws {
    let folder = try TemporaryFolder()
    let names = Self.networks.indices.filter { $0 % 4 == share }.map { Self.networks[$0] }
    let groups = try names.map { name in
      let (path, graph) = try graph(name)
      return [path] + (try candidates(for: graph, name, folder))
    }
    let answer = try compare.run(
      Array(groups.joined(separator: ["+"])) + ["--tolerance", "1e-4"])
    #expect(answer.status == 0, "\(answer.output)")
  }

  /// Files with a graph under each split alone, and under several after one another.
  private func candidates(
    for graph: BlockGraph, _ name: String, _ folder: TemporaryFolder
  ) throws -> [String] {
    var candidates: [String] = []
    func add(_ split: BlockGraph, _ text: String) throws {
      #expect(split.violations() == [], "\(text)")
      candidates.append(folder.file("\(candidates.count) \(text) \(name)"))
      try ONNXModel(exporting: split).write(to: candidates[candidates.count - 1])
    }
    for id in graph.blockIDs {
      for (axis, counts) in graph.possibleSplits(of: id, limit: 4) {
        for k in counts {
          let split = try graph.splitting(id, into: k, along: axis)
          try add(split, "\(graph[id].name) \(k) \(axis)")
        }
      }
    }
    for (seed, axes) in [[SplitAxis.lines], [.inputs, .lines], SplitAxis.allCases].enumerated() {
      var transformations = RandomTransformations(seed: UInt64(seed), axes: axes)
      try add(try transformations.apply(to: graph, count: 6).0, "\(seed)")
    }
    return candidates
  }

  @Test("is the only one that is made", arguments: networks)
  func refusals(name: String) throws {
    let graph = try graph(name).graph
    for id in graph.blockIDs {
      let possible = graph.possibleSplits(of: id, limit: 9)
      for axis in SplitAxis.allCases {
        for k in -1...9 {
          let isPossible = possible[axis]?.contains(k) ?? false
          let split = try? graph.splitting(id, into: k, along: axis)
          guard axis != .kernels || isPossible else { continue }
          #expect((split != nil) == isPossible, "\(graph[id].name) \(k) \(axis)")
        }
      }
    }
  }

  @Test("a part that reads the lines beside those it needs is noticed")
  func shifted() throws {
    let (path, graph) = try graph("conv_above.onnx")
    var split = try graph.splitting(BlockID(1), into: 3, along: .lines)
    let part = try #require(split.blocks.firstIndex { $0.name.hasSuffix("_split_0_1") })
    let lines = try #require(split.blocks[part].ports[0].slices[0].lines)
    let moved = (lines.lowerBound + 1)..<(lines.upperBound + 1)
    split.blocks[part].ports[0].slices[0].lines = moved
    let candidate = try #require(Self.folder).file("shifted.candidate")
    try ONNXModel(exporting: split).write(to: candidate)
    #expect(try compare.run([path, candidate, "--tolerance", "1e-4"]).status != 0)
  }
}
