import ArgumentParser
import Figures
import Foundation
import FuzzSupport

/// Feeds mutated files to every reader: `swift run -c release Fuzz`.
///
/// A reader may read a file or refuse it with one line that names it. It may not end the program, take
/// longer than the time for one mutation, or let the address space grow by more than 64 MB and ten times
/// what the input declares: its own size and, for a network, its tensors. Mutations are read by
/// child processes of this program.
@main
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Fuzz", abstract: "Feed mutated files to every reader.")

  @Option(help: "How many mutations each reader gets.")
  var mutations = 10_000

  @Option(help: "The seed; with the reader and a number it makes a mutation again.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Only this reader; may be given again.", valueName: "name"))
  var reader: [String] = []

  @Option(help: "The time for one mutation, in seconds.")
  var seconds = 10

  @Option(help: "The folder for inputs that fail.")
  var failures = "fuzz-failures"

  @Option(help: .private)
  var child: String?

  @Option(help: .private)
  var first = 0

  @Flag(help: .private)
  var unlimited = false

  func validate() throws {
    guard mutations > 0, seconds > 0 else {
      throw ValidationError("--mutations and --seconds should be at least 1.")
    }
    for name in reader where Self.known(name) == nil {
      let names = FuzzReader.all.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no reader \(name); the readers are \(names).")
    }
  }

  func run() throws {
    let readers = reader.isEmpty ? FuzzReader.all : reader.compactMap { Self.known($0) }
    if let child {
      try FuzzChild.run(
        FuzzChild.Task(
          reader: readers[0], seed: seed, numbers: first..<(first + mutations), folder: child,
          seconds: seconds, isLimited: !unlimited))
      return
    }
    var table = Table(
      columns: [Table.Column("reader"), .number("mutations")]
        + FuzzOutcome.allCases.map { .number("\($0)") } + [.number("time", unit: "s")])
    var found: [FuzzRun.Failure] = []
    for reader in readers {
      var run = FuzzRun(reader: reader, seed: seed, seconds: seconds, failureFolder: failures)
      let start = ContinuousClock.now
      try run.run(mutations)
      let time = (ContinuousClock.now - start).components.seconds
      table.append(
        [reader.name, "\(mutations)"]
          + FuzzOutcome.allCases.map { "\(run.counts[$0] ?? 0)" } + ["\(time)"])
      found += run.failures
    }
    print(table.text(), terminator: "")
    for failure in found { print("\(failure.outcome): \(failure.path): \(failure.message)") }
    if !found.isEmpty { throw ExitCode.failure }
  }

  private static func known(_ name: String) -> FuzzReader? {
    (FuzzReader.all + FuzzReader.faulty).first { $0.name == name }
  }
}
