import CostModel
import Diagnostics
import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
import Quantities
import TestSupport
import Testing

@Suite("Measured times")
struct MeasuredTimesTests {
  private let graph: BlockGraph
  private let platform: Platform

  init() throws {
    graph = try BlockGraph(
      try ResolvedGraph(SmallNetworks.convolutionReluPoolDense()), name: "small")
    platform = try PlatformLibrary(folders: [PythonTool.packageRoot]).read("neuraghe-v1").platform
  }

  private func times(_ text: String) throws -> MeasuredTimes {
    try MeasuredTimes(Data(text.utf8), file: "t.csv")
  }

  private func cost(_ block: String, _ element: String, _ times: MeasuredTimes) throws -> BlockCost
  {
    let model = CostModel(platform: platform, times: times)
    let id = try #require(graph.block(named: block))
    let element = try #require(platform.element(named: element))
    return try #require(model.cost(of: id, in: graph, on: element))
  }

  @Test("go before the formula: a name before a signature, an element before its type")
  func precedence() throws {
    let signature = graph.signature(of: try #require(graph.block(named: "conv")))
    let times = try times(
      """
      block,element,seconds,joules
      "\(signature)",ARM,3,
      "\(signature)",ARM1,2,7
      conv,HWCE,1e-3,0.5
      relu,ARM,0,
      """)
    #expect(try cost("conv", "ARM0", times).seconds == Seconds(3))
    #expect(try cost("conv", "ARM0", times).dynamicEnergy == Joules(30))
    #expect(try cost("conv", "ARM1", times).seconds == Seconds(2))
    #expect(try cost("conv", "ARM1", times).dynamicEnergy == Joules(7))
    #expect(try cost("conv", "HWCE", times).dynamicEnergy == Joules(0.5))
    #expect(try cost("conv", "HWCE", times).bound == .measurement)
    #expect(try cost("relu", "ARM0", times).seconds == .zero)
    #expect(try cost("fc", "ARM0", times).bound == .computation)
  }

  @Test(
    "refuse lines and files that mean something else",
    arguments: [
      (
        "block,element,seconds\nconv,ARM,1,5\n",
        "line 2: 4 fields, expected 3: block, element, seconds"
      ),
      (
        "block,element,seconds\nconv,ARM,0.\(String(repeating: "12", count: 21))\n",
        "at most 38 digits"
      ),
      ("PK\u{3}\u{4}\u{14}", "it is a zip archive; expected a CSV table"),
      ("version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
      ("b\0l\0o\0c\0k\0,\0", "UTF-16"), ("<!doctype html>\n<p>a,b", "web page"),
    ])
  func otherFiles(text: String, words: String) {
    let error = #expect(throws: MeasuredTimesError.self) { try times(text) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test("let an element run what it does not list")
  func unlisted() throws {
    let times = try times("block,element,seconds\nfc,HWCE,0.25\n")
    #expect(try cost("fc", "HWCE", times).seconds == Seconds(0.25))
  }

  @Test("that match nothing are named with their line")
  func unmatched() throws {
    let times = try times(
      "element,block,seconds\nARM0,conv,1\nARM0,gone,1\nGPU,conv,1\nARM,Relu 1x2 > 1x2,1\n")
    #expect(
      times.unmatched(in: [graph], on: platform).map(\.description) == [
        "t.csv: line 3: gone matches no block of the network",
        "t.csv: line 4: ZynqPS has no element GPU",
        "t.csv: line 5: Relu 1x2 > 1x2 matches no block of the network",
      ])
  }

  @Test(
    "that make no sense are errors with their line",
    arguments: [
      ("", "t.csv: line 1: expected one column block"),
      ("block,element\n", "t.csv: line 1: expected one column seconds"),
      (
        "block,element,seconds,colour\n",
        "t.csv: line 1: column 4 is called \"colour\", expected block, element, seconds, joules"
      ),
      (
        "block,element,seconds\nconv,ARM0,1\nconv,ARM0,fast\n",
        "t.csv: line 3: seconds: expected a number of at least 0, found \"fast\""
      ),
      (
        "block,element,seconds\nconv,ARM0,-1\n",
        "t.csv: line 2: seconds: expected a number of at least 0, found \"-1\""
      ),
      ("block,element,seconds\nconv,ARM0,\n", "t.csv: line 2: expected a number of seconds"),
      ("block,element,seconds\n,ARM0,1\n", "t.csv: line 2: expected a text in the column block"),
      (
        "block,element,seconds\nconv,ARM0,1\nconv,ARM0,1\n",
        "t.csv: line 3: conv on ARM0 is there twice"
      ),
      ("block,element,seconds\n\"conv,ARM0,1\n", "t.csv: a quotation mark is not closed"),
    ])
  func senseless(text: String, expected: String) {
    let error = #expect(throws: MeasuredTimesError.self) { try times(text) }
    #expect(error.map { "\($0)" } == expected)
  }
}
