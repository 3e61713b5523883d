import CostModel
import Diagnostics
import NetworkModel
import ONNXFormat
import PlatformModel

/// What `inspect` says about a network.
package struct NetworkSummary: Encodable, Sendable {
  /// Operators before folding.
  package var layers: Int
  /// Nodes and edges of the chosen view.
  package var nodes: Int
  package var edges: Int
  /// Multiply-accumulates and operations of one inference.
  package var macs: Int
  package var operations: Int
  /// Weights, and their bytes in the types of the file.
  package var parameters: Int
  package var weightBytes: Int
  package var outputs: [Output]
  package var warnings: [String]
  /// With a platform: the cost of every block on every element.
  package var blocks: [BlockRow]?

  /// An output of the network.
  package struct Output: Encodable, Sendable {
    package var name: String
    package var shape: [Int]
  }

  /// The costs of a block.
  package struct BlockRow: Encodable, Sendable {
    package var name: String
    package var `operator`: String
    /// Elements that do not support the block are missing.
    package var elements: [String: ElementCost]
  }

  /// The cost of a block on an element.
  package struct ElementCost: Encodable, Sendable {
    package var seconds: Double
    package var boundBy: String
    /// Whether the element does not list the operator and runs it at its slowest rate.
    package var fallback: Bool
  }
}

extension NetworkSummary {
  /// Summarises a network.
  ///
  /// - Parameters:
  ///   - view: The graph whose nodes and edges are counted.
  ///   - layers: The same network with one block per operator.
  package init(_ source: NetworkSource, view: BlockGraph, layers: BlockGraph) {
    self.layers = layers.layers.count
    nodes = view.blocks.count
    edges = view.edges.count
    let work = layers.work
    macs = work.macs
    operations = work.operations
    var seen: [String: TensorType] = [:]
    for id in layers.blockIDs {
      for tensor in layers.constants(id) { seen[tensor.name] = tensor.type }
    }
    parameters = seen.values.reduce(0) { $0 + $1.count }
    weightBytes = seen.values.reduce(0) { $0 + $1.bytes }
    outputs = source.resolved.outputs.map { name in
      Output(name: name, shape: source.resolved.types[name]?.shape ?? [])
    }
    warnings = source.resolved.diagnostics.map(\.description)
  }

  /// Adds the costs of every block on every element of a platform.
  package mutating func addCosts(of graph: BlockGraph, _ model: CostModel) {
    blocks = graph.blockIDs.filter { !graph[$0].steps.isEmpty }.map { id in
      var elements: [String: ElementCost] = [:]
      for element in model.platform.elementIDs {
        guard let cost = model.cost(of: id, in: graph, on: element) else { continue }
        elements[model.platform[element].name] = ElementCost(
          seconds: cost.seconds.value, boundBy: cost.bound.rawValue, fallback: cost.isFallback)
      }
      let operators = graph[id].steps.map { graph[$0.layer].node.opType }.joined(separator: "+")
      return BlockRow(name: graph[id].name, operator: operators, elements: elements)
    }
  }
}
