import Documents
import Foundation
import MappingModel
import Testing

@Suite("Mapping files")
struct MappingTests {
  private func mapping(_ text: String) throws -> Mapping {
    try Mapping(try DocumentNode(Data(text.utf8), file: "m.json"))
  }

  @Test("are read with all their parts")
  func whole() throws {
    let found = try mapping(
      """
      {"blocks": {"conv1": "HWCE", "fc1": "ARM0"},
       "channels": {"conv1": {"memory": "MEM", "capacity": 3}},
       "order": {"ARM0": ["fc1", "relu1"]},
       "sequence": {"ARM0": [["fc1", 0], ["relu1", 2]]},
       "splits": {"conv2": 4, "conv3": {"parts": 3, "along": "lines"}, "fc1": {"parts": 2}},
       "merges": [["conv1", "relu1"]]}
      """)
    #expect(
      found
        == Mapping(
          blocks: ["conv1": "HWCE", "fc1": "ARM0"],
          channels: ["conv1": Mapping.Channel(memory: "MEM", capacity: 3)],
          order: ["ARM0": ["fc1", "relu1"]],
          sequence: [
            "ARM0": [Mapping.Slot(block: "fc1", shift: 0), Mapping.Slot(block: "relu1", shift: 2)]
          ],
          splits: [
            Mapping.Split(block: "conv2", parts: 4),
            Mapping.Split(block: "conv3", parts: 3, along: .lines),
            Mapping.Split(block: "fc1", parts: 2),
          ], merges: [["conv1", "relu1"]]))
    #expect(try mapping("blocks: {1: 2}") == Mapping(blocks: ["1": "2"]))
  }

  @Test("may say where blocks must not run, and leave out everything else")
  func forbidden() throws {
    let found = try mapping(#"{"forbid": {"conv1": ["HWCE", "ARM0"], "fc1": []}}"#)
    #expect(found == Mapping(blocks: [:], forbidden: ["conv1": ["HWCE", "ARM0"], "fc1": []]))
    #expect(try mapping("{}") == Mapping(blocks: [:]))
    #expect(try mapping("forbid:\n  conv1: [HWCE]").forbidden == ["conv1": ["HWCE"]])
  }

  @Test(
    "that make no sense are errors with their key path",
    arguments: [
      ("[]", "m.json: top level: expected an object, found a list of 0"),
      (#"{"blocks": {"a": 1.5}}"#, "m.json: blocks.a: expected a text, found 1.5"),
      (
        #"{"blocks": {}, "block": {}}"#,
        "m.json: block: expected one of the keys blocks, forbid, channels, order, sequence, splits, merges"
      ),
      (#"{"forbid": ["a"]}"#, "m.json: forbid: expected an object, found a list of 1"),
      (#"{"forbid": {"a": "e"}}"#, "m.json: forbid.a: expected a list, found \"e\""),
      (#"{"forbid": {"a": [1.5]}}"#, "m.json: forbid.a[0]: expected a text, found 1.5"),
      (
        #"{"blocks": {}, "splits": {"a": 1}}"#,
        "m.json: splits.a: expected a whole number from 2 to 2147483647, found 1"
      ),
      (
        #"{"blocks": {}, "splits": {"a": {"parts": 2, "along": "rows"}}}"#,
        "m.json: splits.a.along: expected kernels or lines or inputs, found \"rows\""
      ),
      (
        #"{"blocks": {}, "splits": {"a": {"along": "lines"}}}"#,
        "m.json: splits.a: the key \"parts\" is missing"
      ),
      (
        #"{"blocks": {}, "merges": [["a"]]}"#,
        "m.json: merges[0]: expected at least two blocks, found a list of 1"
      ),
      (
        #"{"blocks": {}, "sequence": {"e": [["a"]]}}"#,
        "m.json: sequence.e[0]: expected a block and a shift, as [conv1, 0], found a list of 1"
      ),
      (
        #"{"blocks": {}, "channels": {"a": {"capacity": 0}}}"#,
        "m.json: channels.a.capacity: expected a whole number from 1, found 0"
      ),
    ])
  func senseless(text: String, expected: String) {
    let error = #expect(throws: DocumentError.self) { try mapping(text) }
    #expect(error.map { "\($0)" } == expected)
  }
}
