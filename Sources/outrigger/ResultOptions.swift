import ArgumentParser

/// How a command gives its result.
struct ResultOptions: ParsableArguments {
  @Flag(help: "Print the result as JSON, for machines.")
  var json = false

  @Flag(help: "Leave warnings and progress out.")
  var quiet = false
}
