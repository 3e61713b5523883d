package import CostModel
import Diagnostics
package import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
package import Preparation
import Quantities

/// What `inspect` says about a network.
package struct NetworkSummary: Encodable, Sendable {
  /// Operators before folding.
  package var layers: Int
  /// Nodes and edges of the chosen view.
  package var nodes: Int
  package var edges: Int
  /// Multiply-accumulates and operations of one inference, before folding.
  package var macs: Int
  package var operations: Int
  /// Weights before folding, and their bytes in the types of the file.
  package var parameters: Int
  package var weightBytes: Int
  package var outputs: [Output]
  package var warnings: [String]
  /// The blocks of the view.
  package var blocks: [BlockRow]
  /// With a mapping, how long an inference keeps each element and link busy, in seconds.
  package var load: [String: Double]?
  /// The largest load.
  package var periodS: Double?
  /// What has the largest load.
  package var boundBy: String?
  /// The figures of the platform that the costs rest on and that nobody measured.
  package var assumedFigures: [String]?

  /// An output of the network.
  package struct Output: Encodable, Sendable {
    package var name: String
    package var shape: [Int]
  }

  /// A block: its size, and with a platform its costs.
  package struct BlockRow: Encodable, Sendable {
    package var name: String
    package var alias: String?
    package var `operator`: String
    package var outputs: [[Int]]
    package var macs: Int
    package var operations: Int
    package var parameters: Int
    /// Elements of its outputs.
    package var activations: Int
    /// In the neuron view, its neurons and the edges that lead to them.
    package var neurons: Int?
    package var edges: Int?
    /// With a platform; elements that do not support the block are missing.
    package var elements: [String: ElementCost]?
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
  ///   - model: What blocks cost on a platform, where there is one.
  package init(
    _ source: NetworkSource, view: BlockGraph, layers: BlockGraph, _ model: CostModel?
  ) {
    self.layers = layers.layers.count
    nodes = view.blocks.count
    edges = view.edges.count
    let work = layers.work
    macs = work.macs
    operations = work.operations
    parameters = layers.parameters(layers.blockIDs)
    weightBytes = RegionPieces.bytes(
      layers.blockIDs.flatMap { layers.constants($0) }.map { ($0.origin, $0.type.bytes) })
    outputs = source.resolved.outputs.map { name in
      Output(name: name, shape: source.resolved.types[name]?.shape ?? [])
    }
    warnings = source.resolved.diagnostics.map(\.description)
    assumedFigures = PlatformNotes(model?.platform).names
    blocks = view.blockIDs.filter { !view[$0].isBoundary }.map { BlockRow($0, view, model) }
  }
}

extension NetworkSummary {
  /// Adds the load of a mapping.
  package mutating func add(_ load: MappingLoad) {
    self.load = Dictionary(load.shares.map { ($0.name, $0.seconds.value) }) { first, _ in first }
    periodS = load.period.value
    boundBy = load.bound?.name
  }
}

extension NetworkSummary.BlockRow {
  fileprivate init(_ id: BlockID, _ graph: BlockGraph, _ model: CostModel?) {
    let block = graph[id]
    let work = graph.work(id)
    self.init(
      name: block.name, alias: block.steps.count == 1 ? graph.alias(of: id) : nil,
      operator: graph.operators(of: id),
      outputs: block.outputs.map(\.shape), macs: work.macs, operations: work.operations,
      parameters: graph.parameters([id]),
      activations: block.outputs.reduce(0) { $0 + $1.count },
      elements: model.map { Self.costs(id, graph, $0) })
  }

  private static func costs(
    _ id: BlockID, _ graph: BlockGraph, _ model: CostModel
  ) -> [String: NetworkSummary.ElementCost] {
    guard !graph[id].isConcatenation else { return [:] }
    var elements: [String: NetworkSummary.ElementCost] = [:]
    for element in model.platform.elementIDs {
      guard let cost = model.cost(of: id, in: graph, on: element) else { continue }
      elements[model.platform[element].name] = NetworkSummary.ElementCost(
        seconds: cost.seconds.value, boundBy: cost.bound.rawValue, fallback: cost.isFallback)
    }
    return elements
  }
}
