import CostModel
import DataflowConversion
import Diagnostics
import Documents
import Foundation
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
import TestSupport
import Testing

@testable import Preparation

private typealias Text = TextModel

@Suite("What mapping files ask for")
struct MappingRuleTests {
  /// A convolution `n_c`, alias `conv1`, and behind it `n_r`, alias `relu1`, and a layer that reads both.
  private static let network =
    Text.input("x", "1×3×4×4") + Text.weights("w", [3, 3, 1, 1])
    + Text.node("Conv", ["x", "w"], ["c"]) + Text.node("Relu", ["c"], ["r"])
    + Text.node("Add", ["c", "r"], ["y"]) + "output { name: 'y' }"

  private func subject() throws -> MappingSubject {
    let graph = try BlockGraph(try ResolvedGraph(try Text.model(Self.network)), name: "n")
    let library = PlatformLibrary(folders: [PythonTool.packageRoot])
    let model = CostModel(platform: try library.read("mpsoc4-cores").platform)
    return try MappingSubject(graph, model, granularity: .tensor, buffers: .periodic)
  }

  private func rules(_ text: String) throws -> PlacementRules {
    let mapping = try Mapping(try DocumentNode(Data(text.utf8), file: "m.json"))
    return try subject().rules(mapping, file: "m.json")
  }

  @Test(
    "must not contradict each other",
    arguments: [
      (
        #"{"order": {"large": ["n_c"]}, "sequence": {"large": [["n_c", 0]]}}"#,
        "m.json: order.large: the element has a sequence too, which says what runs when; expected one of them"
      ),
      (
        #"{"sequence": {"large": [["n_c", 0], ["n_r", 0], ["n_c", 1]]}}"#,
        "m.json: sequence.large: n_c is there twice; expected each block once"
      ),
      (
        #"{"sequence": {"large": [["n_c", 0], ["conv1", 0]]}}"#,
        "m.json: sequence.large: n_c is there twice; expected each block once"
      ),
      (
        #"{"order": {"large": ["n_r", "n_c", "n_r"]}}"#,
        "m.json: order.large: n_r is there twice; expected each block once"
      ),
      (
        #"{"order": {"large": ["relu1", "n_r"]}}"#,
        "m.json: order.large: n_r is there twice; expected each block once"
      ),
      (
        #"{"sequence": {"large": [["n_c", 0]], "small": [["conv1", 0]]}}"#,
        "m.json: sequence.small: conv1 may not run there, by what else the mapping says or the platform supports"
      ),
      (
        #"{"blocks": {"n_c": "large", "conv1": "small"}}"#,
        "m.json: blocks: conv1 and n_c name one block, and say different things of it; expected one of them"
      ),
      (
        #"{"channels": {"e1": {"capacity": 96}, "n_c->n_r": {"capacity": 144}}}"#,
        "m.json: channels: e1 and n_c->n_r name one channel, and say different things of it; expected one of them"
      ),
      (
        #"{"channels": {"conv1->relu1": {"capacity": 96}, "n_c->n_r": {"capacity": 144}}}"#,
        "m.json: channels: conv1->relu1 and n_c->n_r name one channel, and say different things of it; "
          + "expected one of them"
      ),
    ])
  func contradictions(text: String, message: String) throws {
    let error = #expect(throws: MappingError.self) { try rules(text) }
    #expect(error?.message == message)
  }

  @Test(
    "may name a thing twice where they say the same or other things of it",
    arguments: [
      #"{"blocks": {"n_c": "large", "conv1": "large"}}"#,
      #"{"channels": {"e1": {"capacity": 96}, "n_c->n_r": {"memory": "shared memory"}}}"#,
      #"{"channels": {"e1": {"capacity": 96}, "conv1->relu1": {"capacity": 96}}}"#,
      #"{"order": {"large": ["n_c"]}, "sequence": {"small": [["n_r", 0]]}}"#,
      #"{"order": {"large": ["n_c"], "small": ["n_c"]}}"#,
    ])
  func agreement(text: String) throws { _ = try rules(text) }
}
