import ArgumentParser
import ONNXFormat
import ONNXResolution

/// What the user says of a network where its file leaves a choice, and which part of it is wanted.
struct ReadingOptions: ParsableArguments {
  @Option(
    name: .customLong("input-shape"),
    help: ArgumentHelp(
      "The shape of an input, as in data=1,3,224,224; may be given again.",
      valueName: "name=d,d,…"))
  var shapes: [String] = []

  @Option(
    name: .customLong("dim"),
    help: ArgumentHelp(
      "The sizes of named dimensions, as in batch=1,sequence=128.", valueName: "name=size,…"))
  var dimensions: [String] = []

  @Option(
    name: .customLong("input-value"),
    help: ArgumentHelp(
      "What an input always is, as in rate=16000 or sizes=1,2,3; may be given again.",
      valueName: "name=value,…"))
  var values: [String] = []

  @Option(
    help: ArgumentHelp(
      "Inputs that are weights written without their values.", valueName: "name,…"))
  var weights: [String] = []

  @Option(
    name: .customLong("no-weights"),
    help: ArgumentHelp("Inputs that are no weights but inputs.", valueName: "name,…"))
  var noWeights: [String] = []

  @Option(
    name: .customLong("network-inputs"),
    help: ArgumentHelp(
      "Values at which the network begins, to leave out what is before them.",
      valueName: "name,…"))
  var first: [String] = []

  @Option(
    name: .customLong("network-outputs"),
    help: ArgumentHelp(
      "Values at which the network ends, to leave out what is behind them.", valueName: "name,…"))
  var last: [String] = []

  /// Every option with what was given.
  private var given: [(name: String, texts: [String])] {
    [
      ("--input-shape", shapes), ("--dim", dimensions), ("--input-value", values),
      ("--weights", weights), ("--no-weights", noWeights), ("--network-inputs", first),
      ("--network-outputs", last),
    ]
  }

  /// What is said, in words that are the same for the same reading.
  var identity: String {
    let used = given.filter { !$0.texts.isEmpty }.map { "\($0.name) \($0.texts)" }
    return used.isEmpty ? "read as it is" : used.joined(separator: " ")
  }

  /// How the network is read.
  func networkReading() throws -> NetworkReading {
    var reading = NetworkReading()
    for (name, texts) in try pairs(shapes, "--input-shape", "name=d,d,… as data=1,3,224,224") {
      reading.shapes[name] = try sizes(texts, "--input-shape", name)
    }
    for (name, texts) in try pairs(
      dimensions.flatMap { Self.list($0) }, "--dim", "name=size,… as batch=1,sequence=128")
    {
      reading.dimensions[name] = try sizes(texts, "--dim", name)[0]
    }
    reading.values = try pairs(values, "--input-value", "name=value,… as rate=16000")
    reading.weights = Set(try names(weights, "--weights"))
    reading.inputs = Set(try names(noWeights, "--no-weights"))
    reading.first = try names(first, "--network-inputs")
    reading.last = try names(last, "--network-outputs")
    return reading
  }

  /// Texts as names with what stands behind `=`, at commas taken apart.
  private func pairs(
    _ texts: [String], _ option: String, _ expected: String
  ) throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for text in texts {
      guard let separator = text.lastIndex(of: "="), separator != text.startIndex,
        text.index(after: separator) != text.endIndex
      else { throw Self.malformed(option, expected, text) }
      let name = String(text[..<separator])
      let values = Self.list(text[text.index(after: separator)...])
      guard !values.contains("") else { throw Self.malformed(option, expected, text) }
      guard found.updateValue(values, forKey: name) == nil else {
        throw OptionError(option, "\(name) is given twice")
      }
    }
    return found
  }

  /// Positive numbers; those of a shape may also be put apart by `x`.
  private func sizes(_ texts: [String], _ option: String, _ name: String) throws -> [Int] {
    let parts = texts.flatMap {
      $0.split(omittingEmptySubsequences: false) { "x×".contains($0) }.map(String.init)
    }
    let sizes = parts.compactMap { Int($0) }
    guard sizes.count == parts.count, sizes.allSatisfy({ $0 > 0 }),
      option != "--dim" || sizes.count == 1
    else {
      let expected =
        option == "--dim" ? "name=size,… as batch=1" : "name=d,d,… as data=1,3,224,224"
      throw Self.malformed(option, expected, "\(name)=\(texts.joined(separator: ","))")
    }
    return sizes
  }

  private func names(_ texts: [String], _ option: String) throws -> [String] {
    let names = texts.flatMap { Self.list($0) }
    guard !names.contains("") else {
      throw Self.malformed(option, "names as a,b", texts.joined(separator: ","))
    }
    return names
  }

  private static func list(_ text: some StringProtocol) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0.drop { $0 == " " })
    }
  }

  private static func malformed(
    _ option: String, _ expected: String, _ found: String
  ) -> OptionError {
    OptionError(option, "expected \(expected), found \"\(found)\"")
  }
}
