import ArgumentParser

/// How a command gives its result.
struct ResultOptions: ParsableArguments {
  @Flag(help: "Print the result as JSON, for machines.")
  var json = false

  @OptionGroup var telling: TellingOptions
}

/// What a command tells beside its result.
struct TellingOptions: ParsableArguments {
  @Flag(help: "Leave warnings and progress out.")
  var quiet = false

  @Flag(help: "Print the job that would run, as a file for outrigger run, and do nothing.")
  var printJob = false
}
