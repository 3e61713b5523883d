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
  /// The number of nodes of the chosen view.
  package var nodes: Int
  /// The number of edges of the chosen view.
  package var edges: Int
  /// The multiply-accumulates of one inference, before folding.
  package var macs: Int
  /// The operations of one inference, before folding; a multiply-accumulate counts as two.
  package var operations: Int
  /// The number of weights before folding.
  package var parameters: Int
  /// The bytes of the weights before folding, in the types of the file.
  package var weightBytes: Int
  /// The outputs of the network.
  package var outputs: [Output]
  /// What was noticed in the file of the network and on the platform.
  package var warnings: [String]
  /// The blocks of the view.
  package var blocks: [BlockRow]
  /// With a mapping, how long an inference keeps each element and link busy, in seconds.
  package var load: [String: Double]?
  /// The largest load in seconds: no period of the mapping is shorter. Nil without a mapping.
  package var periodS: Double?
  /// The element or link with the largest load; nil without a mapping.
  package var boundBy: String?
  /// The names of the platform's figures that the costs depend on and that are assumed, not
  /// measured.
  package var assumedFigures: [String]?

  /// An output of the network.
  package struct Output: Encodable, Sendable {
    /// The name of the tensor.
    package var name: String
    /// The size of each of its dimensions.
    package var shape: [Int]
  }

  /// A block: its size, and with a platform its costs.
  package struct BlockRow: Encodable, Sendable {
    /// The name of the block, as in mapping files.
    package var name: String
    /// Its name by kind and position, such as `conv2`; nil for a block of parts of operators.
    package var alias: String?
    /// The types of its operators.
    package var `operator`: String
    /// The shape of each of its outputs.
    package var outputs: [[Int]]
    /// The multiply-accumulates of one inference.
    package var macs: Int
    /// The operations of one inference; a multiply-accumulate counts as two.
    package var operations: Int
    /// The number of its weights.
    package var parameters: Int
    /// The number of values in its outputs.
    package var activations: Int
    /// In the neuron view, the number of its neurons; nil in others.
    package var neurons: Int?
    /// In the neuron view, the number of edges that lead to its neurons; nil in others.
    package var edges: Int?
    /// The cost on each element that supports the block, by its name; nil without a platform.
    package var elements: [String: ElementCost]?
  }

  /// The cost of a block on an element.
  package struct ElementCost: Encodable, Sendable {
    /// The seconds that an inference keeps the element busy.
    package var seconds: Double
    /// What bounds that time, such as computing or the memory.
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
