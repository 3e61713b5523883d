import Foundation
import TestSupport
import Testing

@Suite("outrigger analyze")
struct AnalyzeCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder)
  }

  /// Writes actors `name: times` and channels `source, target, production, consumption, tokens`.
  private func write(
    _ file: String, _ actors: [(String, String)],
    _ channels: [(String, String, String, String, Int)]
  ) throws {
    var text = "<sdf3 type='csdf' version='1.0'><applicationGraph name='g'><csdf name='g' type='G'>"
    for (name, _) in actors {
      text += "<actor name='\(name)' type='a'>"
      for (index, channel) in channels.enumerated() {
        if channel.0 == name { text += "<port name='o\(index)' type='out' rate='\(channel.2)'/>" }
        if channel.1 == name { text += "<port name='i\(index)' type='in' rate='\(channel.3)'/>" }
      }
      text += "</actor>"
    }
    for (index, channel) in channels.enumerated() {
      text +=
        "<channel name='c\(index)' srcActor='\(channel.0)' srcPort='o\(index)' "
        + "dstActor='\(channel.1)' dstPort='i\(index)' initialTokens='\(channel.4)'/>"
    }
    text += "</csdf><csdfProperties>"
    for (name, times) in actors {
      text +=
        "<actorProperties actor='\(name)'><processor type='p' default='true'>"
        + "<executionTime time='\(times)'/></processor></actorProperties>"
    }
    text += "</csdfProperties></applicationGraph></sdf3>"
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(file)))
  }

  private func writeSample() throws {
    try write(
      "sample.xml", [("A", "3,1"), ("B", "2,1,2"), ("C", "1")],
      [
        ("A", "B", "3,5", "1,1,4", 0), ("B", "C", "6,2,1", "6", 0), ("C", "A", "2", "1,3", 4),
        ("A", "A", "1,1", "1,1", 1), ("B", "B", "1,1,1", "1,1,1", 1), ("C", "C", "1", "1", 1),
      ])
  }

  @Test(
    "the throughput of a published graph by every method",
    arguments: ["auto", "k-periodic", "self-timed"])
  func throughput(method: String) throws {
    try writeSample()
    let json = try run("analyze", "sample.xml", "--throughput", "--method", method, "--json").json
    #expect(json["period"] as? String == "23/1")
    #expect(json["throughput"] as? String == "1/23")
    #expect(json["exact"] as? Bool == true)
  }

  @Test(
    "a method that nothing is left to do for is told", arguments: ["--throughput", "--bottleneck"])
  func unneededMethod(question: String) throws {
    try write("free.xml", [("a", "2"), ("b", "3")], [("a", "b", "1", "1", 0)])
    for method in ["k-periodic", "self-timed"] {
      let found = try run("analyze", "free.xml", question, "--method", method)
      #expect(found.status == 0)
      #expect(found.errors.hasPrefix("warning: --method \(method): no method was needed"))
    }
    #expect(try run("analyze", "free.xml", question).errors.isEmpty)
    try writeSample()
    #expect(
      try run("analyze", "sample.xml", question, "--method", "self-timed").errors.isEmpty)
  }

  @Test("the trade-offs of a published graph")
  func buffers() throws {
    try writeSample()
    let json = try run("analyze", "sample.xml", "--buffers", "--json").json
    let pareto = try #require(json["pareto"] as? [[String: Any]])
    #expect(pareto.compactMap { $0["total"] as? Int } == [21, 22, 23])
    #expect(pareto.compactMap { $0["period"] as? String } == ["25/1", "24/1", "23/1"])
    #expect(json["total"] as? Int == 23)
    #expect(json["exact"] as? Bool == true)
    let buffers = try #require(json["buffers"] as? [String: Int])
    #expect(["c0", "c1", "c2"].compactMap { buffers[$0] }.reduce(0, +) == 23)
  }

  @Test("a deadlock names its cycle, and what nothing bounds is said to be so")
  func extremes() throws {
    let ends = [("a", "2"), ("b", "3")]
    try write("dead.xml", ends, [("a", "b", "1", "1", 0), ("b", "a", "1", "1", 0)])
    let dead = try run("analyze", "dead.xml", "--throughput", "--json")
    #expect(dead.status == 0)
    #expect(dead.json["throughput"] as? String == "0/1")
    #expect(dead.json["period"] is NSNull)
    #expect(dead.json["blocking_cycle"] as? [String] == ["a", "b"])
    try write("free.xml", ends, [("a", "b", "1", "1", 0)])
    let free = try run("analyze", "free.xml", "--throughput", "--json").json
    #expect(free["throughput"] is NSNull)
    #expect(free["period"] as? String == "0/1")
  }

  @Test("of all questions those that have an answer get it")
  func everything() throws {
    try writeSample()
    let found = try run("analyze", "sample.xml", "--all", "--json")
    #expect(found.status == 0)
    let throughput = try #require(found.json["throughput"] as? [String: Any])
    #expect(throughput["period"] as? String == "23/1")
    #expect(throughput["critical_cycle"] as? [String] != [])
    let open = try #require(found.json["unanswered"] as? [String: String])
    #expect(open.keys.sorted() == ["latency", "sps"])
    let text = try run("analyze", "sample.xml", "--all").output
    #expect(text.contains("no answer: cycle A -> B -> C -> A"))
    #expect(try run("analyze", "sample.xml", "--sps").status != 0)
  }

  @Test("the latency of a network, and one between actors that there are not")
  func latency() throws {
    let json = try run("analyze", "squeezenet", "--latency", "--json").json
    let least = try #require(json["minimal"] as? Int)
    #expect(least > 0)
    #expect(try #require(json["self_timed"] as? Int) >= least)
    #expect(try #require(json["single_processor"] as? Int) >= least)
    let wrong = try run("analyze", "squeezenet", "--latency", "--from", "nobody")
    #expect(wrong.status != 0)
    #expect(wrong.errors.contains("--from: there is no actor \"nobody\""))
  }

  /// Two firings of `b`, of 3/4 each, follow one of `a`, of 1/2; all by hand.
  /// A cycle of an actor of 2 and one of 3 ticks with two tokens, so that both run all the time; the
  /// second token is `b`'s first, whose firing with `a`'s first is thus its second.
  @Test("the latency of a cyclic graph in its 1-periodic schedule")
  func cyclicLatency() throws {
    try write(
      "c.xml", [("a", "2"), ("b", "3")],
      [
        ("a", "b", "1", "1", 1), ("b", "a", "1", "1", 1), ("a", "a", "1", "1", 1),
        ("b", "b", "1", "1", 1),
      ])
    let options = ["--latency", "--from", "a", "--to", "b"]
    let found = try ProgramRun(["analyze", "c.xml", "--json"] + options, in: folder).json
    // b starts at 0 and 3: its second firing ends at 6.
    #expect(found["one_periodic"] as? Int == 6 && found["periodic"] as? Int == 6)
    #expect(found["minimal"] as? Int == 5)
    let text = try ProgramRun(["analyze", "c.xml"] + options, in: folder).output
    #expect(text.contains("1-periodic                 6\n"))
    #expect(text.contains("strictly periodic          – (the graph has cycles)"))
  }

  @Test("decimal times are answered in their own unit, as exact fractions")
  func decimals() throws {
    try write(
      "d.xml", [("a", "0.5"), ("b", "75e-2")],
      [("a", "b", "2", "1", 0), ("a", "a", "1", "1", 1), ("b", "b", "1", "1", 1)])
    let json = try run(
      "analyze", "d.xml", "--all", "--schedule", "--iterations", "1", "--json"
    ).json
    func part(_ name: String) throws -> [String: Any] {
      try #require(json[name] as? [String: Any])
    }
    #expect(try part("throughput")["period"] as? String == "3/2")
    #expect(try part("throughput")["throughput"] as? String == "2/3")
    #expect(try part("periodic")["one_periodic"] as? String == "3/2")
    #expect(try part("bottleneck")["period"] as? String == "3/2")
    #expect(try part("buffers")["period"] as? String == "3/2")
    #expect(try part("latency")["first_output"] as? String == "5/4")
    #expect(try part("latency")["minimal"] as? Int == 2)
    #expect(try part("latency")["lower_bound"] as? String == "5/4")
    #expect(try part("latency")["periodic"] as? String == "9/4")
    let sps = try part("sps")
    #expect(sps["alpha"] as? String == "3/2")
    #expect(sps["latency"] as? String == "9/4")
    #expect(sps["periods"] as? [String: String] == ["a": "3/2", "b": "3/4"])
    let starts = try #require(sps["start_times"] as? [String: Any])
    #expect(starts["a"] as? Int == 0 && starts["b"] as? String == "3/2")
    let firings = try #require(try part("schedule")["firings"] as? [[String: Any]])
    let times = firings.map { "\($0["start"] ?? "") \($0["end"] ?? "")" }
    #expect(times == ["0 1/2", "1/2 5/4", "5/4 2"])
    let text = try run("analyze", "d.xml", "--throughput", "--schedule", "--output", "g.svg").output
    #expect(text.contains("3/2 time units") && text.contains("2/3 iterations per time unit"))
    let svg = try String(contentsOfFile: folder.file("g.svg"), encoding: .utf8)
    #expect(svg.contains("1/2 to 5/4") && svg.contains("Time units"))
    #expect(try run("export", "sdf3", "d.xml").output.contains("time=\"0.75\""))
    #expect(try run("export", "dot", "d.xml").output.contains("0.75"))
  }

  @Test("a schedule is listed and drawn, of lines too")
  func schedule() throws {
    for granularity in ["tensor", "line"] {
      let found = try run(
        "analyze", "squeezenet", "--schedule", "--granularity", granularity, "--iterations", "1",
        "--output", "\(granularity).svg", "--json")
      #expect(found.status == 0, "\(found.errors)")
      let firings = try #require(found.json["firings"] as? [[String: Any]])
      #expect(firings.count > (granularity == "line" ? 1000 : 50))
      #expect(found.json["complete"] as? Bool == true)
      let svg = try String(contentsOfFile: folder.file("\(granularity).svg"), encoding: .utf8)
      #expect(svg.contains("every actor as soon as it can"))
    }
  }

  @Test("a network's exported graph has the network's period")
  func exported() throws {
    let network = try run("analyze", "squeezenet", "--throughput", "--json").json
    #expect(try run("export", "sdf3", "squeezenet", "--output", "g.xml").status == 0)
    #expect(try run("export", "csdf-json", "squeezenet", "--output", "g.json").status == 0)
    for file in ["g.xml", "g.json"] {
      let graph = try run("analyze", file, "--throughput", "--json").json
      #expect(graph["period"] as? String == network["period"] as? String)
    }
  }

  @Test(
    "the latency without ends is that of ends that a path joins, and it says so",
    arguments: [
      ([], "S", "T", "both", "from S to T (chosen; --from and --to name others)"),
      (["--from", "P"], "P", "Q", "to", "from P to Q (the end is chosen; --to names another)"),
      (["--to", "Q"], "P", "Q", "from", "from P to Q (the start is chosen; --from names another)"),
      (["--from", "P", "--to", "Q"], "P", "Q", nil, "from P to Q, in ticks"),
    ] as [([String], String, String, String?, String)])
  func latencyEnds(
    options: [String], from: String, to: String, chosen: String?, text: String
  ) throws {
    try write(
      "two.xml", [("lone", "1"), ("S", "1"), ("T", "1"), ("P", "1"), ("Q", "1")],
      [("S", "T", "4", "2", 0), ("P", "Q", "1", "1", 0)])
    let arguments = ["analyze", "two.xml", "--latency"] + options
    let json = try ProgramRun(arguments + ["--json"], in: folder).json
    #expect(json["from"] as? String == from && json["to"] as? String == to)
    #expect(json["chosen"] as? String == chosen && json["minimal"] as? Int == 2)
    #expect(try ProgramRun(arguments, in: folder).output.contains(text))
  }

  @Test("the latency where no path joins ends names the options")
  func latencyWithoutEnds() throws {
    try write(
      "ring.xml", [("a", "1"), ("b", "1"), ("c", "1")],
      [("a", "b", "1", "1", 0), ("b", "a", "1", "1", 1), ("a", "c", "1", "1", 0)])
    let ring = try run("analyze", "ring.xml", "--latency")
    #expect(ring.status != 0)
    #expect(ring.errors == "Error: --from: no actor is without inputs: name an actor\n")
    let end = try run("analyze", "ring.xml", "--latency", "--from", "b")
    #expect(end.output.hasPrefix("from b to c (the end is chosen; --to names another)"))
    let none = try run("analyze", "ring.xml", "--latency", "--from", "c", "--to", "a")
    #expect(none.errors.contains("it does not depend on \"c\""))
  }

  @Test("a graph file's oddities are warned of once, and --quiet keeps silent")
  func fileWarnings() throws {
    try write("plain.xml", [("a", "2"), ("b", "3")], [("a", "b", "1", "1", 0)])
    let text = try String(contentsOfFile: folder.file("plain.xml"), encoding: .utf8)
      .replacingOccurrences(
        of: "</csdfProperties>",
        with:
          "<channelProperties channel='c0'><bufferSize sz='$B5'/></channelProperties></csdfProperties>"
      )
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("template.xml")))
    let warning =
      "warning: template.xml: bufferSize sz=\"$B5\" of channel \"c0\": no size, expected an integer "
      + "from 0 on; taken as not given\n"
    let found = try run("analyze", "template.xml", "--throughput", "--json")
    #expect(
      found.status == 0 && found.errors == warning && found.json["period"] as? String == "0/1")
    #expect(try run("export", "dot", "template.xml").errors == warning)
    #expect(try run("analyze", "template.xml", "--throughput", "--quiet").errors.isEmpty)
  }
}
