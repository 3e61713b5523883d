package import CostModel
package import Diagnostics
import Documents
package import MappingModel
package import NetworkModel
import Partitioning
package import PlatformModel

/// A network with the splits and merges of a mapping, and the element of each of its blocks.
package struct MappedNetwork: Sendable {
  /// The blocks after the splits and merges of the mapping.
  package let graph: BlockGraph
  /// For each block its element; nil for inputs, outputs and what costs nothing.
  package let placement: [ElementID?]
  /// What the blocks cost.
  package let model: CostModel
}

/// Why a mapping does not fit a network and a platform.
package enum MappingError: UserFacingError {
  /// A name in the mapping means nothing.
  case unknown(
    file: String, path: String, expected: String, found: String, similar: [String] = [])
  /// A split or a merge cannot be made.
  case partition(file: String, path: String, reason: String)
  /// A block has no element.
  case unmapped(file: String, block: String, elements: [String])
  /// A block may run nowhere: nothing supports it, or the mapping forbids what does.
  case nowhere(file: String?, block: String, operators: String, platform: String)
  /// A block is on an element that does not support it.
  case unsupported(file: String, block: String, operators: String, element: String)
  /// An order or a sequence of an element has a block that may not run there.
  case elsewhere(file: String, path: String, block: String)
  /// Two keys of a mapping name one thing, and say different things of it.
  case contradiction(file: String, path: String, keys: [String], what: String)
  /// A list names a block twice, or leaves out one that runs there.
  case twice(file: String, path: String, block: String)
  /// A list leaves out a block that runs there.
  case missing(file: String, path: String, block: String)
  /// An element has an order and a sequence.
  case orderAndSequence(file: String, element: String)
  /// A block of a sequence is too many inferences behind others.
  case shift(file: String, path: String, block: String, most: Int)
  /// A channel from a block to itself is given a memory or a capacity.
  case selfEdge(file: String, path: String, block: String)

  /// The file, the key path and block, and what was expected there.
  package var message: String {
    switch self {
    case .unknown(let file, let path, let expected, let found, let similar):
      "\(file): \(path): expected \(expected), found \"\(found)\"\(similar.asQuestion)"
    case .partition(let file, let path, let reason): "\(file): \(path): \(reason)"
    case .unmapped(let file, let block, let elements):
      "\(file): blocks: \(block) is missing"
        + (elements.isEmpty ? "" : "; it can run on \(elements.joined(separator: ", "))")
    case .nowhere(let file, let block, let operators, let platform):
      file.map {
        "\($0): forbid: \(block) may run on no element of \(platform) that supports \(operators)"
      } ?? "block \(block): no element of \(platform) supports \(operators)"
    case .unsupported(let file, let block, let operators, let element):
      "\(file): blocks.\(block): \(element) does not support \(operators)"
    case .contradiction(let file, let path, let keys, let what):
      "\(file): \(path): \(keys.joined(separator: " and ")) name one \(what), and say different things of it; "
        + "expected one of them"
    case .twice(let file, let path, let block):
      "\(file): \(path): \(block) is there twice; expected each block once"
    case .missing(let file, let path, let block):
      "\(file): \(path): \(block) runs there and is not in it; expected all blocks of the element"
    case .orderAndSequence(let file, let element):
      "\(file): order.\(element): the element has a sequence too, which says what runs when; expected one of them"
    case .shift(let file, let path, let block, let most):
      "\(file): \(path): \(block) is shifted by too many inferences; expected at most \(most) more than others"
    case .selfEdge(let file, let path, let block):
      "\(file): \(path): the channel leads from \(block) to itself: nothing is moved, and it has no limit"
    case .elsewhere(let file, let path, let block):
      "\(file): \(path): \(block) may not run there, by what else the mapping says or the platform supports"
    }
  }

  /// A block that may run nowhere is infeasible; all else is a fault of the input.
  package var fault: Fault {
    if case .nowhere = self { .infeasible } else { .input }
  }
}

extension MappedNetwork {
  /// Applies a mapping to a network.
  ///
  /// - Parameter file: What errors call the mapping.
  /// - Throws: ``MappingError`` or ``PartitionError``.
  package init(_ mapping: Mapping, _ graph: BlockGraph, _ model: CostModel, file: String) throws {
    let graph = try graph.applying(mapping, file: file)
    self.graph = graph
    self.model = model
    var placement = [ElementID?](repeating: nil, count: graph.blocks.count)
    for (name, elementName) in mapping.blocks.sorted(by: { $0.key < $1.key }) {
      guard let id = graph.block(named: name) else {
        throw MappingError.unknown(
          file: file, path: "blocks", expected: "the name of a block", found: name,
          similar: name.similar(in: graph.blocks.map(\.name)))
      }
      guard let element = model.platform.element(named: elementName) else {
        let known = model.platform.elements.map(\.name)
        throw MappingError.unknown(
          file: file, path: "blocks.\(name)",
          expected: "one of the elements \(known.joined(separator: ", "))", found: elementName,
          similar: elementName.similar(in: known))
      }
      guard model.cost(of: id, in: graph, on: element) != nil else {
        throw MappingError.unsupported(
          file: file, block: name, operators: graph.operators(of: id), element: elementName)
      }
      guard placement[id.index] == nil || placement[id.index] == element else {
        throw MappingError.contradiction(
          file: file, path: "blocks",
          keys: mapping.blocks.keys.filter {
            graph.block(named: $0) == id
          }.sorted(), what: "block")
      }
      if !graph.isFree(id) { placement[id.index] = element }
    }
    for id in graph.blockIDs where placement[id.index] == nil && !graph.isFree(id) {
      let able = model.platform.elementIDs.filter { model.cost(of: id, in: graph, on: $0) != nil }
      throw MappingError.unmapped(
        file: file, block: graph[id].name, elements: able.map { model.platform[$0].name })
    }
    self.placement = placement
  }

  /// Reads a mapping from a file and applies it.
  ///
  /// - Throws: ``DocumentError``, ``MappingError`` or ``PartitionError``.
  package init(path: String, _ graph: BlockGraph, _ model: CostModel) throws {
    try self.init(try Mapping(try DocumentNode(path: path)), graph, model, file: path)
  }

  /// How long an inference keeps the parts of the platform busy.
  ///
  /// - Throws: ``CostError``.
  package func load() throws -> MappingLoad { try model.load(of: graph, placement: placement) }
}

extension BlockGraph {
  /// The network with the splits and merges of a mapping.
  ///
  /// - Parameter file: What errors call the mapping.
  /// - Throws: ``MappingError`` or ``PartitionError``.
  package func applying(_ mapping: Mapping, file: String) throws -> BlockGraph {
    var graph = self
    func apply(_ path: String, _ change: () throws -> BlockGraph) throws {
      do {
        graph = try change()
      } catch let error as PartitionError {
        throw MappingError.partition(file: file, path: path, reason: error.message)
      }
    }
    for split in mapping.splits {
      try apply("splits.\(split.block)") {
        try graph.splitting(
          try graph.requiredBlock(named: split.block), into: split.parts,
          along: SplitAxis(split.along))
      }
    }
    for (index, names) in mapping.merges.enumerated() {
      try apply("merges[\(index)]") {
        try graph.merging(try names.map { try graph.requiredBlock(named: $0) })
      }
    }
    return graph
  }
}
