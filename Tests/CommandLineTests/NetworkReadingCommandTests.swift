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
