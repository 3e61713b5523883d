import Dataflow
import Diagnostics
import Foundation
import Interchange
import MappingModel
import TestSupport
import Testing

@Suite("Sesame files, written and read back")
struct SesameReaderTests {
  private func write(_ files: [ExportedFile], to folder: TemporaryFolder) throws {
    for file in files {
      let path = folder.file(file.path)
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try file.text.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }

  private func readBack(_ export: SesameExport) throws -> SesameFolder {
    let folder = try TemporaryFolder()
    try write(try export.files(), to: folder)
    return try SesameFolder(path: folder.path)
  }

  @Test(
    "a graph comes back with its rates, tokens, times and names",
    arguments: [
      SampleGraphs.blur, SampleGraphs.cycle, SampleGraphs.multiRate, SampleGraphs.awkwardNames,
    ])
  func roundTrip(_ make: @Sendable () throws -> CSDFGraph) throws {
    let graph = try make()
    let export = try SesameExport(graph)
    let read = try readBack(export)
    #expect(read.application.graph == graph)
    #expect(read.application == export.application)
    #expect(read.architecture == export.architecture)
    #expect(read.mapping == export.mapping)
  }

  @Test("a platform and a placement come back")
  func platform() throws {
    let problem = try SampleProblem.problem(try SampleGraphs.blur(), free: [2])
    let export = try SesameExport(problem, placement: Placement(elements: [2, 1, -1]))
    let read = try readBack(export)
    #expect(read.architecture == export.architecture)
    #expect(read.mapping == export.mapping)
    let entries = try #require(read.mapping).processes
    #expect(entries.map(\.element) == ["DSP_1", "cpu_1", "environment"])
    // What the DSP writes lies in its own memory, also for the reader.
    #expect(entries[0].ports.map(\.place) == ["on_chip"])
    #expect(entries[1].ports.map(\.place) == ["on_chip", "DDR", "DDR", "DDR"])
    let types = try #require(read.architecture).types
    #expect(types.map(\.name) == ["CPU", "class_2", "environment"])
    #expect(types[0].latencies == ["READ_ROW": 5, "BLUR_3x3": 10])
    #expect(types[1].latencies == ["READ_ROW": 7])
    #expect(types[2].latencies == ["WRITE_ROW": 0])
  }

  @Test("a block on an element that does not support it is refused")
  func unsupported() throws {
    let problem = try SampleProblem.problem(try SampleGraphs.blur())
    #expect(throws: InterchangeError.placement(block: "blur", reason: "DSP/1 does not support it"))
    { try SesameExport(problem, placement: Placement(elements: [0, 2, 0])) }
    #expect(throws: InterchangeError.placement(block: "snk", reason: "it has no element")) {
      try SesameExport(problem, placement: Placement(elements: [0, 0, -1]))
    }
  }

  /// A change of the worked example's file, and what the reader says about it.
  struct Fault: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    var says: String
    var testDescription: String { says }
  }

  static let applicationFaults = [
    Fault(old: "KPN", new: "Net", says: "class \"Net\": expected KPN"),
    Fault(old: "</network>", new: "", says: "not well-formed XML"),
    Fault(
      old: #"operation:BLUR_3x3" value="2""#, new: #"operation:BLUR_3x3" value="1""#,
      says: "the number 1 is given twice"),
    Fault(
      old: #"operation:BLUR_3x3" value="2""#, new: #"operation:BLUR_3x3" value="4""#,
      says: "number \"4\": expected 1 to 3"),
    Fault(
      old: #"value="16,6*8,0""#, new: #"value="16,6*8,-""#,
      says: "rates \"16,6*8,-\": expected integers or n*v"),
    Fault(
      old: #"value="16,6*8,0""#, new: #"value="16,6*8,1""#, says: "its rates make it 65"),
    Fault(old: #"value="7*16,0""#, new: #"value="7*16,1""#, says: "its rates contradict"),
    Fault(
      old: #"value="16,6*8,0""#, new: #"value="16,4000000*8,0""#, says: "in all at most 4000000"),
    Fault(
      old: #"<property name="operations" value="2"/>"#, new: "",
      says: "<node> \"blur\": expected the property operations"),
    Fault(
      old: #"<property name="operations" value="2"/>"#,
      new: #"<property name="operations" value="7"/>"#,
      says: "there is no operation with the number 7"),
    Fault(
      old: #"outnode="snk" outport="IP0""#, new: #"outnode="snk" outport="IP1""#,
      says: "outport \"IP1\": node \"snk\" has no such port"),
    Fault(
      old: #"outnode="snk" outport="IP0""#, new: #"outnode="blur" outport="IP0""#,
      says: "port \"IP0\" of \"blur\" has two links"),
    Fault(
      old: #"innode="src" inport="OP0""#, new: #"innode="blur" inport="IP1""#,
      says: "inport \"IP1\": expected a port with dir out"),
    Fault(
      old: #"outnode="snk" outport="IP0""#, new: #"outnode="sink" outport="IP0""#,
      says: "outnode \"sink\": there is no such node"),
    Fault(
      old: #"<link innode="blur" inport="OP1" outnode="snk" outport="IP0"/>"#, new: "",
      says: "port \"OP1\": expected one link, found none"),
    Fault(old: #"dir="out""#, new: #"dir="up""#, says: "dir \"up\": expected in or out"),
    Fault(
      old: #"<node name="snk""#, new: #"<node name="src""#, says: "two nodes have this name"),
    Fault(
      old: #"<node name="snk""#, new: #"<node name="s k""#,
      says: "expected a name that is an identifier of C++"),
    Fault(
      old: #"name="firings" value="8""#, new: #"name="firings" value="9""#,
      says: "firings 9: its rates make it 8"),
    Fault(
      old: #"name="type" value="int""#, new: #"name="type" value="float""#,
      says: "it joins a port of type float with one of int"),
  ]

  @Test("faulty applications are refused with the file and the place", arguments: applicationFaults)
  func faultyApplication(_ fault: Fault) throws {
    let export = try SesameExport(try SampleGraphs.blur())
    let text = try #require(try export.files().first { $0.path.hasSuffix("_app.yml") }).text
    let place = try #require(text.range(of: fault.old))
    let changed = text.replacingCharacters(in: place, with: fault.new)
    let error = #expect(throws: InterchangeError.self) {
      try SesameReader.application(Data(changed.utf8), file: "x/blur_app.yml")
    }
    #expect(error?.message.contains(fault.says) == true, "\(error?.message ?? "")")
    #expect(error?.message.hasPrefix("x/blur_app.yml:") == true)
  }

  static let folderFaults = [
    Fault(
      old: #"<map source="snk""#, new: #"<map source="blur""#, says: "the process is mapped twice"),
    Fault(old: #"<map source="snk""#, new: #"<map source="sink""#, says: "has no such process"),
    Fault(old: #"dest="cpu_1""#, new: #"dest="cpu_9""#, says: "there is no element \"cpu_9\""),
    Fault(old: #"dest="cpu_1""#, new: #"dest="DSP_1""#, says: "DSP_1 has no latency of BLUR_3x3"),
    Fault(old: #"dest="DDR""#, new: #"dest="ROM""#, says: "there is no element or memory \"ROM\""),
    Fault(old: #"<port source="OP1""#, new: #"<port source="OP7""#, says: "expected its 4 ports"),
    Fault(old: #"side="dest""#, new: #"side="there""#, says: "side \"there\": expected dest"),
    Fault(
      old: #"dest="BLUR_3x3""#, new: #"dest="BLUR""#, says: "dest \"BLUR\": expected BLUR_3x3"),
    Fault(
      old: #"value="processor""#, new: #"value="thing""#, says: "expected processor, memory or bus"),
    Fault(
      old: #"value="3""#, new: #"value="-3""#, says: "latency \"-3\": expected an integer from 0"),
    Fault(old: #"value="2/1""#, new: #"value="2/0""#, says: "\"2/0\": expected a number from 0"),
    Fault(
      old: #"outnode="bus""#, new: #"outnode="cpu_1""#, says: "expected a link from a processor"),
  ]

  @Test("faulty mappings and architectures are refused", arguments: folderFaults)
  func faultyFolder(_ fault: Fault) throws {
    let problem = try SampleProblem.problem(try SampleGraphs.blur(), free: [2])
    let files = try SesameExport(problem, placement: Placement(elements: [0, 1, -1])).files()
    let folder = try TemporaryFolder()
    var isChanged = false
    try write(
      files.map { file in
        guard !file.path.hasPrefix("app/"), let place = file.text.range(of: fault.old), !isChanged
        else { return file }
        // Only one of the two files has what is replaced, or the first one counts.
        isChanged = true
        return ExportedFile(
          path: file.path, text: file.text.replacingCharacters(in: place, with: fault.new))
      }, to: folder)
    #expect(isChanged)
    let error = #expect(throws: InterchangeError.self) { try SesameFolder(path: folder.path) }
    #expect(error?.message.contains(fault.says) == true, "\(error?.message ?? "")")
    #expect(error?.message.hasPrefix(folder.path) == true)
  }
}
