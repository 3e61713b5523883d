import Foundation
import TestSupport

/// A folder with the files that commands about mappings are tested with.
struct SampleFiles {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments, in: folder) }

  func run(_ arguments: [String]) throws -> ProgramRun { try ProgramRun(arguments, in: folder) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.file(name)) }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.file(name), encoding: .utf8)
  }

  func json(_ name: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(try text(name).utf8))
    return object as? [String: Any] ?? [:]
  }

  /// Everything that is in the folder, without the notes of the tests themselves.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix("output-") && !$0.hasPrefix("errors-") }.sorted()
  }
}

extension SampleFiles {
  /// The blocks of the digit network.
  static let digitBlocks = ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "fc"]

  /// Writes the digit network, `m.onnx`.
  func writeDigits() throws {
    _ = try run("generate", "mnist", "--without-weights", "--output", "m.onnx", "--quiet")
  }

  /// Writes a platform of three streamed elements, `trio.yaml`, the faster the hungrier and dearer.
  func writeTrio(memory: String = "1 GiB", operators: String = #""*""#) throws {
    func type(_ name: String, _ rate: Int, _ watts: Double) -> String {
      "  - {name: \(name), kind: accelerator, cost: \(rate), "
        + "power: {active: \(watts) W, idle: \(watts / 10) W}, "
        + "operators: [{pattern: \(operators), performance: \(rate) Gop/s}]}\n"
    }
    try write(
      """
      format: outrigger-platform-1
      name: trio
      memories: [{name: M, size: \(memory)}]
      element_types:

      """ + type("slow", 1, 0.5) + type("middle", 2, 2) + type("fast", 4, 8)
        + "elements: [{name: slow, type: slow}, {name: middle, type: middle}, "
        + "{name: fast, type: fast}]\n", to: "trio.yaml")
  }

  /// Writes a chain of actors `b0`, `b1`, … that take 1 ms, 2 ms, … as SDF3 XML, `chain.xml`.
  func writeChain(_ count: Int) throws {
    var text =
      "<sdf3 type='sdf' version='1.0'><applicationGraph name='chain'><sdf name='chain' type='G'>"
    for block in 0..<count {
      text += "<actor name='b\(block)' type='a'>"
      if block > 0 { text += "<port name='i' type='in' rate='1'/>" }
      if block < count - 1 { text += "<port name='o' type='out' rate='1'/>" }
      text += "</actor>"
    }
    for block in 1..<count {
      text +=
        "<channel name='c\(block)' srcActor='b\(block - 1)' srcPort='o' dstActor='b\(block)' "
        + "dstPort='i'/>"
    }
    text += "</sdf><sdfProperties>"
    for block in 0..<count {
      text +=
        "<actorProperties actor='b\(block)'><processor type='p' default='true'>"
        + "<executionTime time='\(block + 1)000000000'/></processor></actorProperties>"
    }
    text += "</sdfProperties></applicationGraph></sdf3>"
    try write(text, to: "chain.xml")
  }

  /// Writes what the actors of ``writeChain(_:)`` take on the elements of ``writeTrio(memory:operators:)``,
  /// `times.csv`: the last actor cannot run on the fast one.
  func writeTimes(_ count: Int) throws {
    var text = "block,element,seconds,joules\n"
    for block in 0..<count {
      let milliseconds = Double((block * 7) % 5 + 3)
      text += "b\(block),slow,\(milliseconds * 4 / 1000),\(milliseconds)\n"
      text += "b\(block),middle,\(milliseconds * 2 / 1000),\(milliseconds * 2.5)\n"
      if block < count - 1 { text += "b\(block),fast,\(milliseconds / 1000),\(milliseconds * 6)\n" }
    }
    try write(text, to: "times.csv")
  }

  /// Writes a chain of three actors with their times and the platform that they are for.
  func writeTimedChain() throws {
    try writeTrio()
    try writeChain(3)
    try writeTimes(3)
  }
}
