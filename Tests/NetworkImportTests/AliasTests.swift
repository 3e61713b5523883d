import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@testable import NetworkImport

@Suite("A name means one block")
struct AliasTests {
  /// The blocks that each name or alias of a graph could mean.
  private func meanings(_ graph: BlockGraph) -> [String: Set<String>] {
    var meanings: [String: Set<String>] = [:]
    for id in graph.blockIDs {
      meanings[graph[id].name, default: []].insert(graph[id].name)
      if let alias = graph.alias(of: id) { meanings[alias, default: []].insert(graph[id].name) }
    }
    return meanings
  }

  @Test(
    "in every network that is generated", arguments: GeneratedNetwork.allCases,
    [ImportOptions.layers, .blocks])
  func generated(network: GeneratedNetwork, options: ImportOptions) throws {
    let graph = try BlockGraph(
      try ResolvedGraph(network.model(seed: nil)), name: network.rawValue, options: options)
    #expect(meanings(graph).filter { $1.count > 1 } == [:])
  }

  @Test("also where the file calls blocks like other blocks' aliases, or leaves names out")
  func adversarial() throws {
    func relu(_ name: String, _ input: String, _ output: String) -> String {
      "node { op_type: 'Relu' name: '\(name)' input: '\(input)' output: '\(output)' } "
    }
    let graph = try BlockGraph(
      try ResolvedGraph(
        try TextModel.model(
          TextModel.input("relu3", "1×3") + relu("relu2", "relu3", "a") + relu("", "a", "b")
            + relu("", "b", "c") + relu("relu5", "c", "d") + relu("relu4", "d", "relu1")
            + "output { name: 'relu1' }")), name: "network")
    #expect(meanings(graph).filter { $1.count > 1 } == [:])
    #expect(graph.block(named: "relu4").map { graph[$0].name } == "relu4")
    #expect(Set(graph.blocks.map(\.name)).count == graph.blocks.count)
    for name in ["relu1", "relu2", "relu3", "relu4", "relu5"] {
      #expect(graph.block(named: name).map { graph[$0].name } == name)
    }
  }
}
