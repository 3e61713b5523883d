import Dataflow
import Diagnostics
import Foundation
import Testing

@testable import DataflowFormats

@Suite struct SDF3FormatTests {
  static let small = """
    <?xml version='1.0'?>
    <!-- a comment may say <!DOCTYPE or anything -->
    <sdf3 type="csdf" version="1.0">
      <applicationGraph name="app">
        <csdf name="g" type="G">
          <channel name="c" srcActor="0x5.a" srcPort="o" dstActor="b-1" dstPort="i"
            initialTokens="3" size="4"/>
          <actor name="0x5.a" type="filter"><port name="o" type="out" rate='0,2*3, 1'/></actor>
          <actor name="b-1" type="b-1"><port name="i" type="in" rate="7"/></actor>
        </csdf>
        <csdfProperties>
          <actorProperties actor="0x5.a">
            <processor type="x" default="true"><executionTime time="9"/></processor>
            <processor type="y" default="true"><executionTime time="5,6"/></processor>
            <processor type="z"><executionTime time="8"/></processor>
          </actorProperties>
          <channelProperties channel="c"><bufferSize sz="12" src="1" dst="1"/></channelProperties>
        </csdfProperties>
      </applicationGraph>
    </sdf3>
    """

  @Test func `lists, properties and default processors are read`() throws {
    let document = try SDF3Format.read(Data(Self.small.utf8), file: "small.xml")
    let expected = try CSDFGraph(
      name: "app",
      actors: [
        .init(name: "0x5.a", function: "filter", executionTimes: [5, 6]),
        .init(name: "b-1", executionTimes: [0]),
      ],
      channels: [
        .init(
          name: "c", source: .init(0), destination: .init(1), production: [0, 3, 3, 1],
          consumption: [7], initialTokens: 3, tokenSize: 4)
      ])
    #expect(document.graph == expected)
    #expect(document.bufferSizes == [12])
    #expect(
      document.diagnostics.map(\.description) == [
        "small.xml:14: actor \"0x5.a\": 2 processors are the default, the last one counts",
        "small.xml: actor \"b-1\" has no execution time, which is taken as 0",
      ])
    #expect(try GraphFile.read(Data(Self.small.utf8), file: "small.xml") == expected)
  }

  @Test(arguments: [
    ("rate=\"7\"", "rate=\"x\"", 9, "<port> \"i\": rate \"x\": expected integers"),
    ("rate=\"7\"", "rate=\"1;2\"", 9, "initial phases"),
    ("time=\"5,6\"", "time=\"3;5,6\"", 14, "time \"3;5,6\": initial phases, which an actor goes"),
    ("<executionTime time=\"8\"/>", "<executiontime time=\"8\"/>", 15, "expected <executionTime>"),
    ("initialTokens", "initialtokens", 7, "initialtokens means nothing, expected initialTokens"),
    ("<csdfProperties>", "<csdfProperties><actorproperties/>", 11, "expected <actorProperties>"),
    ("rate=\"7\"", "rate=\"9999999999*1\"", 9, "list entries"),
    ("rate=\"7\"", "rate=\"99999999999999999999\"", 9, "expected integers"),
    ("time=\"5,6\"", "time=\"5,1/2\"", 14, "time \"1/2\": expected numbers from 0 on"),
    ("time=\"5,6\"", "time=\"-0.5\"", 14, "time \"-0.5\": expected numbers from 0 on"),
    ("time=\"5,6\"", "time=\"inf\"", 14, "time \"inf\": expected numbers from 0 on"),
    ("time=\"5,6\"", "time=\"1e-40\"", 14, "time \"1e-40\": expected numbers from 0 on"),
    (
      "time=\"5,6\"", "time=\"1e-18,100\"", 5,
      "<csdf> \"g\": the execution times have no common unit"
    ),
    ("rate=\"7\"", "rate=\"0.5\"", 9, "expected integers"),
    ("dstPort=\"i\"", "dstPort=\"o\"", 7, "has no port \"o\" of type in"),
    ("srcActor=\"0x5.a\"", "srcActor=\"q\"", 7, "there is no actor \"q\""),
    ("initialTokens=\"3\"", "initialTokens=\"3.5\"", 7, "expected a 64-bit integer"),
    ("channelProperties channel=\"c\"", "channelProperties channel=\"d\"", 17, "no channel \"d\""),
    ("<csdf name=\"g\" type=\"G\">", "<sdf/><csdf>", 5, "<csdf>: expected only one"),
    ("</sdf3>", "", nil, "not well-formed"),
    ("<?xml version='1.0'?>", "<!DOCTYPE sdf3 [<!ENTITY a 'b'>]>", 1, "document type"),
    ("<?xml version='1.0'?>", "<?xml version='1.0' encoding='nonsense'?>", nil, "not well-formed"),
    ("initialTokens=\"3\"", "initialTokens=\"-3\"", nil, "expected at least 0"),
    ("rate=\"7\"", "rate=\"0\"", nil, "at least one positive rate"),
    ("<sdf3 type", "<sdf4 type", nil, "not well-formed"),
    ("a comment may say", "a -- comment may say", nil, "two hyphens within a comment"),
    ("a comment may", "a --\u{301} comment may", nil, "two hyphens within a comment"),
    (
      "a comment may say", String(repeating: "<!--", count: 100_000), nil,
      "two hyphens within a comment"
    ),
  ])
  func `malformed files name the line and the element`(
    old: String, new: String, line: Int?, message: String
  ) throws {
    let text = Self.small.replacingOccurrences(of: old, with: new)
    try #require(text != Self.small)
    do {
      _ = try SDF3Format.read(Data(text.utf8), file: "bad.xml")
      Issue.record("accepted")
    } catch {
      let prefix = line.map { "bad.xml:\($0): " } ?? "bad.xml"
      #expect(
        error.description.hasPrefix(prefix) && error.description.contains(message), "\(error)")
      #expect(!error.description.contains("\n"))
    }
  }

  /// Two actors, of which the first has what is given as its properties.
  private func read(_ processors: String, _ channel: String = "") throws -> SDF3Format.Document {
    let text = """
      <sdf3 type='sdf'><applicationGraph name='g'><sdf name='g' type='g'>
      <actor name='a' type='a'><port name='o' type='out' rate='2'/></actor>
      <actor name='b' type='b'><port name='i' type='in' rate='1'/></actor>
      <channel name='c' srcActor='a' srcPort='o' dstActor='b' dstPort='i'/></sdf>
      <sdfProperties><actorProperties actor='a'>\(processors)</actorProperties>
      <actorProperties actor='b'><processor type='p'><executionTime time='1'/></processor>
      </actorProperties><channelProperties channel='c'>\(channel)</channelProperties>
      </sdfProperties></applicationGraph></sdf3>
      """
    return try SDF3Format.read(Data(text.utf8), file: "g.xml")
  }

  private func processor(_ time: Int, _ attribute: String = "") -> String {
    "<processor type='p\(time)' \(attribute)><executionTime time='\(time)'/></processor>"
  }

  @Test(arguments: [
    ("default='1'", "", 10, 0), ("default='true'", "", 10, 0), ("default=' TRUE '", "", 10, 0),
    ("default=''", "", 10, 0), ("", "default='1'", 3, 0), ("default='0'", "default='yes'", 3, 0),
    ("default='true'", "default='false'", 10, 0), ("default='1'", "default='1'", 3, 1),
  ])
  func `the default processor is the one that says so`(
    first: String, second: String, time: Int64, warnings: Int
  ) throws {
    let document = try read(processor(10, first) + processor(3, second))
    #expect(document.graph.actors[0].executionTimes == [time])
    #expect(document.diagnostics.count == warnings)
  }

  @Test(arguments: ["", "default='false'"])
  func `several processors without a default are refused where their times differ`(
    attribute: String
  ) throws {
    #expect { try read(processor(10, attribute) + processor(3)) } throws: {
      "\($0)".contains("actor \"a\" has 2 processors with different times, expected one of them")
    }
    #expect(try read(processor(3, attribute) + processor(3)).graph.actors[0].executionTimes == [3])
  }

  @Test(arguments: ["", "<processor type='p' default='true'/>"])
  func `a missing time is told`(properties: String) throws {
    let document = try read(properties)
    #expect(document.graph.actors[0].executionTimes == [0])
    #expect(
      document.diagnostics.map(\.message) == [
        "actor \"a\" has no execution time, which is taken as 0"
      ])
  }

  @Test(arguments: [
    ("<bufferSize sz='$B5'/>", "bufferSize sz=\"$B5\" of channel \"c\": no size"),
    ("<bufferSize sz='-1'/>", "bufferSize sz=\"-1\" of channel \"c\": no size"),
    ("<tokenSize sz='many'/>", "tokenSize sz=\"many\" of channel \"c\": no size"),
  ])
  func `sizes that are none do not stop reading`(settings: String, message: String) throws {
    let document = try read(processor(2), settings)
    #expect(document.bufferSizes == [nil] && document.graph.channels[0].tokenSize == 1)
    #expect(document.diagnostics.count == 1)
    #expect(document.diagnostics[0].message.hasPrefix(message))
  }

  @Test(arguments: [
    ("<sdf3 type='fsmsadf'><applicationGraph/></sdf3>", "scenario-aware dataflow graph (SADF)"),
    ("<sdf3 type='sadf'><sadf/></sdf3>", "scenario-aware dataflow graph (SADF)"),
    (
      "<sdf3 type='sdf'><applicationGraph><fsmsadf/></applicationGraph></sdf3>",
      "scenario-aware dataflow graph (SADF)"
    ),
    ("<sdf3 type='sdf'><architectureGraph/></sdf3>", "a platform, on whose tiles time slices"),
    ("<sdf3 type='sdf'><systemGraph/></sdf3>", "a mapping with its time slices (TDMA)"),
    ("<sdf3 type='bdf'/>", "type \"bdf\" is no dataflow graph"),
    ("<sdf3/>", "expected <applicationGraph> inside"), ("<settings/>", "expected <sdf3>"),
  ])
  func `other files of the tools are said to be what they are`(text: String, message: String) {
    #expect { try SDF3Format.read(Data(text.utf8), file: "g.xml") } throws: {
      "\($0)".hasPrefix("g.xml:1: ") && "\($0)".contains(message)
    }
  }

  @Test func `a platform beside the application is told not to be read`() throws {
    let text = Self.small.replacingOccurrences(
      of: "</applicationGraph>", with: "</applicationGraph><architectureGraph/>")
    let found = try SDF3Format.read(Data(text.utf8), file: "g.xml").diagnostics
    #expect(
      found.contains { $0.message.hasPrefix("<architectureGraph>: a platform and a mapping") })
  }

  @Test func `written graphs read back equal`() throws {
    let odd = try CSDFGraph(
      name: "<&\"' \n",
      actors: [
        .init(name: "a\t<>", function: "f&", executionTimes: [1, 1, 2]),
        .init(name: "ü😀", function: "ü😀", executionTimes: [Int64.max]),
      ],
      channels: [
        .init(
          name: "\"c\"", source: .init(0), destination: .init(0), production: [1],
          consumption: [1, 0, 2], initialTokens: .max, tokenSize: 0)
      ])
    for graph in try [odd] + randomAcyclicGraphs(seed: 7, count: 50)
      + OracleGraph.all.map({ try $0.graph() })
    {
      let sizes = graph.channels.indices.map { $0 % 3 == 0 ? nil : Int64($0) }
      let document = SDF3Format.Document(graph: graph, bufferSizes: sizes)
      let text = try SDF3Format.write(document)
      #expect(try SDF3Format.read(Data(text.utf8), file: "round.xml") == document)
    }
  }

  /// Whatever format a graph with buffer sizes passes through, it keeps them, and its kind in XML.
  @Test(arguments: ["sdf", "csdf"])
  func `buffer sizes and the kind of a file survive`(kind: String) throws {
    let text = """
      <sdf3 type='\(kind)'><applicationGraph name='g'><\(kind) name='g' type='g'>
      <actor name='a' type='a'><port name='o' type='out' rate='2'/></actor>
      <actor name='b' type='b'><port name='i' type='in' rate='1'/></actor>
      <channel name='c' srcActor='a' srcPort='o' dstActor='b' dstPort='i'/></\(kind)>
      <\(kind)Properties><actorProperties actor='a'><processor type='p'><executionTime time='1'/>
      </processor></actorProperties><actorProperties actor='b'><processor type='p'>
      <executionTime time='1'/></processor></actorProperties><channelProperties channel='c'><bufferSize sz='4'/></channelProperties>
      </\(kind)Properties></applicationGraph></sdf3>
      """
    let document = try SDF3Format.read(Data(text.utf8), file: "g.xml")
    #expect(document.bufferSizes == [4] && document.isSynchronous == (kind == "sdf"))
    let written = try SDF3Format.write(document)
    #expect(written.contains("<\(kind) name="))
    #expect(try SDF3Format.read(Data(written.utf8), file: "g.xml") == document)
    let json = try CSDFJSONFormat.write(document)
    let back = try CSDFJSONFormat.readDocument(Data(json.utf8), file: "g.json")
    #expect(back.bufferSizes == [4])
  }

  @Test(arguments: [
    ("initialTokens='1'", "initialToken='1'", "the attribute initialToken means nothing"),
    ("initialTokens='1'", "intialTokens='1'", "expected initialTokens"),
    (
      "<executionTime time='3'/>", "<executionTime time='3'/><executionTime time='4'/>",
      "2 times on one processor, expected one"
    ),
    (
      "<executionTime time='3'/>", "<executionTimes time='3'/>",
      "<executionTimes> means nothing, expected <executionTime>"
    ),
  ])
  func `what would be overlooked is refused`(good: String, bad: String, words: String) throws {
    let text = """
      <sdf3 type='sdf'><applicationGraph name='g'><sdf name='g' type='g'>
      <actor name='a' type='a'><port name='o' type='out' rate='1'/><port name='i' type='in' rate='1'/></actor>
      <channel name='c' srcActor='a' srcPort='o' dstActor='a' dstPort='i' initialTokens='1'/></sdf>
      <sdfProperties><actorProperties actor='a'><processor type='p' default='true'>
      <executionTime time='3'/></processor></actorProperties></sdfProperties></applicationGraph></sdf3>
      """
    _ = try SDF3Format.read(Data(text.utf8), file: "g.xml")
    let broken = text.replacingOccurrences(of: good, with: bad)
    let error = #expect(throws: DataflowError.self) {
      try SDF3Format.read(Data(broken.utf8), file: "g.xml")
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func `a name that XML cannot hold is refused`() throws {
    let graph = try CSDFGraph(
      name: "g", actors: [.init(name: "a\u{1}", executionTimes: [1])], channels: [])
    #expect(throws: DataflowError.unwritableName(element: .actor("a\u{1}"), format: "XML")) {
      try SDF3Format.write(.init(graph: graph))
    }
  }
}
