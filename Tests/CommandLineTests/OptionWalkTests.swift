import Foundation
import TestSupport
import Testing

@testable import Toolflow
@testable import outrigger

/// The table of options, held against the program: every command with every option in every situation.
@Suite("The program does with every option what the table says")
struct OptionWalkTests {
  private static let files = Swift.Result { try OptionFiles() }

  @Test(arguments: Situation.all)
  func `an option is refused, or something comes out of it`(situation: Situation) throws {
    let files = try Self.files.get()
    let output = "out-\(situation.name.replacing(" ", with: "-"))"
    // Many options are held against the same command.
    var known: [[String]: OptionFiles.Result] = [:]
    for row in KeyTable.rows where row.jobs.contains(situation.job) {
      let walk = OptionWalk(row: row, situation: situation, output: output)
      let found = try files.run(walk.words(with: true), writing: output)
      let name = "\(situation.name) \(row.option): \(found.errors) \(found.written.prefix(600))"
      guard row.cells[situation] != nil else {
        #expect(found.status == ExitStatus.usage.code, "\(name)")
        #expect(found.errors.hasPrefix("Error: \(row.option): it means nothing to"), "\(name)")
        #expect(found.errors.split(separator: "\n").count == 1, "\(name)")
        continue
      }
      let words = walk.words(with: false)
      let plain = try known[words] ?? files.run(words, writing: output)
      known[words] = plain
      #expect(plain.status == 0, "\(words) \(plain.errors)")
      switch walk.example {
      case .fails: #expect(found.status != 0, "\(name)")
      case .changes:
        let isSame = plain == found
        #expect(!isSame, "\(name)")
      case .shownElsewhere: #expect(!found.errors.contains("means nothing"), "\(name)")
      }
    }
  }
}

extension KeyRow {
  /// The option that sets the key.
  var option: String { Self.option(name) }

  /// The option that sets a key.
  static func option(_ key: String) -> String { "--" + key.replacing("_", with: "-") }
}

/// A command line with an option, and the same without it.
private struct OptionWalk {
  let row: KeyRow
  let situation: Situation
  let output: String

  var example: OptionCase { OptionCase.of(row.option, situation) }

  func words(with isGiven: Bool) -> [String] {
    // What must fail with one value must not without it, nor with the one that it has otherwise.
    let isKept = !isGiven && example.isFailure
    var parts = situation.base(output: output).filter { $0[0] != row.option || isKept }
    // analyze must be asked for something.
    if situation.job == .analyze, row.option == "--sps" { parts.append(["--periodic"]) }
    complete(&parts, for: row)
    if isGiven { parts.append(option) }
    return parts.flatMap(\.self)
  }

  /// Adds the options that one goes with, and those that they go with.
  private func complete(_ parts: inout [[String]], for row: KeyRow) {
    for case .oneOf(let keys) in row.cells[situation] ?? [] {
      let options = keys.map(KeyRow.option)
      guard !parts.contains(where: { options.contains($0[0]) }) else { continue }
      parts.append(Self.companion(options[0], situation, output))
      guard let next = KeyTable.row(keys[0], of: situation.job) else { continue }
      complete(&parts, for: next)
    }
  }

  private var option: [String] {
    guard row.kind != .flag else { return [row.option] }
    return [row.option, example.value ?? (row.option == "--bottleneck" ? "memory" : "5")]
  }

  /// An option that another one goes with.
  private static func companion(
    _ name: String, _ situation: Situation, _ output: String
  ) -> [String] {
    switch name {
    case "--platform": [name, situation.subject == .network ? "core.yaml" : "trio.yaml"]
    case "--output": [name, output]
    case "--partitions": [name, "12"]
    case "--frequency": [name, "1000"]
    default: [name]
    }
  }
}
