import Dataflow
import Diagnostics
import Foundation
import Testing

@testable import DataflowFormats

@Suite struct CSDFJSONFormatTests {
  static let small = """
    {"name": "net", "type": "csdf", "node_number": 2, "edge_number": 1,
     "nodes": [
       {"id": 7, "name": "conv", "function": "CONV(5_5)", "length": 2, "wcet": [3, 4],
        "port_number": 1, "ports": [{"id": 1, "type": "out", "rate": [5, 6]}],
        "operator": {"name": "CONV", "timeComplexity": 12}},
       {"id": 9, "name": "pool", "function": "pool", "length": 1, "wcet": [2], "port_number": 1,
        "ports": [{"id": 0, "type": "in", "rate": [11]}]}],
     "edges": [{"id": 0, "name": "e", "src": [7, 1], "dst": [9, 0], "initial_tokens": 4}]}
    """

  @Test func `nodes, ports and edges are joined by their ids`() throws {
    let graph = try GraphFile.read(Data(Self.small.utf8), file: "net.json")
    let expected = try CSDFGraph(
      name: "net",
      actors: [
        .init(name: "conv", function: "CONV(5_5)", executionTimes: [3, 4]),
        .init(name: "pool", executionTimes: [2]),
      ],
      channels: [
        .init(
          name: "e", source: .init(0), destination: .init(1), production: [5, 6],
          consumption: [11], initialTokens: 4)
      ])
    #expect(graph == expected)
  }

  @Test(arguments: [
    ("\"wcet\": [2]", "\"wcet\": [\"2\"]", "nodes[1].wcet[0]: expected a number"),
    ("\"wcet\": [2]", "\"wcet\": []", "nodes[1].wcet: expected a rate or time"),
    ("\"wcet\": [2]", "\"wcet\": [1e99]", "nodes[1].wcet[0]: expected a number from 0 on"),
    ("[2]", "[0.5, 9223372036854775807]", "nodes: the execution times have no common"),
    ("\"wcet\": [2]", "\"wcet\": [-2]", "nodes[1].wcet[0]: expected a number from 0 on"),
    ("\"id\": 9", "\"id\": 7", "nodes[1].id: the id 7 is used twice"),
    ("\"length\": 2", "\"length\": 3", "nodes[0].ports[0].rate: expected one entry, or 3"),
    ("\"length\": 2", "\"length\": 4", "nodes[0].ports[0].rate: expected one entry, or 4"),
    ("\"length\": 2", "\"length\": 0", "nodes[0].length: expected 1 or more, found 0"),
    ("\"length\": 2", "\"length\": 99999999", "nodes[0].length: more than 16000000 list entries"),
    ("\"length\": 1", "\"length\": -1", "nodes[1].length: expected 1 or more, found -1"),
    ("\"src\": [7, 1]", "\"src\": [7]", "edges[0].src: expected the ids"),
    ("\"src\": [7, 1]", "\"src\": [8, 1]", "edges[0].src: there is no node with id 8"),
    ("\"dst\": [9, 0]", "\"dst\": [7, 1]", "edges[0].dst: node 7 has no port 1 of type in"),
    ("\"type\": \"in\"", "\"type\": \"x\"", "nodes[1].ports[0].type: expected in or out"),
    ("\"node_number\": 2", "\"node_number\": 3", "node_number: expected 2"),
    ("\"type\": \"csdf\"", "\"type\": \"kpn\"", "type: expected csdf"),
    ("\"edges\"", "\"edgez\"", "the key \"edges\" is missing"),
    ("{\"name\"", "{\"name", "not valid JSON"),
  ])
  func `malformed files name the key path`(old: String, new: String, message: String) throws {
    let text = Self.small.replacingOccurrences(of: old, with: new)
    try #require(text != Self.small)
    do {
      _ = try CSDFJSONFormat.read(Data(text.utf8), file: "bad.json")
      Issue.record("accepted")
    } catch {
      #expect(error.description.hasPrefix("bad.json: "), "\(error)")
      #expect(error.description.contains(message), "\(error)")
      #expect(!error.description.contains("\n"))
    }
  }

  @Test(
    arguments: [
      ("\"rate\": [5, 6]", "\"rate\": [5]", [5, 5], [3, 4]),
      ("\"wcet\": [3, 4]", "\"wcet\": [3]", [5, 6], [3, 3]),
    ] as [(String, String, [Int64], [Int64])])
  func `a list of one entry stands for all phases of the length`(
    old: String, new: String, rates: [Int64], times: [Int64]
  ) throws {
    let text = Self.small.replacingOccurrences(of: old, with: new)
    let graph = try CSDFJSONFormat.read(Data(text.utf8), file: "net.json")
    #expect(graph.channels[0].production == rates)
    #expect(graph.actors[0].executionTimes == times && graph.phaseCounts == [2, 1])
  }

  @Test func `a length without any list of its own makes phases`() throws {
    let text = Self.small.replacingOccurrences(of: "[3, 4]", with: "[3]")
      .replacingOccurrences(of: "[5, 6]", with: "[5]")
    let graph = try CSDFJSONFormat.read(Data(text.utf8), file: "net.json")
    #expect(graph.phaseCounts == [2, 1])
    #expect(try RepetitionVector(of: graph).firings == [22, 10])
  }

  @Test func `written graphs read back with all lists written out`() throws {
    for graph in try randomAcyclicGraphs(seed: 8, count: 50)
      + OracleGraph.all.map({ try $0.graph() })
    {
      let text = try CSDFJSONFormat.write(graph)
      let back = try CSDFJSONFormat.read(Data(text.utf8), file: "round.json")
      #expect(try back == graph.writtenOut())
    }
  }
}
