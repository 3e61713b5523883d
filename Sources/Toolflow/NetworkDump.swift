import NetworkModel
import ONNXFormat

/// A graph of blocks as JSON: what it consists of, without the weights.
struct NetworkDump: Encodable {
  var name: String
  var blocks: [BlockRow]

  /// A block.
  struct BlockRow: Encodable {
    var name: String
    var content: String
    var steps: [StepRow]
    var inputs: [[SliceRow]]
    var outputs: [[Int]]
    var operations: Int
    var parameters: Int
  }

  /// An operator of a block.
  struct StepRow: Encodable {
    var layer: String
    var `operator`: String
    /// The first kernel, and the one behind the last.
    var kernels: [Int]
  }

  /// A range of channels of another block.
  struct SliceRow: Encodable {
    var block: String
    var channels: [Int]
  }

  init(_ graph: BlockGraph) {
    name = graph.name
    blocks = graph.blockIDs.map { id in
      let block = graph[id]
      return BlockRow(
        name: block.name, content: Self.content(block),
        steps: block.steps.map { step in
          StepRow(
            layer: graph[step.layer].name, operator: graph[step.layer].node.opType,
            kernels: [step.channels.lowerBound, step.channels.upperBound])
        },
        inputs: block.ports.map { port in
          port.slices.map { slice in
            SliceRow(
              block: graph[slice.source].name,
              channels: [slice.channels.lowerBound, slice.channels.upperBound])
          }
        },
        outputs: block.outputs.map(\.shape), operations: graph.work(id).operations,
        parameters: graph.constants(id).reduce(0) { $0 + $1.type.count })
    }
  }

  private static func content(_ block: Block) -> String {
    switch block.content {
    case .input: "input"
    case .output: "output"
    case .concatenation: "concatenation"
    case .steps: "operators"
    }
  }
}
