import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Toolflow
@testable import outrigger

@Suite("Every option counts or is refused")
struct OptionTableTests {
  /// The options of each command, as the argument parser knows them.
  private static let parser: [String: [String: KeyRow.Kind]] = {
    guard let folder = try? TemporaryFolder(),
      let run = try? ProgramRun(["--experimental-dump-help"], in: folder),
      let root = run.json["command"] as? [String: Any],
      let commands = root["subcommands"] as? [[String: Any]]
    else { return [:] }
    var found: [String: [String: KeyRow.Kind]] = [:]
    for command in commands {
      guard let name = command["commandName"] as? String, JobKind(rawValue: name) != nil else {
        continue
      }
      for argument in command["arguments"] as? [[String: Any]] ?? [] {
        guard let kind = argument["kind"] as? String, kind != "positional",
          let names = argument["names"] as? [[String: Any]],
          let long = names.first(where: { $0["kind"] as? String == "long" })?["name"] as? String,
          long != "help", long != "version"
        else { continue }
        let repeats = argument["isRepeating"] as? Bool == true
        let key = long.replacing("-", with: "_")
        guard !GivenOptions.flags.contains(key) else { continue }
        found[name, default: [:]][key] =
          kind == "flag" ? .flag : repeats ? .list : .value
      }
    }
    return found
  }()

  @Test func `the table has a row for every option of every command, and no other`() {
    #expect(Set(Self.parser.keys) == Set(JobKind.allCases.map(\.rawValue)))
    for command in JobKind.allCases {
      let options = Self.parser[command.rawValue] ?? [:]
      for (name, kind) in options {
        let row = KeyTable.row(name, of: command)
        #expect(row?.kind == kind, "\(command.rawValue) \(name)")
      }
      let rows = KeyTable.rows.filter { $0.jobs.contains(command) }.map(\.name)
      #expect(Set(rows) == Set(options.keys) && Set(rows).count == rows.count, "\(command)")
    }
  }

  @Test(arguments: Situation.all)
  func `what means nothing is refused, what goes with another option asks for it`(
    situation: Situation
  ) throws {
    for (name, kind) in try #require(Self.parser[situation.job.rawValue]) {
      let row = try #require(KeyTable.row(name, of: situation.job))
      let words = [KeyRow.option(name)] + (kind == .flag ? [] : ["x"])
      let document = try GivenOptions(words, of: situation.job).document(situation.job)
      let needs = row.cells[situation]
      let complaint = complaint(document, situation)
      if let needs {
        let unmet = needs.compactMap { $0.complaint(document) }.first
        #expect(complaint == unmet.map { "`\(name)`: \($0)" })
      } else {
        #expect(complaint?.hasPrefix("`\(name)`: it means nothing to \(situation.name)") == true)
      }
      if kind == .value, needs?.isEmpty == true {
        let twice = GivenOptions(words + words, of: situation.job)
        #expect(throws: RequestError(name, "it is given twice, and takes one value")) {
          try twice.document(situation.job)
        }
      }
    }
  }

  private func complaint(_ document: JobDocument, _ situation: Situation) -> String? {
    do { try document.check(in: situation) } catch { return "\(error)" }
    return nil
  }
}
