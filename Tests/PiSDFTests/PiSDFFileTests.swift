import Dataflow
import DataflowFormats
import Foundation
import PiSDF
import TestSupport
import Testing

@Suite("Files of hierarchies")
struct PiSDFFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String, _ file: String) throws {
    let url = URL(fileURLWithPath: folder.file(file))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// A graph of an actor and an interface with a delay in each of the ways that files give it.
  static let top = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- <sdf3> -->
    <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
        <key attr.name="name" attr.type="string" for="graph"/>
        <graph edgedefault="directed">
            <data key="name">top</data>
            <node expr="6" id="size" kind="param"/>
            <node expr="0" id="set" kind="param"/>
            <node expr="size" id="half" kind="param"/>
            <node id="Set" kind="actor" period="0"><port kind="cfg_output" name="v"/></node>
            <node id="A" kind="actor" period="0">
                <data key="graph_desc"> Code/include/a.h </data>
                <loop name="a"><param direction="IN" isConfig="true" name="n" type="int"/></loop>
                <port kind="cfg_input" name="n"/>
                <port annotation="NONE" expr="n*2" kind="output" name="o"/>
                <port annotation="NONE" expr="set" kind="input" name="back"/>
                <port kind="cfg_input" name="set"/>
            </node>
            <node id="H" kind="actor">
                <data key="graph_desc">SUB</data>
                <port kind="cfg_input" name="n"/>
                <port annotation="NONE" expr="n" kind="input" name="i"/>
                <port annotation="NONE" expr="1" kind="output" name="o"/>
            </node>
            <node expr="size+1" getter="" id="late" kind="delay" level="permanent" setter=""/>
            <edge expr="9" kind="fifo" source="A" sourceport="o" target="H" targetport="i" type="int">
                <data key="delay">late</data>
            </edge>
            <edge expr="size/2" kind="fifo" source="H" sourceport="o" target="A"
                targetport="back" type="int"><data key="delay"/></edge>
            <edge kind="dependency" source="size" target="A" targetport="n"/>
            <edge kind="dependency" source="half" target="H" targetport="n"/>
            <edge kind="dependency" source="size" target="half"/>
            <edge kind="dependency" source="set" target="A" targetport="set"/>
            <edge kind="dependency" source="size" target="H.o-A.back"/>
            <edge kind="dependency" source="Set" sourceport="v" target="set"/>
        </graph>
    </graphml>
    """

  static let sub = """
    <graphml><graph><data key="name">sub</data><node id="n" kind="cfg_in_iface" defaultValue="3"/>
      <node id="i" kind="src"><port expr="n" kind="output" name="i"/></node>
      <node id="o" kind="snk"><port expr="1" kind="input" name="o"/></node>
      <node id="X" kind="actor"><port expr="n / 2" kind="input" name="a"/>
        <port kind="cfg_input" name="n"/><port expr="1" kind="output" name="b"/></node>
      <edge kind="fifo" source="i" sourceport="i" target="X" targetport="a" type="int"/>
      <edge kind="fifo" source="X" sourceport="b" target="o" targetport="o" type="int"/>
      <edge kind="dependency" source="n" target="X" targetport="n"/>
      <edge kind="dependency" source="n" target="i"/></graph></graphml>
    """

  @Test(
    "are found beside the file, in the project, and by paths of the workspace",
    arguments: [
      ("top.pi", "sub.pi", "sub.pi"), ("Algo/top.pi", "Algo/sub.pi", "Algo/sub.pi"),
      ("Algo/top.pi", "sub.pi", "Algo/sub.pi"), ("a/b/top.pi", "c/sub.pi", "a/c/sub.pi"),
      ("Algo/top.pi", "/project/Algo/sub.pi", "Algo/sub.pi"),
      ("a/b/top.pi", "../sub.pi", "a/sub.pi"),
    ])
  func places(top: String, refinement: String, sub: String) throws {
    try write(Self.top.replacingOccurrences(of: "SUB", with: refinement), top)
    try write(Self.sub, sub)
    if top.hasPrefix("a") { try write("", "a/.project") }
    let model = try PiSDFModel(path: folder.file(top))
    #expect(model.graphs.count == 2)
    let flat = try PiSDFFlattening(model, options: .init(valuation: ["set": 2]))
    #expect(flat.graph.name == "top")
    #expect(flat.graph.actors.map(\.name) == ["Set", "A", "H/o", "H/X"])
    #expect(Set(flat.graph.channels.map(\.initialTokens)) == [7, 0, 3])
    #expect(flat.repetitions == [1, 1, 2, 4])
    let copy = folder.file("copy")
    try model.write(toFolder: copy)
    #expect(try PiSDFModel(path: "\(copy)/\(model.top)", root: copy) == model)
  }

  @Test(
    "are not read outside the project, when missing, or in circles",
    arguments: [
      ("../sub.pi", "no file"), ("/etc/hosts.pi", "no file"), ("none.pi", "no file"),
      ("inner/top.pi", "sub-graphs contain each other: inner/top.pi -> inner/top.pi"),
    ])
  func refusals(refinement: String, reason: String) throws {
    try write(Self.sub, "sub.pi")
    let path = folder.file("inner/top.pi")
    try write(Self.top.replacingOccurrences(of: "SUB", with: refinement), "inner/top.pi")
    let root = reason.contains("contain") ? folder.path : nil
    #expect {
      try PiSDFModel(path: path, root: root)
    } throws: {
      let line = "\($0)"
      return line.contains(reason) && line.contains(path) && !line.contains("\n")
    }
  }

  @Test(
    "that are malformed are refused with their line",
    arguments: [
      ("<graphml xmlns", "<sdf3 xmlns", "not well-formed"),
      ("expr=\"n*2\"", "expr=\"n*\"", ":15: <port> \"o\": expression \"n*\": ends"),
      ("expr=\"n*2\"", "", ":15: <port> \"o\": the attribute expr is missing"),
      ("kind=\"output\" name=\"o\"", "kind=\"out\" name=\"o\"", "no kind \"out\" of ports"),
      ("id=\"Set\" kind=\"actor\"", "id=\"Set\" kind=\"task\"", "no kind \"task\" of nodes"),
      (
        "expr=\"size+1\"", "expr=\"size+nobody\"",
        "channel \"A.o -> H.i\": delay \"late\" = \"size+nobody\": there is no parameter \"nobody\""
      ),
      (
        "expr=\"size/2\"", "expr=\"nobody\"",
        "channel \"H.o -> A.back\": delay \"nobody\": there is no parameter \"nobody\""
      ),
      ("id=\"half\"", "id=\"size\"", ":9: <node> \"size\": the name is used twice"),
      ("kind=\"dependency\" source=\"half\"", "kind=\"dependency\" source=\"x\"", "no \"x\""),
      (
        "target=\"H\" targetport=\"n\"", "target=\"H\" targetport=\"m\"", "no parameter leads to it"
      ),
      ("target=\"A\" targetport=\"back\"", "target=\"late\" targetport=\"set\"", "has no channel"),
      ("sourceport=\"v\"", "sourceport=\"w\"", "no configuration output \"w\""),
      ("target=\"H\" targetport=\"i\"", "target=\"H\" targetport=\"z\"", "no input port \"z\""),
      ("kind=\"fifo\" source=\"H\"", "kind=\"pipe\" source=\"H\"", "the kind fifo or dependency"),
      (
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>",
        "document type"
      ),
      ("</graphml>", "", "not well-formed"),
      ("<graph edgedefault", "<graph/><graph edgedefault", "with one <graph>"),
    ])
  func malformed(part: String, replacement: String, reason: String) throws {
    var text = Self.top.replacingOccurrences(of: "SUB", with: "sub.pi")
    if part.hasPrefix("target=\"A\"") {
      text = text.replacingOccurrences(
        of: "target=\"A\"\n            targetport", with: "target=\"A\" targetport")
    }
    text = text.replacingOccurrences(of: part, with: replacement)
    try write(text, "top.pi")
    try write(Self.sub, "sub.pi")
    #expect {
      try PiSDFFlattening(
        try PiSDFModel(path: folder.file("top.pi")), options: .init(valuation: ["set": 2]))
    } throws: {
      let line = "\($0)"
      return line.contains(reason) && line.contains("top.pi")
    }
  }

  @Test("with names that need escapes are the same after writing and reading")
  func names() throws {
    let name = "a<b>&\"c\" \u{e9}\tx"
    let graph = try PiSDFGraph(
      name: name, parameters: [.init(name: "n", origin: .interface(defaultValue: 4))],
      nodes: [
        .init(name, .actor(.code("a&b.h")), ports: [.output("<", RateExpression("n"))]),
        .init("B", ports: [.input("&", 1)]),
      ],
      channels: [.init(from: .init(name, "<"), to: .init("B", "&"), type: "a<b>", delay: 3)])
    let model = try PiSDFModel(graph)
    try model.write(toFolder: folder.path)
    #expect(try PiSDFModel(path: folder.file("top.pi")) == model)
    let control = try PiSDFGraph(name: "\u{1}", nodes: [], channels: [])
    #expect(throws: PiSDFError.self) { try PiSDFModel(control).files() }
  }

  @Test("of the convolution layer are written as one file each and told apart from SDF3")
  func layer() throws {
    let model = try ConvolutionLayer.model()
    try model.write(toFolder: folder.path)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.file("Algo")).sorted()
    #expect(files == ["layer.pi", "top.pi"])
    #expect(try PiSDFModel(path: folder.file("Algo/top.pi")) == model)
    #expect(GraphFile.format(ofFile: folder.file("Algo/top.pi")) == .piSDF)
    try write(Self.top, "other.xml")
    #expect(GraphFile.format(ofFile: folder.file("other.xml")) == .piSDF)
    try write("<!-- <graphml> --><sdf3/>", "other.xml")
    #expect(GraphFile.format(ofFile: folder.file("other.xml")) == .sdf3)
  }
}
