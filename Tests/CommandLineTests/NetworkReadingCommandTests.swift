import Foundation
import TestSupport
import Testing

private typealias Text = TextModel

@Suite("How networks are read, on the command line")
struct NetworkReadingCommandTests {
  private let files: SampleFiles

  init() throws { files = try SampleFiles() }

  private func write(_ graph: String, to name: String) throws {
    try Text.write(graph, to: files.folder.file(name))
  }

  private static let detector =
    Text.input("x", "1×3×4×4") + Text.weights("w", [4, 3, 1, 1])
    + Text.node("Conv", ["x", "w"], ["c"])
    + Text.node("Relu", ["c"], ["r"]) + Text.node("Neg", ["r"], ["n"])
    + Text.node("NonZero", ["n"], ["y"]) + "output { name: 'y' }"

  @Test("a network that is cut computes at its ends what the whole one computes there")
  func cut() throws {
    try write(Self.detector, to: "m.onnx")
    let values = ["c", "r", "n"].map { Text.value("output", $0, "1×4×4×4") }.joined()
    let whole = Self.detector.replacingOccurrences(
      of: Text.node("NonZero", ["n"], ["y"]) + "output { name: 'y' }", with: "")
    try write(whole + values, to: "whole.onnx")
    let export = try files.run(
      "export", "onnx", "m.onnx", "--network-outputs", "c,r,n", "--output", "cut.onnx")
    #expect(export.status == 0, "\(export.errors)")
    // Behind c, read as an input, both networks are the same.
    for (from, to) in [("m.onnx", "behind.onnx"), ("whole.onnx", "original.onnx")] {
      let run = try files.run(
        "export", "onnx", from, "--network-inputs", "c", "--network-outputs", "r,n", "--output", to)
      #expect(run.status == 0, "\(run.errors)")
    }
    let answer = try PythonTool("compare_models.py").run(
      ["whole.onnx", "cut.onnx"].map(files.folder.file) + ["+"]
        + ["original.onnx", "behind.onnx"].map(files.folder.file))
    #expect(answer.status == 0, "\(answer.output)")
    let seen = try files.run("inspect", "m.onnx", "--network-outputs", "n", "--json").json
    #expect(seen["macs"] as? Int == 4 * 16 * 3)
  }

  /// Two ways that join, so that the ends lie on several of them.
  private static let fork =
    Text.input("x", "1×3×4×4") + Text.weights("w", [4, 3, 1, 1]) + Text.weights("v", [4, 4, 1, 1])
    + Text.node("Conv", ["x", "w"], ["c"]) + Text.node("Relu", ["c"], ["r"])
    + Text.node("Sigmoid", ["c"], ["s"]) + Text.node("Conv", ["r", "v"], ["d"])
    + Text.node("Mul", ["d", "s"], ["m"]) + Text.node("Neg", ["m"], ["y"])

  @Test(
    "what lies between several values computes what the whole network computes there",
    arguments: [
      ("x", "s,m"), ("c", "y"), ("c", "d,s"), ("r,s", "m"), ("r,s", "y,d"), ("s,d", "y,m"),
    ])
  func severalEnds(first: String, last: String) throws {
    try write(Self.fork + "output { name: 'y' }", to: "m.onnx")
    let cut = try files.run(
      "export", "onnx", "m.onnx", "--network-inputs", first, "--network-outputs", last,
      "--output", "cut.onnx")
    #expect(cut.status == 0, "\(cut.errors)")
    // The same network with these values as inputs and outputs of the file.
    let names = (first.split(separator: ",").map(String.init), last.split(separator: ","))
    let makers = names.0.filter { $0 != "x" }.map { "output: ['\($0)']" }
    let nodes = Self.fork.split(separator: "\n").filter { line in
      !makers.contains { line.contains($0) } && !line.hasPrefix("input")
    }
    let needed = Self.needed(by: names.1.map(String.init), nodes.map(String.init), names.0)
    let inputs = names.0.map { Text.input($0, $0 == "x" ? "1×3×4×4" : "1×4×4×4") }
    let outputs = names.1.map { Text.value("output", String($0), "1×4×4×4") }
    try write((inputs + needed + outputs).joined(separator: "\n"), to: "whole.onnx")
    let answer = try PythonTool("compare_models.py").run(
      ["whole.onnx", "cut.onnx"].map(files.folder.file))
    #expect(answer.status == 0, "\(answer.output)")
  }

  /// The lines of a graph that make values from others, and what is stored.
  private static func needed(
    by values: [String], _ lines: [String], _ known: [String]
  ) -> [String] {
    var wanted = Set(values)
    var kept: [String] = []
    for line in lines.reversed() {
      guard line.hasPrefix("node") else {
        kept.append(line)
        continue
      }
      let quoted = line.split(separator: "'").enumerated().filter { $0.offset % 2 == 1 }
        .map { String($0.element) }
      // The type, the name, the inputs, and last the output.
      guard let output = quoted.last, wanted.contains(output) else { continue }
      wanted.formUnion(quoted.dropFirst(2).dropLast())
      kept.append(line)
    }
    return kept.reversed()
  }

  @Test(
    "what blocks are called is no value where the value is called otherwise",
    arguments: [
      ("n_r", "n_r is a node and no value; what it computes is called r"),
      ("relu1", "there is no value relu1"), ("w", "w is stored in the file"),
      ("conv1_out", "there is no value conv1_out"),
    ])
  func names(first: String, words: String) throws {
    try write(Self.fork + "output { name: 'y' }", to: "m.onnx")
    let found = try files.run("inspect", "m.onnx", "--network-inputs", first)
    #expect(found.status == 65 || found.status == 64)
    #expect(
      found.errors.contains("--network-inputs") && found.errors.contains(words), "\(found.errors)")
  }

  @Test("a value whose node has no name is one that blocks are called by too")
  func namedByValue() throws {
    let graph =
      Text.input("x", "1×4") + "node { op_type: 'Relu' input: 'x' output: 'conv1_out' }\n"
      + "node { op_type: 'Neg' input: 'conv1_out' output: 'y' }\n" + "output { name: 'y' }"
    try write(graph, to: "m.onnx")
    let seen = try files.run("inspect", "m.onnx", "--network-inputs", "conv1_out", "--json").json
    #expect(seen["layers"] as? Int == 1)
  }

  @Test(
    "every command that reads a network takes the options",
    arguments: ["inspect", "partition", "analyze", "flow"])
  func commands(command: String) throws {
    try write(Self.detector, to: "m.onnx")
    var arguments = [command, "m.onnx", "--network-outputs", "n"]
    if command == "analyze" { arguments.append("--sps") }
    if command == "flow" { arguments += ["--partitions", "0", "--evaluations", "10"] }
    let run = try files.run(arguments)
    #expect(run.status == 0, "\(run.errors)")
    let refused = try files.run([command, "m.onnx"] + arguments.dropFirst(4))
    #expect(refused.status != 0)
    #expect(refused.errors.contains("--network-outputs n ends the network before it"))
  }

  @Test(
    "options that say nothing are refused",
    arguments: [
      ["--input-value", "x"], ["--input-value", "x="], ["--dim", "=3"], ["--dim", "n=0"],
      ["--dim", "n=a"],
      ["--weights", ","], ["--network-outputs", "n,"], ["--input-shape", "x=1,,3"],
      ["--input-shape", "x=1,3,4,4", "--input-shape", "x=1,3,4,4"],
      ["--dim", "n=1", "--dim", "n=2"],
      ["--no-weights", "nobody"],
    ])
  func refused(options: [String]) throws {
    try write(Self.detector, to: "m.onnx")
    let run = try files.run(["inspect", "m.onnx"] + options)
    #expect(run.status != 0)
    #expect(run.errors.contains(options[0]), "\(run.errors)")
  }

  @Test(
    "what generate counts is what inspect counts",
    arguments: [
      "alexnet", "alexcifar", "vgg11", "resnet18", "resnet50", "mobilenetv2", "squeezenet", "unet",
      "vit",
      "yolov3tiny", "mnist",
    ])
  func counts(network: String) throws {
    let made = try files.run(
      "generate", network, "--without-weights", "--output", "g.onnx", "--json"
    ).json
    let seen = try files.run("inspect", "g.onnx", "--json").json
    #expect(made["parameters"] as? Int == seen["parameters"] as? Int)
    #expect(made["parameters"] as? Int ?? 0 > 0)
  }
}
