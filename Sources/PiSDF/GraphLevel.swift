import Diagnostics

/// A graph within a hierarchy with the values of its parameters and rates.
struct GraphLevel {
  let graph: PiSDFGraph
  /// What stands before the names of its actors: empty at the top, else a path that ends in `/`.
  let prefix: String
  /// The values of the parameters.
  let values: [String: Int64]
  /// For each node the rates of its ports.
  let rates: [[Int64]]
  /// For each channel the number of initial tokens.
  let delays: [Int64]
  /// What was rounded.
  let diagnostics: [Diagnostic]
  /// For each port that sets or gets the tokens of a delay their number.
  private let exchanges: [PiSDFGraph.End: Int64]
  /// The place of each port: the positions of its node and of the port within the node.
  private let places: [PiSDFGraph.End: (node: Int, port: Int)]
  /// The other end of the channel of each port.
  private let opposites: [PiSDFGraph.End: PiSDFGraph.End]

  /// Computes the values of a graph.
  ///
  /// - Parameters:
  ///   - passed: The values that the actor it stands for passes, by the actor's names.
  ///   - valuation: Values by paths, which go before all others; those used are taken out.
  init(
    _ graph: PiSDFGraph, prefix: String, passed: [String: Int64],
    valuation: inout Valuation
  ) throws(PiSDFError) {
    self.graph = graph
    self.prefix = prefix
    var rounding = Rounding()
    values = try Self.values(of: graph, prefix, passed, &valuation, &rounding)
    rates = try Self.rates(of: graph, prefix, values, &rounding)
    delays = try Self.delays(of: graph, prefix, values, &rounding)
    diagnostics = rounding.diagnostics
    var places: [PiSDFGraph.End: (node: Int, port: Int)] = [:]
    for (node, value) in graph.nodes.enumerated() {
      for (index, port) in value.ports.enumerated() {
        places[.init(value.name, port.name)] = (node, index)
      }
    }
    self.places = places
    var opposites: [PiSDFGraph.End: PiSDFGraph.End] = [:]
    for channel in graph.channels {
      opposites[channel.source] = channel.destination
      opposites[channel.destination] = channel.source
    }
    self.opposites = opposites
    var exchanges: [PiSDFGraph.End: Int64] = [:]
    for (channel, delay) in zip(graph.channels, delays) {
      for end in [channel.setter, channel.getter] {
        if let end { exchanges[end] = delay }
      }
    }
    self.exchanges = exchanges
  }

  /// The positions of a port's node and of the port within it; every end of a channel has them.
  func place(of end: PiSDFGraph.End) -> (node: Int, port: Int) { places[end] ?? (0, 0) }

  /// The other end of a port's channel.
  func opposite(of end: PiSDFGraph.End) -> PiSDFGraph.End { opposites[end] ?? end }

  /// The tokens of the delay that a port sets or gets; nil for a port of a channel.
  func exchange(at end: PiSDFGraph.End) -> Int64? { exchanges[end] }

  /// All ports that set or get the tokens of a delay, in the order of the channels.
  var exchangingEnds: [PiSDFGraph.End] {
    graph.channels.flatMap { [$0.setter, $0.getter].compactMap(\.self) }
  }

  /// The rate of a port.
  func rate(_ end: PiSDFGraph.End) -> Int64 {
    let (node, port) = place(of: end)
    return rates[node][port]
  }

  /// Whether a port is that of a data interface.
  func isInterface(_ end: PiSDFGraph.End) -> Bool { graph.nodes[place(of: end).node].isInterface }

  /// What an actor passes to the graph that it stands for.
  func passed(by node: PiSDFGraph.Node) -> [String: Int64] {
    var passed: [String: Int64] = [:]
    for input in node.configurationInputs { passed[input.name] = values[input.parameter] }
    return passed
  }
}

/// Values of parameters by their paths, and which of them were used.
struct Valuation {
  let values: [String: Int64]
  private(set) var unused: Set<String>

  init(_ values: [String: Int64]) {
    self.values = values
    unused = Set(values.keys)
  }

  mutating func take(_ path: String) -> Int64? {
    guard let value = values[path] else { return nil }
    unused.remove(path)
    return value
  }
}

extension GraphLevel {
  private static func values(
    of graph: PiSDFGraph, _ prefix: String, _ passed: [String: Int64],
    _ valuation: inout Valuation, _ rounding: inout Rounding
  ) throws(PiSDFError) -> [String: Int64] {
    var values: [String: Int64] = [:]
    for parameter in graph.parameters {
      values[parameter.name] = valuation.take(prefix + parameter.name)
      if values[parameter.name] == nil, case .interface = parameter.origin {
        values[parameter.name] = passed[parameter.name]
      }
    }
    let missing = graph.parameters.filter { values[$0.name] == nil && $0.expression == nil }
    guard missing.isEmpty else { throw .missingParameters(names: missing.map { prefix + $0.name }) }
    for index in graph.evaluationOrder where values[graph.parameters[index].name] == nil {
      let parameter = graph.parameters[index]
      guard let expression = parameter.expression else { continue }
      do {
        let (value, found) = try expression.rounded { values[$0] }
        values[parameter.name] = value
        rounding.note(found, as: value, expression) {
          "parameter \"\(prefix + parameter.name)\""
        }
      } catch {
        throw .parameter(
          name: prefix + parameter.name, expression: expression.text, reason: error.reason)
      }
    }
    return values
  }

  private static func rates(
    of graph: PiSDFGraph, _ prefix: String, _ values: [String: Int64],
    _ rounding: inout Rounding
  ) throws(PiSDFError) -> [[Int64]] {
    var rates: [[Int64]] = []
    for node in graph.nodes {
      var bound: [String: Int64] = [:]
      for input in node.configurationInputs { bound[input.name] = values[input.parameter] }
      var list: [Int64] = []
      for port in node.ports {
        do {
          let (rate, found) = try port.rate.amount { bound[$0] ?? values[$0] }
          list.append(rate)
          rounding.note(found, as: rate, port.rate) {
            "actor \"\(prefix + node.name)\", port \"\(port.name)\""
          }
        } catch {
          throw .rate(
            actor: prefix + node.name, port: port.name, expression: port.rate.text,
            reason: error.reason)
        }
      }
      rates.append(list)
    }
    return rates
  }

  private static func delays(
    of graph: PiSDFGraph, _ prefix: String, _ values: [String: Int64],
    _ rounding: inout Rounding
  ) throws(PiSDFError) -> [Int64] {
    var delays: [Int64] = []
    for channel in graph.channels {
      do {
        guard let delay = channel.delay else {
          delays.append(0)
          continue
        }
        let (tokens, found) = try delay.amount { values[$0] }
        delays.append(tokens)
        rounding.note(found, as: tokens, delay) {
          "delay of channel \"\(prefix + channel.description)\""
        }
      } catch {
        throw channel.delayError(error.reason, prefix: prefix)
      }
    }
    return delays
  }
}

extension RateExpression {
  /// The value as a number of tokens.
  fileprivate func amount(
    _ lookup: (String) -> Int64?
  ) throws(PiSDFError) -> (value: Int64, found: RateNumber) {
    let (value, found) = try rounded(lookup)
    guard value >= 0 else {
      throw .expression(text: text, reason: "expected a non-negative integer, found \(found)")
    }
    return (value, found)
  }
}

/// What was rounded on the way.
private struct Rounding {
  private(set) var diagnostics: [Diagnostic] = []

  mutating func note(
    _ found: RateNumber, as value: Int64, _ expression: RateExpression, _ subject: () -> String
  ) {
    if found.isWhole { return }
    diagnostics.append(
      Diagnostic(
        subject(),
        "\"\(expression.text.prefix(60))\" is \(found), rounded to \(value) as PREESM does"))
  }
}

extension PiSDFError {
  /// What is wrong with an expression, without the expression.
  fileprivate var reason: String {
    if case .expression(_, let reason) = self { reason } else { message }
  }
}
