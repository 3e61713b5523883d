import CostModel
import NetworkModel
import ONNXFormat

/// The memory of a network: its weights once, and one tensor for every channel.
struct NetworkMemory {
  var weightBytes: Int
  /// For each channel a tensor that it holds, in the order of the graph's edges.
  private var tensors: [Tensor] = []
  /// The tensors that blocks write, one after another.
  private var outputCount = 0
  /// Whether channels that carry one tensor to several readers are one.
  private let sharesInputs: Bool

  private struct Tensor {
    var elements: Int
    var bytes: Int
    /// The number of the output that it is, or is a part of, and the bytes of all of it.
    var output: Int
    var outputBytes: Int
  }

  /// - Parameter sharesInputs: Whether a tensor that several blocks read lies there once, not once for
  ///   each of them.
  init(
    of graph: BlockGraph, costs: [UnmappedCost], _ model: CostModel?, sharesInputs: Bool = false
  ) {
    self.sharesInputs = sharesInputs
    let precision = model?.precision ?? .model
    var firstOutputs: [Int] = []
    for block in graph.blocks {
      firstOutputs.append(outputCount)
      outputCount += block.outputs.count
    }
    var weights: [(region: TensorRegion, bytes: Int)] = []
    for id in graph.blockIDs {
      let support = model?.support(of: id, in: graph, on: costs[id.index].element)
      for tensor in graph.constants(id) {
        weights.append((tensor.origin, precision.bytes(tensor.type, .weight, support)))
      }
      for slice in graph[id].ports.flatMap(\.slices) {
        let whole = graph[slice.source].outputs[slice.output]
        tensors.append(
          Tensor(
            elements: graph.elements(slice),
            bytes: precision.bytes(graph.type(of: slice), .activation, support),
            output: firstOutputs[slice.source.index] + slice.output,
            outputBytes: precision.bytes(whole, .activation, support)))
      }
    }
    weightBytes = RegionPieces.bytes(weights)
  }

  /// The bytes of all channels, one tensor each.
  var bufferBytes: Int { bytes(of: tensors.map { Int64($0.elements) }) }

  /// The bytes of channels from the elements that each holds.
  func bytes(of elements: [Int64]) -> Int {
    // For each output what all its readers hold, and as much of it as the deepest of them holds.
    var sums = [Int](repeating: 0, count: outputCount)
    var shared = sums
    for (tensor, count) in zip(tensors, elements) {
      func share(_ bytes: Int) -> Int {
        Int(clamping: Int128(count) * Int128(bytes) / Int128(max(1, tensor.elements)))
      }
      sums[tensor.output] += share(tensor.bytes)
      shared[tensor.output] = max(shared[tensor.output], share(tensor.outputBytes))
    }
    return sharesInputs
      ? zip(sums, shared).reduce(0) { $0 + min($1.0, $1.1) } : sums.reduce(0, +)
  }
}
