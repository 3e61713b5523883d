package import Dataflow
package import Diagnostics

/// A hierarchy as one cyclo-static dataflow graph, for given values of its parameters.
///
/// Source: the flattening of interface-based dataflow of Piat, Bhattacharyya, Raulet 2009,
/// "Interface-based hierarchy for synchronous data-flow graphs", SiPS, DOI
/// 10.1109/SIPS.2009.5336240, section III. We differ as follows.
/// - An actor of a sub-graph is named by its path, as `layer1/conv`.
/// - A data interface through which each firing of the sub-graph passes as many tokens as its rate
///   vanishes. Where more are read, or more written, an actor with the path of the interface
///   repeats the tokens from the first on, or keeps the last.
/// - A data interface of the top level is an actor that fires once in an iteration.
/// - A fork or join has a phase for each port that it deals to or collects from, of one execution
///   time each; broadcasts and round buffers have one phase.
/// - A delay keeps its tokens as long as its level says (``PiSDFGraph/Persistence``). Where they are new
///   in each firing of a graph, and actors wait for themselves by them, each firing of these actors in an
///   iteration is an actor, `layer1/conv[0]`, `layer1/conv[1]` …
/// - The setter of a delay writes its tokens anew in each firing of the graph, the getter reads those that
///   are left at its end. Where such a delay lies at a border of a graph, an actor without a time passes
///   tokens on.
/// - A channel whose rates are 0 is left out.
package struct PiSDFFlattening: Hashable, Sendable {
  /// The graph; its iteration may be a part of that of the hierarchy, as levels no longer bind
  /// firings together.
  package let graph: CSDFGraph
  /// For each actor how often it goes through its phases in an iteration of the hierarchy.
  package let repetitions: [Int64]
  /// What was rounded on the way.
  package let diagnostics: [Diagnostic]

  /// Flattens a model.
  ///
  /// - Throws: ``PiSDFError`` for parameters without values, values for parameters that there are
  ///   not, rates that contradict each other, and graphs beyond a million actors.
  /// - Complexity: O(*n*) expressions and channels of all levels, each as often as its graph is an
  ///   actor.
  package init(_ model: PiSDFModel, options: Options = Options()) throws(PiSDFError) {
    var flattener = PiSDFFlattener(model: model, options: options)
    self = try flattener.flatten()
  }

  init(graph: CSDFGraph, repetitions: [Int64], diagnostics: [Diagnostic]) {
    self.graph = graph
    self.repetitions = repetitions
    self.diagnostics = diagnostics
  }

  /// What a hierarchy is flattened for.
  package struct Options: Sendable {
    /// Values of parameters by name, in sub-graphs by path as `layer1/agg`, which go before those
    /// that the graphs give.
    package var valuation: [String: Int64]
    /// The execution time of a phase in ticks by actor; others take a tick.
    package var executionTimes: [String: Int64]

    /// Options; without any, the graphs alone give values, and every phase takes a tick.
    package init(valuation: [String: Int64] = [:], executionTimes: [String: Int64] = [:]) {
      self.valuation = valuation
      self.executionTimes = executionTimes
    }
  }
}
