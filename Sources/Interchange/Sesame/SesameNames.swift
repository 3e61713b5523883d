/// Which identifiers the C++ of an application may use.
enum SesameNames {
  /// Names that the generated code, or the classes it is derived from, already have.
  static let reserved =
    IdentifierTable.keywords + IdentifierTable.macros
      + """
      Channel compute execute getArgc getArgv getFullName Id In InPort iterationCount iterations main \
      operation operations Out OutPort Port ports printWorkload Process ProcessLoader read readTokens \
      rep std transfers type vector write writeInitialTokens writeTokens YAPI
      """.split(separator: " ").map(String.init)

  /// The identifier for an actor; what looks like one of our ports, rates or buffers gets an ending.
  static func take(_ name: String, _ table: inout IdentifierTable) -> String {
    var stem = Substring(IdentifierTable.legal(name))
    let digits = stem.reversed().prefix { $0.isNumber }.count
    stem = stem.dropLast(digits)
    let isPort = digits > 0 && ["IP", "OP"].contains { stem.uppercased().hasSuffix($0) }
    return table.take(isPort ? "\(name) actor" : name)
  }

  /// An operation's name: printable, and without what C++, Perl or a shell would read otherwise.
  static func operation(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars.prefix(200) {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "(", ")", "+", "-", ".", ",":
        result.unicodeScalars.append(scalar)
      case "×": result += "x"
      default: if result.last != "_" { result += "_" }
      }
    }
    return result.isEmpty ? "operation" : result
  }
}
