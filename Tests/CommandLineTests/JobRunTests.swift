import Foundation
import TestSupport
import Testing
import Toolflow

/// Jobs of files, held against the commands that say the same.
@Suite("A job file does what its command does")
struct JobRunTests {
  private static let files = Swift.Result { try OptionFiles() }

  @Test(arguments: Situation.all)
  func `a printed job gives what the command gives`(situation: Situation) throws {
    let files = try Self.files.get()
    let output = "job-\(situation.name.replacing(" ", with: "-"))"
    let words = situation.base(output: output).flatMap(\.self)
    let flags = words.filter { $0 == "--json" }
    let plain = words.filter { $0 != "--json" }
    let printed = try files.run(plain + ["--print-job"], writing: output)
    #expect(printed.status == 0, "\(printed.errors)")
    try files.write(printed.written, to: "\(output).yaml")
    let asked = try files.run(plain + flags, writing: output)
    let read = try files.run(["run", "\(output).yaml"] + flags, writing: output)
    #expect(asked.status == 0 && asked == read, "\(asked.errors)\(read.errors)")
    // What is printed of a job file is the file.
    let again = try files.run(["run", "\(output).yaml", "--print-job"], writing: output)
    #expect(again.written == printed.written)
  }

  @Test(arguments: [
    ("input: m.onnx", "job: it is missing; expected one of flow, inspect"),
    ("job: explor\ninput: m.onnx", "job: expected flow, inspect"),
    ("job: inspect", "input: it is missing; expected a network or a platform"),
    (
      "job: explore\ninput: m.onnx\nobjektives: [period]",
      "objektives: explore of a network has no such key; did you mean objectives?"
    ),
    ("job: explore\ninput: m.onnx\nmax_parts: 4", "max_parts: it goes with search_splits"),
    (
      "job: explore\ninput: m.onnx\nobjectives: [speed]",
      "objectives: expected some of period, latency"
    ),
    ("job: explore\ninput: m.onnx\nseed: -1", "seed: expected a whole number from 0"),
    (
      "job: inspect\ninput: m.onnx\ninput_shape: {x: [1, big]}",
      #"input_shape: expected name=d,d,… as data=1,3,224,224, found "x=1,big""#
    ),
    ("job: inspect\ninput: m.onnx\nno_fold: 1", "no_fold: expected true or false, found 1"),
    ("job: export\ninput: m.onnx\nformat: onxn", "format: expected onnx, dot, csv"),
    (
      "job: inspect\ninput: m.onnx\nweights: [no, b]",
      "weights[0]: expected a text, found false"
    ),
    (
      "job: inspect\ninput: m.onnx\noutput: 1.10",
      "output: expected a text, in quotes where it looks like a number, found 1.1"
    ),
    (
      "job: inspect\nInput: m.onnx",
      "Input: inspect has no such key; did you mean input, input_shape or input_value?"
    ),
    ("job: explore\ninput: m.onnx\nplatform: core.yaml\njobs: 0", "jobs: expected 1 to 1024"),
    (
      "job: partition\ninput: m.onnx\nsplit: [nothere=2]", "there is no block \"nothere\""
    ),
    (
      "job: flow\ninput: m.onnx\nuntil: open\nsplit: [c1=2]",
      "split: the flow ends before the network is partitioned"
    ),
    (
      "job: flow\ninput: m.onnx\nuntil: analyze\nrequire: [15fps]",
      "require: the flow ends before mappings are searched"
    ),
    ("job: export\ninput: m.onnx", "format: it is missing; expected one of onnx"),
    (
      "job: simulate\ninput: chain.xml\nplatform: trio.yaml\nview: layer",
      "view: it means nothing to simulate of a dataflow graph"
    ),
    ("job: partition\ninput: m.onnx\npartitions: many", "partitions: expected 0 or more"),
    (
      "job: simulate\ninput: chain.xml\nplatform: trio.yaml\nrequire: [speed>=1]",
      "require: "
    ),
    (
      "job: analyze\ninput: m.onnx\nthroughput: true\ntime_limit: soon",
      "time_limit: expected a time as 90, 90s or 2min, found \"soon\""
    ),
  ])
  func `a wrong key is told in a line with the file`(text: String, error: String) throws {
    let files = try Self.files.get()
    let name = "wrong-\(abs(text.hashValue)).yaml"
    try files.write(text + "\n", to: name)
    let run = try files.run(["run", name], writing: "none")
    #expect(run.status == 65)
    #expect(run.errors.hasPrefix("Error: \(name): \(error)"), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test func `a name is not what lies in the folder of the process`() throws {
    let files = try Self.files.get()
    try files.write("no platform", to: "mpsoc4")
    defer { files.remove("mpsoc4") }
    try files.write("job: inspect\ninput: ../m.onnx\nplatform: mpsoc4\n", to: "named/job.yaml")
    let run = try files.run(["run", "named/job.yaml", "--json"], writing: "none")
    #expect(run.status == 0 && run.written.contains("shared memory"), "\(run.errors)")
  }

  @Test func `the largest seed stays what it is`() throws {
    let files = try Self.files.get()
    let words = ["generate", "mnist", "--seed", "18446744073709551610", "--output", "seed.onnx"]
    let printed = try files.run(words + ["--print-job"], writing: "seed.onnx")
    try files.write(printed.written, to: "seed.yaml")
    let again = try files.run(["run", "seed.yaml", "--print-job"], writing: "seed.onnx")
    #expect(again.status == 0 && again == printed, "\(again.errors)")
    try files.write(
      #"{"job": "generate", "input": "mnist", "seed": 18446744073709551610, "output": "seed.onnx"}"#,
      to: "seed.json")
    #expect(try files.run(["run", "seed.json", "--print-job"], writing: "seed.onnx") == printed)
  }

  @Test func `relative paths are those from the folder of the file`() throws {
    let files = try Self.files.get()
    try files.write(
      """
      {"job": "simulate", "input": "../chain.xml", "platform": "../trio.yaml", "buffers": 2}
      """, to: "below/job.json")
    let run = try files.run(["run", "below/job.json", "--json"], writing: "none")
    let command = try files.run(
      ["simulate", "chain.xml", "--platform", "trio.yaml", "--buffers", "2", "--json"],
      writing: "none")
    #expect(run.status == 0 && run == command, "\(run.errors)")
  }

  @Test func `what is given beside a file goes before it`() throws {
    let files = try Self.files.get()
    try files.write(
      "job: export\nformat: dot\ninput: m.onnx\noutput: no/such/place.dot\n", to: "dot.yaml")
    let run = try files.run(["run", "dot.yaml", "--output", "here.dot"], writing: "here.dot")
    #expect(run.status == 0 && run.written.hasPrefix("digraph"), "\(run.errors)\(run.written)")
  }

  @Test(arguments: ["open", "partition", "analyze", "explore", "report"])
  func `a flow ends after any phase and leaves the values of all before`(phase: String) throws {
    let files = try Self.files.get()
    let phases = ["open", "partition", "analyze", "explore", "report"]
    let last = try #require(phases.firstIndex(of: phase))
    let words =
      ["flow", "m.onnx", "--platform", "core.yaml", "--until", phase, "--quiet"]
      + (last > 0 ? ["--partitions", "12"] : []) + (last > 2 ? ["--evaluations", "5"] : [])
      + ["--output", "until-\(phase)"]
    let run = try files.run(words, keeping: true, writing: "until-\(phase)")
    #expect(run.status == 0, "\(run.errors)")
    let partition =
      try files.names(in: "until-\(phase)").first { $0.hasPrefix("partitions-") } ?? ""
    let values = [
      "inspect.json", "partitions.json", "\(partition)/graph.csdf.xml",
      "\(partition)/mappings/pareto.json", "report.html",
    ]
    for (index, value) in values.enumerated() {
      #expect(files.exists("until-\(phase)/\(value)") == (index <= last), "\(phase) \(value)")
    }
  }
}
