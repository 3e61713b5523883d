import Dataflow

/// Trouble in a decoded file with the key path where it is.
struct CSDFJSONError: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}

extension CSDFJSONFormat.Document {
  /// The graph that the file describes.
  func graph() throws -> CSDFGraph {
    if let type, type.lowercased() != "csdf", type.lowercased() != "sdf" {
      throw CSDFJSONError(path: "type", reason: "expected csdf, found \"\(type)\"")
    }
    try check(nodeCount, is: nodes.count, "node_number")
    try check(edgeCount, is: edges.count, "edge_number")
    try checkEntries()
    let positions = try nodePositions()
    let exact = try nodes.enumerated().map { index, node in
      node.writtenOut(try node.exactTimes(node: index))
    }
    guard let times = TimeUnit.whole(exact) else {
      throw CSDFJSONError(path: "nodes", reason: TimeUnit.noCommonUnit)
    }
    let actors = zip(nodes, times.ticks).map {
      CSDFGraph.Actor(name: $0.name, function: $0.function, executionTimes: $1)
    }
    let ports = try nodes.enumerated().map { try $1.portTable(path: "nodes[\($0)]") }
    let channels = try edges.enumerated().map { index, edge in
      let (source, production) = try end(
        edge.source, "out", path: "edges[\(index)].src", positions, ports)
      let (destination, consumption) = try end(
        edge.destination, "in", path: "edges[\(index)].dst", positions, ports)
      return CSDFGraph.Channel(
        name: edge.name, source: source, destination: destination, production: production,
        consumption: consumption, initialTokens: edge.initialTokens ?? 0,
        tokenSize: edge.tokenSize ?? 1)
    }
    return try CSDFGraph(name: name, actors: actors, channels: channels, timeUnit: times.unit)
  }

  /// The buffer size of each channel that has one.
  func bufferSizes() throws -> [Int64?] {
    for (index, edge) in edges.enumerated() {
      guard let size = edge.bufferSize, size < 0 else { continue }
      throw CSDFJSONError(
        path: "edges[\(index)].buffer_size", reason: "expected at least 0, found \(size)")
    }
    return edges.map(\.bufferSize)
  }

  private func check(_ stated: Int?, is count: Int, _ key: String) throws {
    guard let stated, stated != count else { return }
    throw CSDFJSONError(path: key, reason: "expected \(count), the number listed, found \(stated)")
  }

  /// Checks that all lists together, each as long as its node says, are within bounds.
  private func checkEntries() throws {
    var entries: Int64 = 0
    for (index, node) in nodes.enumerated() {
      guard let length = node.length, length > 0 else { continue }
      let (product, overflow) = length.multipliedReportingOverflow(by: Int64(1 + node.ports.count))
      entries = overflow ? .max : entries.addingReportingOverflow(product).partialValue
      guard (0...CSDFGraph.entryLimit).contains(entries) else {
        throw CSDFJSONError(
          path: "nodes[\(index)].length",
          reason: "more than \(CSDFGraph.entryLimit) list entries in the file")
      }
    }
  }

  private func nodePositions() throws -> [Int: Int] {
    var positions: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() {
      guard positions.updateValue(index, forKey: node.id) == nil else {
        throw CSDFJSONError(path: "nodes[\(index)].id", reason: "the id \(node.id) is used twice")
      }
    }
    return positions
  }

  private func end(
    _ pair: [Int], _ type: String, path: String, _ positions: [Int: Int],
    _ ports: [[Int: CSDFJSONFormat.Port]]
  ) throws -> (CSDFGraph.ActorID, [Int64]) {
    guard pair.count == 2 else {
      throw CSDFJSONError(path: path, reason: "expected the ids of an actor and of its port")
    }
    guard let node = positions[pair[0]] else {
      throw CSDFJSONError(path: path, reason: "there is no node with id \(pair[0])")
    }
    guard let port = ports[node][pair[1]], port.type == type else {
      throw CSDFJSONError(
        path: path, reason: "node \(pair[0]) has no port \(pair[1]) of type \(type)")
    }
    return (CSDFGraph.ActorID(node), nodes[node].writtenOut(port.rate))
  }
}

extension CSDFJSONFormat.Node {
  fileprivate func portTable(path: String) throws -> [Int: CSDFJSONFormat.Port] {
    if let length, length < 1 {
      throw CSDFJSONError(path: "\(path).length", reason: "expected 1 or more, found \(length)")
    }
    var table: [Int: CSDFJSONFormat.Port] = [:]
    for (index, port) in ports.enumerated() {
      let path = "\(path).ports[\(index)]"
      guard port.type == "in" || port.type == "out" else {
        throw CSDFJSONError(path: "\(path).type", reason: "expected in or out")
      }
      try checkLength(of: port.rate, path: "\(path).rate")
      guard table.updateValue(port, forKey: port.id) == nil else {
        throw CSDFJSONError(path: "\(path).id", reason: "the id \(port.id) is used twice")
      }
    }
    try checkLength(of: times, path: "\(path).wcet")
    return table
  }

  fileprivate func exactTimes(node: Int) throws -> [Fraction] {
    try times.enumerated().map { index, time in
      let exact: Fraction?
      switch time {
      case .whole(let time): exact = Fraction(time)
      case .decimal(let time): exact = Fraction("\(time)")
      }
      guard let exact, exact >= .zero else {
        throw CSDFJSONError(
          path: "nodes[\(node)].wcet[\(index)]",
          reason: "expected a number from 0 on that fits 64 bits as a fraction")
      }
      return exact
    }
  }

  /// A list of one entry stands for all phases of the length; others have an entry for each.
  private func checkLength(of list: [some Any], path: String) throws {
    guard !list.isEmpty else { throw CSDFJSONError(path: path, reason: "expected a rate or time") }
    guard let length, list.count > 1, Int64(list.count) != length else { return }
    throw CSDFJSONError(
      path: path,
      reason: "expected one entry, or \(length) as the length says, found \(list.count)")
  }

  /// A list with an entry for each phase.
  fileprivate func writtenOut<Element>(_ list: [Element]) -> [Element] {
    guard let length, list.count == 1, length > 1 else { return list }
    return Array(repeating: list[0], count: Int(length))
  }
}
