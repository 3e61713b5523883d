import Documents
import Foundation
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@testable import Preparation

@Suite("Splits in mapping files")
struct MappingSplitTests {
  private let mapping = Mapping(
    blocks: [:],
    splits: [
      Mapping.Split(block: "conv1", parts: 2, along: .lines),
      Mapping.Split(block: "conv2", parts: 4, along: .inputs), Mapping.Split(block: "fc", parts: 3),
    ])

  @Test("are written and read with what their parts are ranges of")
  func roundTrip() throws {
    let data = try JSONEncoder().encode(MappingDocument(mapping))
    let read = try Mapping(try DocumentNode(data, file: "m.json"))
    #expect(Set(read.splits) == Set(mapping.splits))
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let splits = try #require(object["splits"] as? [String: Any])
    #expect(splits["fc"] as? Int == 3)
    #expect((splits["conv1"] as? [String: Any])?["along"] as? String == "lines")
  }

  @Test(
    "keep their order",
    arguments: [
      ["conv2", "conv10"], ["conv10", "conv2"], ["b", "a", "c"], ["conv2"], ["B", "a"],
    ])
  func order(blocks: [String]) throws {
    var mapping = mapping
    mapping.splits = blocks.map { .init(block: $0, parts: 2, along: $0 == "a" ? .lines : .kernels) }
    let text = try JSONText.encode(MappingDocument(mapping))
    let read = try Mapping(try DocumentNode(Data(text.utf8), file: "m.json"))
    #expect(read.splits == mapping.splits)
  }

  @Test("are what the schema accepts")
  func schema() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("documents.json")
    var unsorted = mapping
    unsorted.splits.reverse()
    let written = try JSONEncoder().encode([MappingDocument(mapping), MappingDocument(unsorted)])
    try written.write(to: URL(fileURLWithPath: file))
    let schema = "\(PythonTool.packageRoot)/Schemas/mapping.schema.json"
    let output = try PythonTool("check_schema.py").succeed([schema, file])
    #expect("\(output)".trimmingCharacters(in: .whitespacesAndNewlines) == "[null, null]")
  }

  @Test("are made along their axes")
  func applied() throws {
    let graph = try BlockGraph(
      try ResolvedGraph(GeneratedNetwork.mnist.model(seed: nil)), name: "mnist")
    let names = try graph.applying(mapping, file: "m.json").blocks.map(\.name)
    #expect(names.contains("pool1_split_0_1") && names.contains("conv2_sum_1"))
    #expect(names.contains("fc_split_2_2") && !names.contains("conv2_output_concat_1"))
  }

  @Test("that cannot be made are errors that name the block")
  func refused() throws {
    let graph = try BlockGraph(
      try ResolvedGraph(GeneratedNetwork.mnist.model(seed: nil)), name: "mnist")
    var mapping = mapping
    mapping.splits = [Mapping.Split(block: "fc", parts: 2, along: .lines)]
    let error = #expect(throws: MappingError.self) { try graph.applying(mapping, file: "m.json") }
    #expect(error?.message.contains("splits.fc") == true)
  }
}
