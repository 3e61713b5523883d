import Dataflow
import DataflowConversion
import DataflowFormats
import Documents
import Foundation
import Interchange
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import ONNXSchema
import PiSDF
import PlatformModel
import SwiftProtobuf
import TestSupport

/// Files that are read without an error, from which mutations begin.
enum Seeds {
  // MARK: Platforms and mappings

  /// The files that ship, by their ending.
  static func platforms(_ ending: String) throws -> [[UInt8]] {
    try files(in: "Platforms", ending)
  }

  static func platformsAsJSON() throws -> [[UInt8]] {
    try platforms(".yaml").map { bytes in
      let platform = try PlatformReading(Data(bytes), file: "seed").platform
      return Array(PlatformFormat.document(of: platform).json().utf8)
    }
  }

  static func mappings() throws -> [[UInt8]] {
    try files(in: "Mappings", ".json") + [Array(mapping.utf8)]
  }

  static func mappingsAsYAML() throws -> [[UInt8]] {
    try mappings().map { bytes in
      Array(try DocumentNode(Data(bytes), file: "seed").value.yaml(header: "a seed").utf8)
    } + [Array("blocks: {conv1: &e HWCE, pool1: *e}\norder: {HWCE: &o [conv1], ARM0: *o}\n".utf8)]
  }

  private static func files(in folder: String, _ ending: String) throws -> [[UInt8]] {
    let folder = "\(PythonTool.packageRoot)/\(folder)"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return try names.filter { $0.hasSuffix(ending) }.map {
      Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")))
    }
  }

  private static let mapping = """
    {"blocks": {"conv1": "HWCE", "pool1": "ARM0", "fc1": "ARM1"},
     "splits": {"conv1": 2, "fc1": {"parts": 3, "along": "inputs"}},
     "channels": {"e0": {"memory": "MEM", "capacity": 4}}, "order": {"ARM0": ["pool1"]},
     "sequence": {"ARM0": [["pool1", 0]], "ARM1": [["fc1", 1]]}, "merges": [["relu1", "pool1"]]}
    """

  static let times: [[UInt8]] = [
    "block,element,seconds,joules\nconv1,HWCE,0.0012,0.01\npool1,ARM0,3e-4,\nfc1,ARM,0.5,5\n",
    "element,block,seconds\n\"ARM0\",\"a \"\"b\"\", c\",1.5\nARM1,Conv+Relu 8×3×3×3,0\n\n",
  ].map { Array($0.utf8) }

  // MARK: Dataflow graphs

  static func csdf() throws -> [[UInt8]] {
    try graphs().map { Array(try CSDFJSONFormat.write($0).utf8) }
  }

  static func sdf3() throws -> [[UInt8]] {
    try graphs().map { graph in
      let sizes = graph.channels.indices.map { $0 % 2 == 0 ? Int64($0 + 4) : nil }
      return Array(
        try SDF3Format.write(SDF3Format.Document(graph: graph, bufferSizes: sizes)).utf8)
    }
  }

  /// Hierarchies of one level, with all kinds of nodes that need no other file.
  static func piSDF() throws -> [[UInt8]] {
    let rate = try RateExpression("max(n, 2) * m / 2")
    let graph = try PiSDFGraph(
      name: "seed & <signs>",
      parameters: [
        .init("n", 4), .init("m", try RateExpression("ceil(n / 3) ^ 2 % 7 - 1 + 3")),
        .init(name: "given", origin: .interface(defaultValue: 2)),
        .init(name: "set", origin: .actor(.init("a", "v"))),
      ],
      nodes: [
        .input("in", rate: rate), .output("out", rate: 6),
        .init(
          "a", .actor(.code("a.h")), ports: [.input("i", rate), .output("o", 6)],
          configurationInputs: [.init("k", parameter: "given")], configurationOutputs: ["v"]),
        .init("f", .fork, ports: [.input("i", 6), .output("x", 2), .output("y", 4)]),
        .init("b", .broadcast, ports: [.input("i", 2), .output("x", 4)]),
        .init("r", .roundBuffer, ports: [.input("i", 4), .output("x", 2)]),
        .init("j", .join, ports: [.input("i", 4), .input("k", 2), .output("x", 6)]),
      ],
      channels: [
        .init(from: .init("in", "in"), to: .init("a", "i"), type: "float"),
        .init(from: .init("a", "o"), to: .init("f", "i"), delay: 3),
        .init(from: .init("f", "x"), to: .init("b", "i")),
        .init(from: .init("f", "y"), to: .init("r", "i")),
        .init(from: .init("b", "x"), to: .init("j", "i"), delay: try RateExpression("n + m")),
        .init(from: .init("r", "x"), to: .init("j", "k")),
        .init(from: .init("j", "x"), to: .init("out", "out")),
      ], configurationOutputs: [.init(name: "told", setter: .init("a", "v"))])
    let line = try PiSDFGraph(
      name: "line",
      nodes: [.init("a", ports: [.output("o", 3)]), .init("b", ports: [.input("i", 2)])],
      channels: [.init(from: .init("a", "o"), to: .init("b", "i"))])
    return try [graph, line].flatMap { try PiSDFModel($0).files().values.map { Array($0.utf8) } }
  }

  /// Files of exports to Sesame with an ending.
  static func sesame(_ ending: String) throws -> [[UInt8]] {
    let phases = try CSDFGraph(
      name: "phases & <signs>",
      actors: [
        CSDFGraph.Actor(name: "a", function: "read", executionTimes: [1, 2, 2]),
        CSDFGraph.Actor(name: "b", function: nil, executionTimes: [0, 5]),
      ],
      channels: [
        CSDFGraph.Channel(
          name: "ab", source: .init(0), destination: .init(1), production: [0, 2, 4],
          consumption: [1, 2], initialTokens: 3, tokenSize: 4),
        CSDFGraph.Channel(
          name: "bb", source: .init(1), destination: .init(1), production: [1],
          consumption: [1], initialTokens: 1),
      ])
    return try [phases, graphs()[1]].flatMap { graph in
      try SesameExport(graph).files().filter { $0.path.hasSuffix(ending) }
        .map { Array($0.text.utf8) }
    }
  }

  private static func graphs() throws -> [CSDFGraph] {
    let network = try ResolvedGraph(RandomNetwork.model(seed: 3, layers: 6))
    let blocks = try BlockGraph(network, name: "network")
    let phases = try CSDFGraph(
      name: "phases & <signs>",
      actors: [
        CSDFGraph.Actor(name: "a", function: "read", executionTimes: [1, 2, 3]),
        CSDFGraph.Actor(name: "b", function: nil, executionTimes: [0, 5, 5, 5]),
      ],
      channels: [
        CSDFGraph.Channel(
          name: "ab", source: .init(0), destination: .init(1), production: [0, 2, 0],
          consumption: [1, 1], initialTokens: 3, tokenSize: 4),
        CSDFGraph.Channel(
          name: "ba", source: .init(1), destination: .init(0), production: [1],
          consumption: [2], initialTokens: 9, tokenSize: 1),
      ])
    return [phases, try CSDFGraph(blocks, ticks: blocks.blocks.indices.map { Int64($0) })]
  }
}
