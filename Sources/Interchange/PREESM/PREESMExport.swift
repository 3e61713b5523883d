package import Dataflow
import Documents
package import MappingModel
package import PiSDF
import PlatformModel

/// What is exported to the PREESM tool: a graph, an architecture, and a scenario that says which actor may
/// run where, and how long it takes there.
///
/// Tool: Pelcat et al. 2014, "PREESM: a dataflow-based rapid prototyping framework for simplifying
/// multicore DSP programming", EDERC, DOI 10.1109/EDERC.2014.6924354; the files are those of its version
/// 3. Its unit of time is our tick, its unit of data a bit.
package struct PREESMExport: Sendable {
  /// The graph; an actor has the place of that of the CSDF graph.
  package let graph: PiSDFGraph
  let architecture: SesameArchitecture
  let tokenType: SesameExport.TokenType
  /// For each actor and each type of element the ticks of a turn through its phases, nil where that
  /// does not support it.
  let ticks: [[Int64?]]
  /// For each element the actors that may run on it.
  let allowed: [[Int]]

  /// Exports a graph for one core, with its own times.
  ///
  /// - Throws: ``InterchangeError`` for a graph that PiSDF cannot hold.
  package init(
    _ graph: CSDFGraph, name: String? = nil, tokenType: SesameExport.TokenType = .int
  ) throws(InterchangeError) {
    self.graph = try PiSDFGraph(lowering: graph, name: name, tokenType: tokenType.rawValue)
    self.tokenType = tokenType
    architecture = SesameArchitecture(
      elements: [.init(name: "core", title: "", type: 0, memory: 0, links: [])],
      types: [.init(name: "core_type", title: "", latencies: [:])],
      memories: [.init(name: "memory", title: "", capacity: 0)], links: [])
    ticks = graph.actors.indices.map { [Self.turn(graph.actors[$0].executionTimes, $0, graph)] }
    allowed = [Array(graph.actors.indices)]
  }

  /// Exports the graph of a problem with its platform; with a placement each block may run only where
  /// that says.
  ///
  /// - Throws: ``InterchangeError`` for a graph that PiSDF cannot hold, or too many phases.
  package init(
    _ problem: MappingProblem, placement: Placement? = nil, name: String? = nil,
    tokenType: SesameExport.TokenType = .float
  ) throws(InterchangeError) {
    let csdf = problem.graph
    graph = try PiSDFGraph(lowering: csdf, name: name, tokenType: tokenType.rawValue)
    self.tokenType = tokenType
    let table = try ElementTable(problem)
    let architecture = SesameArchitecture(
      problem.platform, resources: problem.resources, typeOfElements: table.typeOfElements,
      hasEnvironment: false, operations: SesameOperations(labels: [], ticks: []))
    self.architecture = architecture
    ticks = csdf.actors.indices.map { actor in
      architecture.types.indices.map { type in
        if problem.isFree(actor) { return 0 }
        return table.ticks[actor][type].map { Self.turn($0, actor, csdf) }
      }
    }
    allowed = problem.platform.elements.indices.map { element in
      csdf.actors.indices.filter { actor in
        if problem.isFree(actor) { return true }
        if let placement { return placement.elements[actor] == element }
        return problem.uses[actor][element] != nil
      }
    }
  }

  /// The ticks of a turn through all phases; where turns differ, their mean rounded up.
  private static func turn(_ ticks: [Int64], _ actor: Int, _ graph: CSDFGraph) -> Int64 {
    let sum = ticks.reduce(Int128(0)) { $0 + Int128($1) } * Int128(graph.phaseCounts[actor])
    return Int64(clamping: (sum + Int128(ticks.count) - 1) / Int128(ticks.count))
  }
}

extension PREESMExport {
  /// A project with the graph in `Algo`, the architecture in `Archi`, and the scenario in `Scenarios`.
  ///
  /// - Throws: ``InterchangeError``.
  package func files() throws(InterchangeError) -> [ExportedFile] {
    let name = graph.name
    var files: [ExportedFile] = [
      ExportedFile(path: ".project", text: try project.exported()),
      ExportedFile(path: "Archi/\(name).slam", text: try design.exported()),
      ExportedFile(path: "Scenarios/\(name).scenario", text: try scenario.exported()),
    ]
    do {
      let model = try PiSDFModel(graphs: ["Algo/\(name).pi": graph], top: "Algo/\(name).pi")
      files += try model.files().sorted { $0.key < $1.key }
        .map { ExportedFile(path: $0.key, text: $0.value) }
    } catch {
      throw .hierarchy(error)
    }
    return files
  }

  private var project: XMLElementText {
    XMLElementText(
      "projectDescription", [:],
      [
        XMLElementText("name", text: graph.name), XMLElementText("comment", text: ""),
        XMLElementText("projects"), XMLElementText("buildSpec"),
        XMLElementText(
          "natures", [:],
          [XMLElementText("nature", text: "org.ietr.preesm.core.ui.wizards.nature")]),
      ])
  }
}
