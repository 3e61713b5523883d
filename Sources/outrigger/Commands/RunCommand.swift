import ArgumentParser
import Diagnostics
import Documents
import Toolflow

/// Runs a job of a file.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a job of a file: any command with its options, as --print-job writes it.",
    discussion: """
      The file is YAML or JSON: the key job names the command, the other keys are its argument (input) and its \
      options, with _ in place of -. Relative paths are those from the folder of the file. What is given here goes \
      before what the file says.
      """)

  @Argument(help: "The job, YAML or JSON.")
  var job: String

  @Option(help: "Where the result is written.")
  var output: String?

  @Flag(help: "Replace what exists.")
  var force = false

  @Flag(help: "Go on with a search that was killed.")
  var resume = false

  @OptionGroup var result: ResultOptions

  func run() throws {
    var file = try JobFile(path: job)
    if let output { file.document["output"] = .text(output) }
    if force { file.document["force"] = .boolean(true) }
    if resume { file.document["resume"] = .boolean(true) }
    let run = CommandRun(try file.job(), result)
    if result.json, file.document.kind == .export {
      throw RequestError(
        "json", "export writes what its format is; nothing of it is JSON for programs")
    }
    do {
      try run.run()
    } catch let error as RequestError {
      throw JobFileError(job, error)
    } catch let error as any UserFacingError where error.fault == .usage {
      throw JobFileError(job, error)
    }
  }
}
