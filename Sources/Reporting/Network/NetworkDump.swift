package import NetworkModel
import ONNXFormat
import ONNXSchema

/// A graph of blocks as JSON: what it consists of, without the weights.
package struct NetworkDump: Encodable {
  /// The name of the network.
  package var name: String
  /// The blocks, in their order in the graph.
  package var blocks: [BlockRow]

  /// A block.
  package struct BlockRow: Encodable {
    var name: String
    var content: String
    var steps: [StepRow]
    var inputs: [[SliceRow]]
    var outputs: [[Int]]
    var operations: Int
    var parameters: Int
  }

  /// An operator of a block.
  package struct StepRow: Encodable {
    var layer: String
    var `operator`: String
    /// The first kernel, and the one behind the last.
    var kernels: [Int]
    /// The first line, and the one behind the last; left out where all are computed.
    var lines: [Int]?
    /// The first input of a partial sum, and the one behind the last; left out where all are summed.
    var inputs: [Int]?
  }

  /// A range of channels of another block, and of its lines where these are not all.
  package struct SliceRow: Encodable {
    var block: String
    var channels: [Int]
    var lines: [Int]?
  }

  /// The content of a graph of blocks, without its weights.
  package init(_ graph: BlockGraph) {
    name = graph.name
    blocks = graph.blockIDs.map { id in
      let block = graph[id]
      return BlockRow(
        name: block.name, content: Self.content(block),
        steps: block.steps.map { step in
          StepRow(
            layer: graph[step.layer].name, operator: graph[step.layer].node.opType,
            kernels: Self.bounds(step.channels), lines: step.part.lines.map(Self.bounds),
            inputs: step.part.inputs.map(Self.bounds))
        },
        inputs: block.ports.map { port in
          port.slices.map { slice in
            SliceRow(
              block: graph[slice.source].name,
              channels: Self.bounds(slice.channels), lines: slice.lines.map(Self.bounds))
          }
        },
        outputs: block.outputs.map(\.shape), operations: graph.work(id).operations,
        parameters: graph.parameters([id]))
    }
  }

  private static func bounds(_ range: Range<Int>) -> [Int] { [range.lowerBound, range.upperBound] }

  private static func content(_ block: Block) -> String {
    switch block.content {
    case .input: "input"
    case .output: "output"
    case .concatenation: "concatenation"
    case .steps: "operators"
    }
  }
}
