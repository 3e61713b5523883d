import Foundation
import TestSupport
import Testing

@testable import FuzzSupport

@Suite("Mutated files")
struct FuzzTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func fuzz(_ arguments: String...) throws -> PythonTool.Answer {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return try Command.run(
      tests.deletingLastPathComponent().appendingPathComponent("Fuzz").path,
      arguments + ["--failures", folder.file("failures")])
  }

  @Test(
    "are read or refused in one line that names them, without a crash, a hang or much memory",
    arguments: FuzzReader.all.map(\.name))
  func readers(name: String) throws {
    let answer = try fuzz("--reader", name, "--mutations", "300", "--seed", "7")
    #expect(answer.status == 0, "\(answer.output)")
  }

  @Test(
    "of a faulty reader are found, counted and kept",
    arguments: [
      ("faulty-crash", "crashed"), ("faulty-allocation", "excessive"), ("faulty-hang", "hung"),
      ("faulty-lines", "unclear"), ("faulty-name", "unclear"), ("faulty-error", "unclear"),
    ])
  func faults(name: String, outcome: String) throws {
    let answer = try fuzz("--reader", name, "--mutations", "6", "--seconds", "1")
    #expect(answer.status != 0)
    let found = answer.output.split(separator: "\n").filter { $0.hasPrefix("\(outcome): ") }
    #expect(!found.isEmpty && found.count == answer.output.split(separator: "\n").count - 3)
    let path = try #require(found.first?.split(separator: " ")[1].dropLast())
    let number = try #require(Int(path.split(separator: "-").last?.dropLast(4) ?? ""))
    let reader = try #require(FuzzReader.faulty.first { $0.name == name })
    let kept = Array(try Data(contentsOf: URL(fileURLWithPath: String(path))))
    #expect(try Mutator(reader, seed: 1).input(number) == kept)
  }

  @Test("begin from files that are read without an error", arguments: FuzzReader.all.map(\.name))
  func seeds(name: String) throws {
    let reader = try #require(FuzzReader.all.first { $0.name == name })
    let seeds = try reader.seeds()
    #expect(!seeds.isEmpty)
    for (index, seed) in seeds.enumerated() {
      let path = folder.file("seed\(index).\(reader.ending)")
      try Data(seed).write(to: URL(fileURLWithPath: path))
      let (outcome, message) = reader.judge(path: path)
      #expect(outcome == .accepted, "\(message)")
    }
    let mutator = try Mutator(reader, seed: 5)
    #expect((0..<20).filter { seeds.contains(mutator.input($0)) }.count < 8)
  }
}
