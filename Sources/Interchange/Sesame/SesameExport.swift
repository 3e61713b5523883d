package import Dataflow
package import MappingModel
import PlatformModel
import Simulation

/// What is exported to the Sesame environment: an application, an architecture, and where there is one,
/// the mapping of one to the other.
package struct SesameExport: Hashable, Sendable {
  /// The processes and channels.
  package let application: SesameApplication
  /// The elements, memories and links.
  package let architecture: SesameArchitecture
  /// The element and the memories of each process; nil without a placement.
  package let mapping: SesameMapping?
  /// How the application was exported.
  package let options: Options

  /// How an application is exported.
  package struct Options: Hashable, Sendable {
    /// What the files are named after; by default the graph's name.
    package var name: String?
    /// How many tokens an event moves.
    package var events: Events
    /// The iterations that the application executes unless it is told otherwise.
    package var iterations: Int64
    /// The type of a token in C++.
    package var tokenType: TokenType
    /// For each actor what a firing computes, as `Conv(8_1_5_5)`; by default its function or name.
    package var labels: [String]?
    /// For each actor lines that tell a reader of the code about it.
    package var notes: [[String]]?

    /// Options with the default for each that is left out.
    package init(
      name: String? = nil, events: Events = .burst, iterations: Int64 = 1,
      tokenType: TokenType = .int, labels: [String]? = nil, notes: [[String]]? = nil
    ) {
      self.name = name
      self.events = events
      self.iterations = iterations
      self.tokenType = tokenType
      self.labels = labels
      self.notes = notes
    }
  }

  /// How many tokens an event moves.
  package enum Events: String, Hashable, Sendable, CaseIterable {
    /// One.
    case token
    /// All of a port in a firing, in pieces of at most 32767.
    case burst
  }

  /// The type of a token in C++.
  package enum TokenType: String, Hashable, Sendable, CaseIterable {
    case char, short, int, long, float, double
  }
}

extension SesameExport {
  /// Exports a graph without a platform: each process has an element of its own, and the graph's times.
  ///
  /// - Throws: ``InterchangeError`` for an inconsistent graph, or rates that no buffer can hold.
  package init(_ graph: CSDFGraph, options: Options = Options()) throws(InterchangeError) {
    let operations = SesameOperations(
      labels: options.labels ?? graph.labels, ticks: graph.actors.map { [$0.executionTimes] })
    application = try SesameApplication(
      graph, name: options.name, operations: (operations.names, operations.ofPhases))
    architecture = SesameArchitecture(
      elementFor: application.processes.map(\.name), operations: operations)
    let elements = architecture.elements
    mapping = application.mapping(
      element: { elements[$0].name }, memory: { elements[$1].name })
    self.options = options
  }

  /// Exports the graph of a problem with its platform, and with a placement the mapping too.
  ///
  /// - Throws: ``InterchangeError`` for an inconsistent graph, rates that no buffer can hold, too many
  ///   phases, or a block on an element that does not support it.
  package init(
    _ problem: MappingProblem, placement: Placement?, options: Options = Options()
  ) throws(InterchangeError) {
    let table = try ElementTable(problem)
    let operations = SesameOperations(
      labels: options.labels ?? problem.graph.labels, ticks: table.ticks)
    application = try SesameApplication(
      problem.graph, name: options.name, operations: (operations.names, operations.ofPhases))
    let architecture = SesameArchitecture(
      problem.platform, resources: problem.resources, typeOfElements: table.typeOfElements,
      hasEnvironment: table.hasEnvironment, operations: operations)
    self.architecture = architecture
    self.options = options
    guard let placement else {
      mapping = nil
      return
    }
    try problem.check(placement)
    mapping = application.mapping(
      element: { actor in
        let element = placement.elements[actor]
        return architecture.elements[element < 0 ? architecture.elements.count - 1 : element].name
      },
      memory: { channel, _ in
        architecture.memories[problem.memory(ofChannel: channel, in: placement)].name
      })
  }
}

extension SesameApplication {
  /// - Parameter memory: Where the tokens of a channel lie, for an actor at one of its ends.
  fileprivate func mapping(
    element: (Int) -> String, memory: (Int, Int) -> String
  ) -> SesameMapping {
    SesameMapping(
      processes: processes.enumerated().map { actor, process in
        SesameMapping.Entry(
          process: process.name, element: element(actor),
          ports: process.ports.map { .init(name: $0.name, place: memory($0.channel, actor)) },
          operations: Set(process.operations).sorted().map { operations[$0] })
      })
  }
}

extension CSDFGraph {
  /// For each actor what it computes.
  fileprivate var labels: [String] { actors.map { $0.function ?? $0.name } }
}

extension MappingProblem {
  fileprivate func check(_ placement: Placement) throws(InterchangeError) {
    guard placement.elements.count == graph.actors.count else {
      throw .placement(block: graph.name, reason: "expected an element for each block")
    }
    for (block, element) in placement.elements.enumerated() {
      let name = graph.actors[block].name
      if element < 0 {
        guard isFree(block) else { throw .placement(block: name, reason: "it has no element") }
        continue
      }
      guard platform.elements.indices.contains(element), !isFree(block),
        uses[block][element] != nil
      else {
        let title =
          platform.elements.indices.contains(element)
          ? platform.elements[element].name : "element \(element)"
        throw .placement(block: name, reason: "\(title) does not support it")
      }
    }
  }
}
