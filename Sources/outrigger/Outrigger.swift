import ArgumentParser
import Diagnostics
import Files
import Foundation

/// The command line.
@main
struct Outrigger: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outrigger",
    abstract: "Finds the best way to run a trained neural network on an embedded platform.",
    discussion: """
      NETWORK is an ONNX file, or the name of a network of the model zoo that ./setup has brought \
      (bvlc_alexnet, vgg19, squeezenet, resnet50, …). PLATFORM is a platform description, or the \
      name of one that ships (neuraghe-v1).

      \(ExitStatus.help)
      """,
    version: outriggerVersion,
    subcommands: [
      FlowCommand.self, InspectCommand.self, PartitionCommand.self, AnalyzeCommand.self,
      SimulateCommand.self, ExploreCommand.self, ReportCommand.self, ExportCommand.self,
      GenerateCommand.self, RunCommand.self,
    ])

  static func main() {
    withExtendedLifetime(Interrupt.shared.install()) {
      do {
        try run(Array(CommandLine.arguments.dropFirst()))
        try Console.finish()
      } catch {
        end(error)
      }
    }
  }

  private static func run(_ words: [String]) throws {
    try checkCommand(words)
    var command = try parseAsRoot(words)
    guard let kind = (command as? any JobCommand).map({ type(of: $0).kind }) else {
      return try command.run()
    }
    try CommandRun(kind, Array(words.dropFirst())).run()
  }

  /// Ends the program as an error asks for it.
  private static func end(_ error: any Error) -> Never {
    if let status = error as? ExitStatus { leave(status) }
    if let error = error as? any UserFacingError {
      Console.note("Error: \(error)")
      leave(ExitStatus(error))
    }
    guard exitCode(for: error) == .failure else { exit(withError: error) }
    Console.note("Error: internal: \("\(error)".singleLine)")
    leave(.internalError)
  }

  private static func leave(_ status: ExitStatus) -> Never {
    try? Console.finish()
    Leftovers.exit(status.code)
  }

  /// Refuses a word in the place of a command that is none, for `help` too.
  private static func checkCommand(_ words: [String]) throws {
    let isHelp = words.first == "help"
    guard let word = isHelp ? words.dropFirst().first : words.first, !word.hasPrefix("-") else {
      return
    }
    let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard !names.contains(word) else {
      if isHelp, let rest = words.dropFirst(2).first(where: { !$0.hasPrefix("-") }) {
        throw CommandError(rest.singleLine, "\(word) has no commands of its own")
      }
      return
    }
    let similar = word.similar(in: names)
    let known = similar.isEmpty ? "; the commands are \(names.joined(separator: ", "))" : ""
    throw CommandError(
      word.singleLine, "there is no such command\(known)\(similar.asQuestion)")
  }
}
