import Documents
import Foundation
import PlatformModel
import Quantities
import RandomNumbers
import TestSupport
import Testing

@Suite("Our own platform descriptions")
struct PlatformFormatTests {
  private let library = PlatformLibrary(folders: [packageRoot.path])

  private func platform(_ text: String) throws -> Platform {
    try PlatformReading(Data(text.utf8), file: "p.yaml").platform
  }

  @Test("every platform that ships reads back from what is written of it")
  func shipped() throws {
    for name in library.names {
      let platform = try library.read(name).platform
      let document = PlatformFormat.document(of: platform)
      #expect(try self.platform(document.json()) == platform, "\(name)")
      #expect(try self.platform(try document.yaml(header: "x")) == platform, "\(name)")
    }
    #expect(
      library.names == [
        "jetson-tx2", "mpsoc4", "mpsoc4-cores", "neuraghe-c1", "neuraghe-c2", "neuraghe-v1",
        "neuraghe-v2", "odroid-xu4",
      ])
  }

  @Test("random platforms read back from what is written of them", arguments: 1...20)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let platform = try RandomPlatform.make(using: &random)
    let document = PlatformFormat.document(of: platform)
    #expect(try self.platform(document.json()) == platform)
    #expect(try self.platform(try document.yaml()) == platform)
  }

  @Test("elements count up, and compute from the memory around them")
  func scopes() throws {
    let found = try platform(
      """
      format: outrigger-platform-1
      name: p
      element_types: [{name: t, kind: processor, performance: 2 Gop/s}]
      memories: [{name: outer, size: 1 MiB}]
      elements: [{name: a, type: t}]
      clusters:
        - name: c
          memories: [{name: inner, size: 1 KiB, bandwidth: 5 B/s}]
          clusters:
            - name: d
              elements: [{name: b, type: t, count: 3, host: a}, {name: e, type: t, data_memory: outer}]
      """)
    #expect(found.elements.map(\.name) == ["a", "b0", "b1", "b2", "e"])
    #expect(found.elements.map(\.dataMemory.index) == [0, 1, 1, 1, 0])
    #expect(found.elements[1].host == ElementID(0))
    #expect(found.clusters[0].clusters[0].elements == [1, 2, 3, 4].map { ElementID($0) })
    #expect(found.elements[0].type.support(for: ["lrn"]).rate == OperationsPerSecond(2e9))
  }

  private static let frame = """
    format: outrigger-platform-1
    name: p
    memories: [{name: m, size: 1 MiB}]
    links: [{name: l, bandwidth: 1 GB/s}, {name: k, bandwidth: 1 GB/s}]

    """

  @Test(
    "that make no sense are errors with their key path",
    arguments: [
      ("elements: []", "top level: expected at least one element"),
      ("elements: [{name: a, type: t}]", "elements[0].type: expected one of the element types"),
      ("element_types: [{name: t}]", "element_types[0]: the key \"kind\" is missing"),
      (
        "element_types: [{name: t, kind: gpu}]",
        "element_types[0].kind: expected processor or accelerator, found \"gpu\""
      ),
      (
        "element_types: [{name: t, kind: processor}]",
        "element_types[0]: the key \"performance\" is missing"
      ),
      (
        "element_types: [{name: t, kind: processor, performance: 0 Gop/s}]",
        "element_types[0].performance: expected a rate above 0, found \"0 Gop/s\""
      ),
      (
        "element_types: [{name: t, kind: processor, performance: 4 GB/s}]",
        "element_types[0].performance: expected a rate as \"1 Mop/s\" (units: op/s, kop/s, Mop/s, "
          + "Gop/s, Top/s), found \"4 GB/s\""
      ),
      (
        "element_types: [{name: t, kind: processor, operators: [conv]}]",
        "element_types[0].operators[0]: expected an object with a performance, found \"conv\""
      ),
      (
        "element_types: [{name: t, kind: processor, performance: 1, operators: [conv+]}]",
        "element_types[0].operators[0]: expected operator names joined by +, as conv+relu, or *"
      ),
      (
        "element_types: [{name: t, kind: processor, performance: 1, colour: red}]",
        "element_types[0].colour: expected one of the keys name, kind, performance"
      ),
      (
        "element_types: [{name: t, kind: processor, performance: 1}]\n"
          + "elements: [{name: a, type: t, ports: {weights: x}}]",
        "elements[0].ports.weights: expected one of the links l, k, found \"x\""
      ),
      (
        "element_types: [{name: t, kind: processor, performance: 1}]\n"
          + "elements: [{name: a, type: t, ports: {weights: l, output: k, shared: true}}]",
        "elements[0].ports: expected the same link for activations, weights and output"
      ),
      (
        "element_types: [{name: t, kind: processor, performance: 1}]\n"
          + "elements: [{name: a, type: t, count: 5000}]",
        "elements[0].count: expected a whole number from 1 to 4096, found 5000"
      ),
      (
        "element_types: [{name: t, kind: processor, performance: 1}]\n"
          + "elements: [{name: a, type: t}, {name: a, type: t}]",
        "elements[1].name: expected a name that no other element has, found \"a\""
      ),
      (
        "element_types: [{name: t, kind: processor, performance: 1}]\n"
          + "elements: [{name: a, type: t, host: b}]",
        "elements[0].host: expected the name of an element, found \"b\""
      ),
      ("clusters: [{}]", "clusters[0]: the key \"name\" is missing"),
    ])
  func senseless(rest: String, expected: String) {
    do {
      _ = try platform(Self.frame + rest)
      Issue.record("nothing was wrong with \(rest)")
    } catch {
      #expect("\(error)".hasPrefix("p.yaml: \(expected)"), "\(error)")
    }
  }

  @Test("a document of another format is named as such")
  func format() {
    #expect(throws: DocumentError.self) { try platform("name: p") }
    let error = #expect(throws: DocumentError.self) { try platform("format: 3\nname: p") }
    #expect("\(String(describing: error))".contains("format"))
  }

  @Test("the schema accepts what ships and what is written, and refuses what the reader refuses")
  func schema() throws {
    var documents: [DocumentValue] = []
    for name in library.names {
      documents.append(PlatformFormat.document(of: try library.read(name).platform))
      let path = try library.path(of: name)
      if path.hasSuffix(".yaml") { documents.append(try DocumentNode(path: path).value) }
    }
    var random = SplitMix64(seed: 7)
    for _ in 0..<5 {
      documents.append(PlatformFormat.document(of: try RandomPlatform.make(using: &random)))
    }
    let good = documents.count
    documents += documents.prefix(6).flatMap { Corruption.all(of: $0) }
    let verdicts = try verdicts(documents)
    #expect(verdicts.prefix(good).allSatisfy { $0 == nil }, "\(verdicts.prefix(good))")
    #expect(verdicts.count > 500)
    for (document, verdict) in zip(documents, verdicts).dropFirst(good) where verdict != nil {
      // The schema cannot know which names there are, so the reader refuses more.
      #expect(throws: (any Error).self, "\(verdict ?? "")\n\(document.json())") {
        try platform(document.json())
      }
    }
    #expect(verdicts.dropFirst(good).count { $0 != nil } > 400)
  }

  private func verdicts(_ documents: [DocumentValue]) throws -> [String?] {
    let folder = try TemporaryFolder()
    let file = folder.file("documents.json")
    try DocumentValue.list(documents).json().write(toFile: file, atomically: true, encoding: .utf8)
    let schema = "\(packageRoot.path)/Schemas/platform.schema.json"
    let output = try PythonTool("check_schema.py").succeed([schema, file])
    return try JSONDecoder().decode([String?].self, from: Data(output.utf8))
  }
}
