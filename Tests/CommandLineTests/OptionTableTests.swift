import Foundation
import TestSupport
import Testing

@testable import outrigger

@Suite("Every option counts or is refused")
struct OptionTableTests {
  /// The options of each command, as the argument parser knows them.
  private static let parser: [String: [String: OptionRow.Kind]] = {
    guard let folder = try? TemporaryFolder(),
      let run = try? ProgramRun(["--experimental-dump-help"], in: folder),
      let root = run.json["command"] as? [String: Any],
      let commands = root["subcommands"] as? [[String: Any]]
    else { return [:] }
    var found: [String: [String: OptionRow.Kind]] = [:]
    for command in commands {
      guard let name = command["commandName"] as? String, name != "help" else { continue }
      for argument in command["arguments"] as? [[String: Any]] ?? [] {
        guard let kind = argument["kind"] as? String, kind != "positional",
          let names = argument["names"] as? [[String: Any]],
          let long = names.first(where: { $0["kind"] as? String == "long" })?["name"] as? String,
          long != "help", long != "version"
        else { continue }
        let repeats = argument["isRepeating"] as? Bool == true
        found[name, default: [:]]["--\(long)"] =
          kind == "flag" ? .flag : repeats ? .list : .value
      }
    }
    return found
  }()

  @Test func `the table has a row for every option of every command, and no other`() {
    #expect(Set(Self.parser.keys) == Set(Situation.Command.allCases.map(\.rawValue)))
    for command in Situation.Command.allCases {
      let options = Self.parser[command.rawValue] ?? [:]
      for (name, kind) in options {
        let row = OptionTable.row(name, of: command)
        #expect(row?.kind == kind, "\(command.rawValue) \(name)")
      }
      let rows = OptionTable.rows.filter { $0.commands.contains(command) }.map(\.name)
      #expect(Set(rows) == Set(options.keys) && Set(rows).count == rows.count, "\(command)")
    }
  }

  @Test(arguments: Situation.all)
  func `what means nothing is refused, what goes with another option asks for it`(
    situation: Situation
  ) throws {
    for (name, kind) in try #require(Self.parser[situation.command.rawValue]) {
      let row = try #require(OptionTable.row(name, of: situation.command))
      let words = [name] + (kind == .flag ? [] : ["x"])
      let given = GivenOptions(words, of: situation.command)
      let needs = row.cells[situation]
      let complaint = complaint(given, situation)
      if let needs {
        let unmet = needs.compactMap { $0.complaint(given) }.first
        #expect(complaint == unmet.map { "\(name): \($0)" })
      } else {
        #expect(complaint?.hasPrefix("\(name): it means nothing to \(situation.words)") == true)
      }
      if kind == .value, needs?.isEmpty == true {
        let twice = GivenOptions(words + words, of: situation.command)
        #expect(self.complaint(twice, situation)?.contains("given twice") == true)
      }
    }
  }

  private func complaint(_ given: GivenOptions, _ situation: Situation) -> String? {
    do { try given.check(in: situation) } catch { return "\(error)" }
    return nil
  }
}
