package import CostModel
package import Dataflow
package import DataflowConversion
import MappingModel
package import NetworkModel
import ONNXFormat
import PlatformModel

/// How much channels hold.
package enum BufferPolicy: Hashable, Sendable {
  /// As much as the strictly periodic schedule needs.
  case periodic
  /// The tokens of a number of inferences.
  case inferences(Int)
}

extension MappingProblem {
  /// What there is to map of a network: its blocks, which cost what the model says.
  ///
  /// - Parameters:
  ///   - costs: For each block its cost on the slowest element, whose times the strictly periodic
  ///     schedule has.
  /// - Throws: ``DataflowError``.
  /// - Complexity: O(blocks · elements + slices · elements), times the lines in line mode.
  package init(
    _ graph: BlockGraph, _ model: CostModel, costs: [UnmappedCost],
    granularity: Granularity, buffers: BufferPolicy = .periodic
  ) throws(DataflowError) {
    let dataflow = try BlockDataflow(
      graph, ticks: costs.map(\.ticks), granularity: granularity)
    let elements = model.platform.elementIDs
    let uses = graph.blockIDs.map { id -> [Use?] in
      guard !graph.isFree(id) else { return [] }
      return elements.map { element in
        model.use(of: id, in: graph, on: element).map {
          Use(
            roofline: $0.roofline, power: $0.power, energy: $0.energy,
            weightBytes: model.weightBytes(of: id, in: graph, on: element))
        }
      }
    }
    try self.init(
      graph: dataflow.graph, platform: model.platform, uses: uses,
      channels: Self.traits(graph, model, dataflow),
      capacities: Self.capacities(of: dataflow.graph, buffers),
      sharedWeights: SharedWeights(graph, model))
  }

  /// The capacity of each channel in tokens; that of a self-edge is its largest rate or its initial
  /// tokens, whichever is more.
  ///
  /// - Throws: ``DataflowError`` where the graph has no schedule, or a capacity does not fit
  ///   64 bits.
  package static func capacities(
    of graph: CSDFGraph, _ buffers: BufferPolicy
  ) throws(DataflowError) -> [Int64] {
    let sizes: [Int64]
    switch buffers {
    case .periodic: sizes = try StrictlyPeriodicSchedule(of: graph).bufferSizes
    case .inferences(let count):
      let firings = try RepetitionVector(of: graph).firings
      sizes = try graph.channels.map { channel throws(DataflowError) in
        let rounds = firings[channel.source.index] / Int64(channel.production.count)
        let written = channel.production.reduce(Int128(0)) { $0 + Int128($1) }
        let all = written * Int128(rounds) * Int128(count) + Int128(channel.initialTokens)
        guard let size = Int64(exactly: all) else {
          throw .overflow(quantity: "capacity of \(channel.name)")
        }
        return size
      }
    }
    return zip(graph.channels, sizes).map { channel, size in
      guard channel.isSelfEdge else { return size }
      return max(channel.production.max() ?? 0, channel.initialTokens)
    }
  }

  private static func traits(
    _ graph: BlockGraph, _ model: CostModel, _ dataflow: BlockDataflow
  ) -> [ChannelTraits] {
    let edges = graph.edges
    let widths = Widths(graph, model)
    var tensors: [BlockSlice: Int] = [:]
    return dataflow.edges.map { place in
      let edge = edges[place]
      let type = graph.type(of: edge.slice)
      let tensor = tensors[edge.slice] ?? tensors.count
      tensors[edge.slice] = tensor
      return ChannelTraits(
        readBytes: widths.bytes(type, edge.target),
        writtenBytes: widths.bytes(type, edge.slice.source),
        tokens: Int64(type.count), tensor: tensor)
    }
  }
}

/// How wide the values of each block are on each element.
private struct Widths {
  private let model: CostModel
  private let entries: [[OperatorSupport?]]

  init(_ graph: BlockGraph, _ model: CostModel) {
    self.model = model
    guard model.precision == .platform else {
      entries = []
      return
    }
    entries = graph.blockIDs.map { id in
      model.platform.elementIDs.map { model.support(of: id, in: graph, on: $0) }
    }
  }

  func bytes(_ type: TensorType, _ id: BlockID) -> [Int] {
    guard !entries.isEmpty else {
      let bytes = model.precision.bytes(type, .activation, nil)
      return [Int](repeating: bytes, count: model.platform.elements.count)
    }
    return entries[id.index].map { model.precision.bytes(type, .activation, $0) }
  }
}
