import Documents
import Foundation
import Quantities
import TestSupport
import Testing

@testable import Toolflow

@Suite("Every key of every job")
struct JobKeyTests {
  /// A value of each key that is not its default, as a file holds it.
  private static let examples: [String: DocumentValue] = [
    "input": .text("net.onnx"), "format": .text("csdf-json"),
    "input_shape": .object([.init("data", .list([.integer(1), .integer(3)]))]),
    "dim": .object([.init("batch", .integer(2))]),
    "input_value": .object([.init("rate", .integer(16000)), .init("sizes", list(1, 2))]),
    "weights": texts("a", "b"), "no_weights": texts("c"), "network_inputs": texts("d", "e"),
    "network_outputs": texts("f"), "parameter": .object([.init("layer1/agg", .integer(4))]),
    "execution_time": .object([.init("conv", .integer(20))]), "view": .text("layer"),
    "platform": .text("p.yaml"), "precision": .text("int8"), "times": .text("t.csv"),
    "split": texts("conv1=4:lines", "conv2=2"), "merge": texts("a+b", "platform"),
    "step": .integer(3), "bottleneck": .text("memory"), "partitions": .integer(12),
    "granularity": .text("line"), "buffers": .integer(2), "require": texts("fps>=15"),
    "objectives": texts("latency", "cost"), "method": .text("random"), "evaluations": .integer(7),
    "time_limit": decimal("2.5"), "inferences": .integer(9), "seed": .integer(3),
    "jobs": .integer(2), "population": .integer(10), "offspring": .integer(12),
    "initial": .text("single"), "max_parts": .integer(8), "split_axes": texts("lines"),
    "beside": texts("one", "two"), "output": .text("out"), "until": .text("analyze"),
    "iterations": .integer(4), "from": .text("a"), "to": .text("b"),
    "deadline_factor": decimal("0.5"), "frequency": .text("1.4GHz"),
    "power_model": .text("1,2,3"), "points": list(1, 3), "figures": .text("figures"),
    "events": .text("token"), "mapping": .text("m.json"),
  ]

  private static func decimal(_ text: String) -> DocumentValue {
    DecimalNumber(text).map(DocumentValue.number) ?? .null
  }

  private static func texts(_ texts: String...) -> DocumentValue {
    .list(texts.map(DocumentValue.text))
  }

  private static func list(_ numbers: Int...) -> DocumentValue {
    .list(numbers.map(DocumentValue.integer))
  }

  /// The example of a key of a job; a flag's is true.
  private static func example(_ key: String, _ kind: JobKind) -> DocumentValue {
    switch (key, kind) {
    case ("input", .generate): .text("mnist")
    case ("mapping", .report): texts("m.json", "n.json")
    case ("partitions", .flow): list(0, 32)
    case ("method", .analyze): .text("self-timed")
    case ("bottleneck", .analyze): .boolean(true)
    case ("buffers", .analyze): .boolean(true)
    default: examples[key] ?? .boolean(true)
    }
  }

  @Test(arguments: JobKind.allCases)
  func `is written as it is read, alone and with all others`(kind: JobKind) throws {
    func check<Checked: Job>(_: Checked.Type) throws {
      var all = Checked()
      for key in Checked.keys {
        let value = Self.example(key.name, kind)
        var job = Checked()
        try key.read(value, &job)
        #expect(key.write(job) == value, "\(kind) \(key.name)")
        #expect(job != Checked(), "\(kind) \(key.name)")
        try key.read(value, &all)
      }
      for key in Checked.keys {
        #expect(key.write(all) == Self.example(key.name, kind), "\(kind) \(key.name)")
      }
    }
    try check(kind.type)
  }

  @Test(arguments: JobKind.allCases)
  func `has a row in the table, and no row is without its key`(kind: JobKind) {
    let keys = kind.type.keyNames
    let rows = KeyTable.rows.filter { $0.jobs.contains(kind) }.map(\.name)
    #expect(Set(keys).count == keys.count)
    let unused = Set(keys).subtracting(rows).filter { !JobDocument.isPositional($0) }
    #expect(Set(rows).isSubset(of: keys), "\(Set(rows).subtracting(keys))")
    // Inputs are shared, and not every job has all of them.
    #expect(unused.isSubset(of: ["parameter", "execution_time", "no_fold"]), "\(unused)")
  }

  @Test func `is the same behind a coder`() throws {
    var job = ExploreJob()
    job.subject.path = "chain.xml"
    job.subject.parameters = ["aB/c": 4]
    job.platform.platform = "trio.yaml"
    job.search.timeLimit = 2.5
    job.execution.requirements = ["latency<=50ms"]
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let data = try encoder.encode(job)
    #expect(String(decoding: data, as: UTF8.self).contains("latency<=50ms"))
    job.subject.parameters = [:]
    #expect(try JSONDecoder().decode(ExploreJob.self, from: encoder.encode(job)) == job)
    #expect(throws: (any Error).self) { try JSONDecoder().decode(FlowJob.self, from: data) }
  }

  @Test func `is in the schema that ships`() throws {
    let path = "\(PythonTool.packageRoot)/Schemas/job.schema.json"
    let text = JobSchema.value.json() + "\n"
    if ProcessInfo.processInfo.environment["WRITE_SCHEMAS"] != nil {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }
}

extension Job {
  fileprivate static var keyNames: [String] { keys.map(\.name) }
}
