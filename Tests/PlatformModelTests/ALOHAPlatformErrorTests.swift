import Diagnostics
import Foundation
import PlatformModel
import TestSupport
import Testing

@Suite struct ALOHAPlatformErrorTests {
  private static let mode = "cores[2].supported_operator[0].operator_mode[0]"

  @Test(
    "A value that makes no sense is an error that names its key path",
    arguments: [
      ("\(mode).performance", .number(0), "expected a rate above 0 Gop/s, found 0"),
      ("\(mode).performance", .number(-1.5), "expected a rate above 0 Gop/s, found -1.5"),
      (
        "\(mode).performance", .number(1e300),
        "expected a rate above 0 Gop/s, below 10^38 with at most 19 decimals, found 1e+300"
      ),
      ("\(mode).activation_width", .number(0), "expected a width of 1 to 64 bits, found 0"),
      ("\(mode).data_width", .number(65), "expected a width of 1 to 64 bits, found 65"),
      ("connections[2].bandwidth", .number(0), "expected a bandwidth above 0 GB/s, found 0"),
      ("connections[2].bandwidth", .number(-4), "expected a bandwidth above 0 GB/s, found -4"),
      ("cores[1].max_power", .number(-1), "expected a power of at least 0 W, found -1"),
      ("peak_power", .number(-1), "expected a power of at least 0 W, found -1"),
      ("peak performance", .number(0), "expected a rate above 0 Gop/s, found 0"),
      ("cores[1].local_memory_size", .number(-1), "expected a size of at least 0 MB, found -1"),
      ("global_memory_size", .number(0), "expected a size above 0 MB, found 0"),
      (
        "global_memory_size", .number(1e30), "expected a size below 2^63 bytes in MB, found 1e+30"
      ),
      ("cores[1].name", .string(""), "expected a name, found an empty string"),
      (
        "cores[1].name", .string("arm0"),
        "expected a name other than that of cores[0], found \"arm0\""
      ),
      ("cores", .array([]), "expected at least one core, found none"),
      ("cores[0].supported_operator", .array([]), "expected at least one operator, found none"),
      (
        "cores[0].supported_operator[3].operator_mode", .array([]),
        "expected at least one mode, found none"
      ),
      (
        "cores[0].supported_operator[3].name", .string("conv+"),
        "expected operator names joined by + or _, found \"conv+\""
      ),
      (
        "connections[3].name", .string("MEMtoHWCE_weights"),
        "expected a name other than that of connections[2], found \"MEMtoHWCE_weights\""
      ),
      (
        "connections[3].name", .string("MEMtoDSP_weights"),
        "expected the name of a core instead of \"dsp\", found \"MEMtoDSP_weights\""
      ),
    ] as [(String, JSONValue, String)])
  func senseless(path: String, value: JSONValue, expected: String) throws {
    #expect(try message(neuraghe(path, value)) == "p.json: \(path): \(expected)")
  }

  @Test(
    "A missing key is an error that names the object and the key",
    arguments: [
      "name", "global_memory_size", "cores", "cores[2].name", "cores[2].max_power",
      "cores[2].supported_operator", "cores[2].supported_operator[0].name",
      "cores[2].supported_operator[0].operator_mode", "\(mode).performance",
      "\(mode).activation_width", "\(mode).data_width", "connections[1].name",
      "connections[1].bandwidth",
    ])
  func missing(path: String) throws {
    let parts = path.split(separator: ".")
    let object = parts.count == 1 ? "top level" : parts.dropLast().joined(separator: ".")
    #expect(
      try message(neuraghe(path, nil)) == "p.json: \(object): the key \"\(parts.last!)\" is missing"
    )
  }

  @Test("A value of the wrong type, at any leaf, is an error that names its key path")
  func wrongTypeOfLeaf() throws {
    let document = try neuragheDocument()
    #expect(document.leaves.count == 90)
    let others: [JSONValue] = [
      .null, .bool(true), .number(1), .string("x"), .array([]), .object([:]),
    ]
    for leaf in document.leaves {
      let path = JSONValue.text(leaf)
      for other in others where !Self.haveSameType(document[leaf[...]], other) {
        var changed = document
        changed[leaf[...]] = other
        let found = try #require(try message(encoded(changed)), "\(path) = \(other)")
        #expect(found.hasPrefix("p.json: \(path): expected "), "\(found)")
      }
    }
  }

  @Test("A value of the wrong type in the place of an array or object names its key path")
  func wrongTypeOfBranch() throws {
    let document = try neuragheDocument()
    for branch in document.branches {
      for other in [JSONValue.null, .bool(true), .number(1), .string("x")] {
        var changed = document
        changed[branch[...]] = other
        let found = try #require(try message(encoded(changed)))
        #expect(found.hasPrefix("p.json: \(JSONValue.text(branch)): expected "), "\(found)")
      }
    }
  }

  @Test("A file that is no JSON object is an error", arguments: ["[]", "1", "null", "\"x\""])
  func noObject(text: String) throws {
    let found = try #require(message(Data(text.utf8)))
    #expect(found.hasPrefix("p.json: top level: expected an object"), "\(found)")
  }

  @Test(
    "A file that is no JSON is an error in one line",
    arguments: ["", "{", "{\"name\": NaN}"])
  func noJSON(text: String) throws {
    let found = try #require(message(Data(text.utf8)))
    #expect(found.hasPrefix("p.json: "))
    #expect(!found.contains("\n"))
  }

  @Test("Brackets nested without end and bytes that are no text are errors")
  func hostileBytes() throws {
    let nested = Data(repeating: UInt8(ascii: "["), count: 100_000)
    for data in [nested, Data([0]), Data([0xFF, 0xFE])] {
      #expect(try #require(message(data)).hasPrefix("p.json: "))
    }
  }

  private static func haveSameType(_ left: JSONValue?, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.number, .number), (.string, .string): true
    default: false
    }
  }

  @Test("What contradicts itself is an error that names the file")
  func contradiction() throws {
    let path = "\(PythonTool.packageRoot)/Platforms/neuraghe-v2.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacingOccurrences(
        of: "\"name\": \"HWCE\", \"id\": 1", with: "\"name\": \"ARM\", \"id\": 1")
    let error = #expect(throws: PlatformError.self) {
      try PlatformReading(Data(text.utf8), file: "p.json")
    }
    #expect(error?.description.hasPrefix("p.json: platform ") == true)
  }
}
