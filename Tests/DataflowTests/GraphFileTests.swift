import Dataflow
import Foundation
import RandomNumbers
import Testing

@testable import DataflowFormats

@Suite struct GraphFileTests {
  @Test func `a missing file and a directory are errors with the path`() {
    for path in ["/nonexistent/graph.xml", "/"] {
      #expect(throws: DataflowError.unreadableFile(path: path, reason: "the file cannot be read")) {
        try GraphFile.read(path: path)
      }
    }
  }

  @Test func `a file is read by its contents whatever its name`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("graph-\(UUID().uuidString).txt").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    for text in [CSDFJSONFormatTests.small, SDF3FormatTests.small] {
      try Data("\u{FEFF}\(text)".utf8).write(to: URL(fileURLWithPath: path))
      #expect(try GraphFile.read(path: path).actors.count == 2)
    }
  }

  @Test(arguments: ["", "   \n", "hello", "[1]", "\u{0}"])
  func `other contents are refused`(text: String) {
    #expect(throws: DataflowError.self) { try GraphFile.read(Data(text.utf8), file: "other") }
  }

  @Test func `a reference to another file or an entity bomb is refused`() {
    for declaration in ["<!ENTITY x SYSTEM '/etc/passwd'>", "<!ENTITY x 'y'>"] {
      let text = "<?xml version='1.0'?><!DOCTYPE sdf3 [\(declaration)]><sdf3>&x;</sdf3>"
      #expect(throws: DataflowError.self) { try GraphFile.read(Data(text.utf8), file: "bomb") }
      let wide = Data([0xFF, 0xFE]) + (text.data(using: .utf16LittleEndian) ?? Data())
      #expect(throws: DataflowError.self) { try GraphFile.read(wide, file: "bomb") }
    }
    let attributes = (0..<200_000).map { " a\($0)='<'" }.joined()
    for wide in [attributes, attributes.replacing("<", with: ">")] {
      let text = "<sdf3><!-- it's --><?it's?><a\(wide)/></sdf3>"
      #expect(throws: DataflowError.self) { try GraphFile.read(Data(text.utf8), file: "wide") }
    }
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(throws: DataflowError.self) { try GraphFile.read(Data(deep.utf8), file: "deep") }
    let nested = "{\"nodes\":" + String(repeating: "[", count: 100_000)
    #expect(throws: DataflowError.self) { try GraphFile.read(Data(nested.utf8), file: "deep") }
  }

  /// Nothing but a ``DataflowError`` may come out, and what is read can be analysed without a
  /// crash.
  @Test(arguments: [SDF3FormatTests.small, CSDFJSONFormatTests.small])
  func `damaged files never crash`(text: String) {
    var generator = SplitMix64(seed: 9)
    let original = Array(text.utf8)
    for round in 0..<800 {
      var bytes = original
      if round % 2 == 0 {
        bytes.removeLast(Int.random(in: 1...original.count, using: &generator))
      }
      for _ in 0..<(round % 4) where !bytes.isEmpty {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      if round % 8 == 7 {
        bytes = bytes.flatMap {
          $0 >= 0x31 && $0 <= 0x39 ? Array("9000000000000000000".utf8) : [$0]
        }
      }
      if round % 4 == 3 {
        for index in bytes.indices where (0x30...0x39).contains(bytes[index]) {
          bytes[index] = UInt8.random(in: 0x30...0x39, using: &generator)
        }
      }
      guard let graph = try? GraphFile.read(Data(bytes), file: "damaged") else { continue }
      _ = try? StrictlyPeriodicSchedule(of: graph)
      var options = Throughput.Options()
      options.firingLimit = 10_000
      _ = try? Throughput(of: graph, options: options)
      _ = try? CSDFJSONFormat.write(graph)
    }
  }
}
