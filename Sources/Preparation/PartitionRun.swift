package import CostModel
package import Dataflow
package import DataflowConversion
package import Diagnostics
package import Files
import Foundation
package import NetworkImport
package import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import PlatformModel

/// A platform as it was opened.
package struct OpenedPlatform: Sendable {
  /// The path of its file.
  package let path: String
  /// The name of the file without its ending.
  package let name: String
  /// What blocks cost on it.
  package let model: CostModel
  /// What the user should know about it.
  package let diagnostics: [Diagnostic]

  /// Opens a platform by the path of its file or by the name of one that ships.
  ///
  /// - Parameter times: The path of a table of measured times.
  /// - Throws: ``PlatformError``, ``DocumentError`` or ``MeasuredTimesError``.
  package init(
    _ pathOrName: String, precision: Precision = .model, strictOperators: Bool = false,
    times: String? = nil, folders: ResourceFolders = .standard()
  ) throws {
    let library = PlatformLibrary(folders: folders.platformFolders)
    path = try library.path(of: pathOrName)
    name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let reading = try library.read(path)
    model = CostModel(
      platform: reading.platform, precision: precision, strictOperators: strictOperators,
      times: try times.map { path in
        guard isRegularFile(path) else {
          let isThere = FileManager.default.fileExists(atPath: path)
          throw MeasuredTimesError(
            file: path, line: nil,
            reason: FileKind(folder: path).map { "\($0.noun); expected a CSV table" }
              ?? (isThere ? "it is not a regular file" : "there is no such file"))
        }
        return try MeasuredTimes(
          try Data(contentsOf: URL(fileURLWithPath: path)), file: path)
      })
    diagnostics = reading.diagnostics + Self.unknownOperators(of: reading.platform)
  }

  /// A warning for each name in a pattern that no operator of a network has.
  private static func unknownOperators(of platform: Platform) -> [Diagnostic] {
    var names: [(type: String, name: String)] = []
    for element in platform.elements {
      for name in element.type.operators.flatMap(\.pattern.operators)
      where !isKnownPlatformOperator(name)
        && !names.contains(where: { $0 == (element.type.name, name) })
      {
        names.append((element.type.name, name))
      }
    }
    return names.map { Diagnostic($0.type, "no operator of a network is called \"\($0.name)\"") }
  }
}

/// A network on a platform, ready to be partitioned and evaluated.
package struct PartitionRun: Sendable {
  /// The network as it was opened.
  package let source: NetworkSource
  /// Its blocks before any split.
  package let graph: BlockGraph
  /// The platform; nil without one.
  package let platform: OpenedPlatform?
  private var costs: BlockCostTable
  /// Whether a tensor that several blocks read counts once in the memory of a network, not once for
  /// each of them.
  package var sharesInputs = false

  /// A run over the blocks of a network; without a platform an operation takes a tick.
  ///
  /// - Throws: ``ONNXError`` where the network cannot be seen as blocks.
  package init(
    network source: NetworkSource, options: ImportOptions,
    platform: OpenedPlatform?
  ) throws {
    self.source = source
    graph = try source.blocks(options)
    costs = BlockCostTable(platform?.model)
    self.platform = platform
  }

  /// The cost model of the platform; nil without one.
  package var model: CostModel? { costs.model }

  /// The number of elements of the platform; 1 without one.
  package var elementCount: Int { costs.model?.platform.elements.count ?? 1 }

  /// The name of the number format.
  package var precision: String { (costs.model?.precision ?? .model).description }

  /// What the user should know about the network and the platform.
  ///
  /// - Parameter graphs: The graphs that came out, which measured times may be about too.
  /// - Throws: ``CostError``.
  package mutating func diagnostics(of graphs: [BlockGraph] = []) throws -> [Diagnostic] {
    source.resolved.diagnostics + (try platformWarnings(of: graphs))
  }

  /// What the user should know about the platform and what a network costs on it.
  ///
  /// - Throws: ``CostError``.
  package mutating func platformWarnings(of graphs: [BlockGraph] = []) throws -> [Diagnostic] {
    guard let platform else { return [] }
    let model = platform.model
    return platform.diagnostics + model.precisionWarnings(of: graph)
      + (try costs.fallbackWarnings(of: graph))
      + (model.times?.unmatched(in: [graph] + graphs, on: model.platform) ?? [])
  }

  /// Partitions the network, or what it was split into already.
  ///
  /// - Throws: ``PartitionError`` or ``CostError``.
  package mutating func partition(
    _ request: PartitionRequest, of split: BlockGraph? = nil
  ) throws -> PartitionResult {
    try request(split ?? graph, costs: &costs)
  }

  /// The CSDF graph of a network, each block on the slowest element that supports it.
  ///
  /// - Throws: ``CostError`` or ``DataflowError``.
  package mutating func dataflow(
    of graph: BlockGraph, granularity: Granularity
  ) throws -> CSDFGraph {
    try CSDFGraph(
      graph, ticks: try costs.costs(of: graph).map(\.ticks), granularity: granularity)
  }

  /// Evaluates a partitioned network.
  ///
  /// - Throws: ``CostError`` or ``DataflowError``.
  package mutating func evaluate(_ graph: BlockGraph) throws -> PartitionEvaluation {
    try PartitionEvaluation(of: graph, costs: &costs, sharesInputs: sharesInputs)
  }
}

extension Duration {
  /// The duration in seconds.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
