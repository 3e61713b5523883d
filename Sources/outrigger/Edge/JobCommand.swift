import ArgumentParser
import Diagnostics
import Documents
import Toolflow

/// A command that asks for a job.
///
/// The argument parser refuses words that it does not know and writes the help; the job is made of the options as they
/// are written, by the same keys as a job file's.
protocol JobCommand: ParsableCommand {
  static var kind: JobKind { get }
}

/// A job with how its result is shown.
struct CommandRun {
  let job: any Job
  /// Whether the result is printed as JSON.
  var isJSON = false
  /// Whether only the result is printed.
  var isQuiet = false
  /// Whether the job is printed and not run.
  var printsJob = false

  /// Reads what a command line asks for.
  ///
  /// - Parameter words: What follows the command.
  init(_ kind: JobKind, _ words: [String]) throws {
    let given = GivenOptions(words, of: kind)
    job = try given.document(kind).job()
    (isJSON, isQuiet) = (given.has("json"), given.has("quiet"))
    printsJob = given.has("print_job")
  }

  init(_ job: any Job, _ options: ResultOptions) {
    (self.job, isJSON) = (job, options.json)
    (isQuiet, printsJob) = (options.telling.quiet, options.telling.printJob)
  }

  /// Prints the job as a file.
  private func printJob() throws {
    let header = "A job for outrigger run; docs/jobs.md explains the keys."
    print(try JobDocument(job).value.yaml(header: header), terminator: "")
  }

  /// Runs the job and prints what came out, or prints the job.
  ///
  /// - Throws: ``ExitStatus`` where nothing feasible came out or a signal has ended a search.
  func run() throws { try printsJob ? printJob() : run(job) }

  private func run(_ job: some Job) throws {
    let listener = JobListener(isQuiet: isQuiet)
    let outcome = try job.run(
      in: JobContext(
        tell: listener.hear, isCancelled: { Interrupt.shared.received != nil },
        command: CommandText.text))
    Console.show(isJSON ? try outcome.json() : try outcome.text())
    if let signal = Interrupt.shared.received { throw ExitStatus.interrupted(signal) }
    if !outcome.isFeasible { throw ExitStatus.infeasible }
  }
}
