extension String {
  /// The text with the keys of requests that it names between backticks written as the options that set them:
  /// `time_limit` as `--time-limit`.
  var withOptions: String {
    replacing(/`([a-z][a-z_]*)`/) { "--" + $0.1.replacing("_", with: "-") }
  }
}
