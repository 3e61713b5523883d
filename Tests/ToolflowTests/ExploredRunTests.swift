import Documents
import Exploration
import Figures
import Foundation
import MappingModel
import Reporting
import TestSupport
import Testing

@testable import Toolflow

@Suite("A run directory that is read again")
struct ExploredRunTests {
  private let folder: TemporaryFolder
  private var run: String { folder.file("run") }

  /// Searches all mappings of a chain of three blocks onto two elements.
  init() throws {
    folder = try TemporaryFolder()
    try write(Self.chain, to: "chain.xml")
    try write(
      """
      format: outrigger-platform-1
      name: pair
      memories: [{name: M, size: 1 GiB}]
      element_types:
        - {name: core, kind: processor, cost: 2, power: {active: 1 W, idle: 0.1 W},
           operators: [{pattern: "*", performance: 1 Gop/s}]}
      elements: [{name: one, type: core}, {name: two, type: core}]

      """, to: "pair.yaml")
    var job = ExploreJob()
    job.subject.path = folder.file("chain.xml")
    job.platform = PlatformInput(named: folder.file("pair.yaml"))
    job.search.method = .exhaustive
    job.search.objectives = [.period, .cost]
    job.output.path = run
    _ = try job.run(in: JobContext(command: { _ in "the command" }))
  }

  /// Three actors of 2, 3 and 4 ms.
  private static let chain =
    "<sdf3 type='sdf' version='1.0'><applicationGraph name='chain'><sdf name='chain' type='G'>"
    + "<actor name='a' type='t'><port name='o' type='out' rate='1'/></actor>"
    + "<actor name='b' type='t'><port name='i' type='in' rate='1'/>"
    + "<port name='o' type='out' rate='1'/></actor>"
    + "<actor name='c' type='t'><port name='i' type='in' rate='1'/></actor>"
    + "<channel name='ab' srcActor='a' srcPort='o' dstActor='b' dstPort='i'/>"
    + "<channel name='bc' srcActor='b' srcPort='o' dstActor='c' dstPort='i'/></sdf><sdfProperties>"
    + [("a", 2), ("b", 3), ("c", 4)].map { actor, milliseconds in
      "<actorProperties actor='\(actor)'><processor type='p' default='true'>"
        + "<executionTime time='\(milliseconds)000000000'/></processor></actorProperties>"
    }.joined() + "</sdfProperties></applicationGraph></sdf3>"

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(run)/\(name)", encoding: .utf8)
  }

  @Test("It holds the job, the command and the front")
  func reading() throws {
    let explored = try ExploredRun(path: run)
    #expect(explored.command == "the command")
    #expect(explored.job.search.objectives == [.period, .cost])
    #expect(explored.job.subject.path == folder.file("chain.xml"))
    // One element for 9 ms and 2, both for 5 ms and 4: worked out by hand.
    #expect(explored.pointCount == 2)
    #expect(explored.record.isWhole)
    // Elements that are alike count once: all on one, and three ways to keep one block apart.
    #expect(explored.record.evaluations == 4)
    #expect(explored.changes().isEmpty)
    for point in 0..<explored.pointCount {
      #expect(FileManager.default.fileExists(atPath: explored.mapping(point)))
      #expect(explored.files(point).map(\.name) == ["mapping", "schedule"])
    }
  }

  @Test("An input that has changed since is told", arguments: ["chain.xml", "pair.yaml"])
  func changes(name: String) throws {
    let before = try String(contentsOfFile: folder.file(name), encoding: .utf8)
    try write(before + " ", to: name)
    let changes = try ExploredRun(path: run).changes()
    #expect(changes.count == 1 && changes.allSatisfy { $0.contains(name) })
    try FileManager.default.removeItem(atPath: folder.file(name))
    #expect(try ExploredRun(path: run).changes().count == 1)
  }

  @Test("Files of a point that are gone are not named")
  func missingFiles() throws {
    try FileManager.default.removeItem(atPath: "\(run)/points/001/schedule.csv")
    let explored = try ExploredRun(path: run)
    #expect(explored.files(0).map(\.name) == ["mapping"])
    #expect(explored.files(1).map(\.name) == ["mapping", "schedule"])
  }

  /// What is changed in a file, and what the error names beside the file.
  struct Damage: Sendable {
    var file: String
    var old: String
    var new: String
    var named: String
  }

  private static let damages = [
    Damage(file: "run.json", old: "\"request\"", new: "\"arguments\"", named: "no request"),
    Damage(file: "run.json", old: "\"exhaustive\"", new: "\"best\"", named: "method"),
    Damage(file: "run.json", old: "\"job\"", new: "\"jobb\"", named: "job"),
    Damage(file: "run.json", old: "\"command\"", new: "\"order\"", named: "command"),
    Damage(file: "run.json", old: "\"seed\" : 1", new: "\"seed\" : -3", named: "seed"),
    Damage(file: "run.json", old: "{", new: "", named: "run.json"),
    Damage(file: "pareto.json", old: "\"front\"", new: "\"back\"", named: "front"),
    Damage(
      file: "pareto.json", old: "\"reference_point\"", new: "\"point\"", named: "reference_point"),
    Damage(file: "pareto.json", old: "\"hypervolume\"", new: "\"volume\"", named: "hypervolume"),
    Damage(file: "logbook.csv", old: "cost_min", new: "cost", named: "cost_min"),
    Damage(file: "logbook.csv", old: "evaluations", new: "tries", named: "evaluations"),
  ]

  @Test("What is wrong in a file is told with its path", arguments: damages)
  func damaged(damage: Damage) throws {
    let before = try text(damage.file)
    try #require(before.contains(damage.old), "\(damage.old) in \(before)")
    try write(before.replacing(damage.old, with: damage.new), to: "run/\(damage.file)")
    let error = #expect(throws: (any Error).self) { try ExploredRun(path: run) }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains(damage.file) && message.contains(damage.named), "\(message)")
  }

  @Test("A file that is gone is told", arguments: ["run.json", "pareto.json", "logbook.csv"])
  func gone(name: String) throws {
    try FileManager.default.removeItem(atPath: "\(run)/\(name)")
    let error = #expect(throws: (any Error).self) { try ExploredRun(path: run) }
    #expect(error.map { "\($0)" }?.contains(name) == true)
  }

  @Test("A run without the list of what was evaluated shows no cloud")
  func withoutCloud() throws {
    try FileManager.default.removeItem(atPath: "\(run)/\(EvaluatedFile.name)")
    #expect(try ExploredRun(path: run).record.evaluated.count == 0)
  }
}
