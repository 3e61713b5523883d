import Dataflow
import Diagnostics
import Documents

/// Turns the elements of an SDF3 file into a graph.
struct SDF3Reader {
  let file: String
  private var entries = 0
  private var diagnostics: [Diagnostic] = []
  /// The actors without a time.
  private var timeless: [String] = []
  /// Sizes that are no numbers, by the name of their element.
  private var nonsizes: [String: [String]] = [:]

  init(file: String) { self.file = file }

  private struct Port {
    var isInput: Bool
    var rates: [Int64]
  }

  mutating func document(_ root: XMLTree) throws(DataflowError) -> SDF3Format.Document {
    if let reason = SDF3Kind.refusal(of: root) { throw malformed(root, reason) }
    if let (element, reason) = SDF3Spelling.mistake(in: root) { throw malformed(element, reason) }
    let application = try only(["applicationGraph"], in: root)
    let body = try only(["sdf", "csdf"], in: application)
    diagnostics += SDF3Kind.unread(in: root, file: file)
    let properties =
      try atMostOne(["\(body.name)Properties", "sdfProperties", "csdfProperties"], in: application)
    let actorProperties = try table(properties, "actorProperties", key: "actor")
    let channelProperties = try table(properties, "channelProperties", key: "channel")

    var actors: [(name: String, function: String?)] = []
    var times: [[Fraction]] = []
    var ids: [String: CSDFGraph.ActorID] = [:]
    var ports: [[String: Port]] = []
    for element in body.children(named: "actor") {
      let name = try text("name", of: element)
      guard ids.updateValue(CSDFGraph.ActorID(actors.count), forKey: name) == nil else {
        throw malformed(element, "two actors are named \"\(name)\"")
      }
      times.append(try executionTimes(actorProperties[name], of: name))
      actors.append((name, element.attributes["type"]))
      ports.append(try self.ports(of: element))
    }
    try checkKeys(of: actorProperties, against: Set(ids.keys), "actor")

    var channels: [CSDFGraph.Channel] = []
    var bufferSizes: [Int64?] = []
    for element in body.children(named: "channel") {
      let settings = channelProperties[element.attributes["name"] ?? ""]
      channels.append(try channel(element, settings, ids, ports))
      bufferSizes.append(size("bufferSize", in: settings))
    }
    try checkKeys(of: channelProperties, against: Set(channels.map(\.name)), "channel")
    let name = application.attributes["name"] ?? body.attributes["name"] ?? "graph"
    guard let whole = TimeUnit.whole(times) else { throw malformed(body, TimeUnit.noCommonUnit) }
    let timed = zip(actors, whole.ticks).map {
      CSDFGraph.Actor(name: $0.name, function: $0.function, executionTimes: $1)
    }
    noteOmissions(actorCount: actors.count)
    return SDF3Format.Document(
      graph: try graph(name, timed, channels, whole.unit), bufferSizes: bufferSizes,
      isSynchronous: body.name == "sdf", diagnostics: diagnostics)
  }

  private func graph(
    _ name: String, _ actors: [CSDFGraph.Actor], _ channels: [CSDFGraph.Channel],
    _ unit: TimeUnit
  ) throws(DataflowError) -> CSDFGraph {
    do {
      return try CSDFGraph(name: name, actors: actors, channels: channels, timeUnit: unit)
    } catch {
      throw .malformedFile(file: file, line: nil, reason: error.description)
    }
  }
}

// MARK: - Actors and channels

extension SDF3Reader {
  private mutating func ports(of actor: XMLTree) throws(DataflowError) -> [String: Port] {
    var ports: [String: Port] = [:]
    for element in actor.children(named: "port") {
      let name = try text("name", of: element)
      let type = try text("type", of: element)
      guard type == "in" || type == "out" else {
        throw malformed(element, "type \"\(type)\": expected in or out")
      }
      let rates = try list("rate", of: element, "integers") { Int64($0) }
      let port = Port(isInput: type == "in", rates: rates)
      guard ports.updateValue(port, forKey: name) == nil else {
        throw malformed(element, "two ports of the actor are named \"\(name)\"")
      }
    }
    return ports
  }

  private mutating func channel(
    _ element: XMLTree, _ settings: XMLTree?, _ ids: [String: CSDFGraph.ActorID],
    _ ports: [[String: Port]]
  ) throws(DataflowError) -> CSDFGraph.Channel {
    let (source, production) = try end(element, "src", isInput: false, ids, ports)
    let (destination, consumption) = try end(element, "dst", isInput: true, ids, ports)
    let name = try text("name", of: element)
    let tokenSize = size("tokenSize", in: settings) ?? size("size", of: element, channel: name)
    return CSDFGraph.Channel(
      name: name, source: source, destination: destination,
      production: production, consumption: consumption,
      initialTokens: try integer("initialTokens", of: element) ?? 0,
      tokenSize: tokenSize ?? 1)
  }

  private func end(
    _ element: XMLTree, _ prefix: String, isInput: Bool, _ ids: [String: CSDFGraph.ActorID],
    _ ports: [[String: Port]]
  ) throws(DataflowError) -> (CSDFGraph.ActorID, [Int64]) {
    let actor = try text("\(prefix)Actor", of: element)
    let port = try text("\(prefix)Port", of: element)
    guard let id = ids[actor] else {
      throw malformed(element, "there is no actor \"\(actor)\"")
    }
    guard let found = ports[id.index][port], found.isInput == isInput else {
      let kind = isInput ? "in" : "out"
      throw malformed(element, "actor \"\(actor)\" has no port \"\(port)\" of type \(kind)")
    }
    return (id, found.rates)
  }

  /// The times on the default processor, the last one where several are; an actor without a time
  /// takes none.
  ///
  /// - Throws: ``DataflowError`` where nothing says which of several times counts.
  private mutating func executionTimes(
    _ properties: XMLTree?, of actor: String
  ) throws(DataflowError) -> [Fraction] {
    let processors = properties?.children(named: "processor") ?? []
    let defaults = processors.filter(Self.isDefault)
    if let properties, defaults.isEmpty, processors.count > 1 {
      let times = processors.map { $0.children(named: "executionTime").last?.attributes["time"] }
      guard Set(times).count == 1 else {
        throw malformed(
          properties,
          "actor \"\(actor)\" has \(processors.count) processors with different times, expected one "
            + "of them with default=\"true\"")
      }
    }
    if defaults.count > 1, let last = defaults.last {
      diagnostics.append(
        Diagnostic(
          "\(file):\(last.line): actor \"\(actor)\"",
          "\(defaults.count) processors are the default, the last one counts"))
    }
    for processor in processors {
      let times = processor.children(named: "executionTime")
      guard times.count > 1 else { continue }
      throw malformed(
        times[1], "actor \"\(actor)\" has \(times.count) times on one processor, expected one")
    }
    guard let chosen = defaults.last ?? processors.last,
      let time = chosen.children(named: "executionTime").last
    else {
      timeless.append(actor)
      return [.zero]
    }
    return try list("time", of: time, "numbers from 0 on that fit 64 bits as fractions") { text in
      let time = Int64(text).map { Fraction($0) } ?? Fraction(text)
      return time.flatMap { $0 >= .zero && !text.contains("/") ? $0 : nil }
    }
  }

  /// Whether a processor is the default: it says so, with any text that is not the contrary.
  private static func isDefault(_ processor: XMLTree) -> Bool {
    guard let text = processor.attributes["default"] else { return false }
    return !["false", "0"].contains(text.lowercased().filter { !$0.isWhitespace })
  }

  /// Tells what was missing or no number, each kind in one line.
  private mutating func noteOmissions(actorCount: Int) {
    if let first = timeless.first {
      let all = timeless.count == actorCount && actorCount > 1
      let others = all || timeless.count == 1 ? "" : " and \(timeless.count - 1) others"
      diagnostics.append(
        Diagnostic(
          file,
          (all ? "all actors have" : "actor \"\(first)\"\(others) has")
            + " no execution time, which is taken as 0"))
    }
    for (element, texts) in nonsizes.sorted(by: { $0.key < $1.key }) {
      let others = texts.count > 1 ? " and \(texts.count - 1) others" : ""
      diagnostics.append(
        Diagnostic(
          file,
          "\(element) \(texts[0])\(others): no size, expected an integer from 0 on; "
            + "taken as not given"))
    }
  }
}

// MARK: - Elements and attributes

extension SDF3Reader {
  private func malformed(_ element: XMLTree, _ reason: String) -> DataflowError {
    let name = element.attributes["name"].map { " \"\($0)\"" } ?? ""
    return .malformedFile(
      file: file, line: element.line, reason: "<\(element.name)>\(name): \(reason)")
  }

  private func only(_ names: [String], in parent: XMLTree) throws(DataflowError) -> XMLTree {
    guard let child = try atMostOne(names, in: parent) else {
      throw malformed(
        parent, "expected " + names.map { "<\($0)>" }.joined(separator: " or ") + " inside")
    }
    return child
  }

  private func atMostOne(_ names: [String], in parent: XMLTree) throws(DataflowError) -> XMLTree? {
    let found = parent.children.filter { names.contains($0.name) }
    if found.count > 1 { throw malformed(found[1], "expected only one") }
    return found.first
  }

  /// The properties of one kind by the name of what they describe.
  private func table(
    _ properties: XMLTree?, _ kind: String, key: String
  ) throws(DataflowError) -> [String: XMLTree] {
    var table: [String: XMLTree] = [:]
    for element in properties?.children(named: kind) ?? [] {
      let name = try text(key, of: element)
      guard table.updateValue(element, forKey: name) == nil else {
        throw malformed(element, "the properties of \"\(name)\" are given twice")
      }
    }
    return table
  }

  private func checkKeys(
    of table: [String: XMLTree], against names: Set<String>, _ kind: String
  ) throws(DataflowError) {
    let strays = table.filter { !names.contains($0.key) }
    guard let stray = strays.min(by: { ($0.value.line, $0.key) < ($1.value.line, $1.key) }) else {
      return
    }
    throw malformed(stray.value, "there is no \(kind) \"\(stray.key)\"")
  }

  private func text(_ key: String, of element: XMLTree) throws(DataflowError) -> String {
    guard let value = element.attributes[key] else {
      throw malformed(element, "the attribute \(key) is missing")
    }
    return value
  }

  private func integer(_ key: String, of element: XMLTree) throws(DataflowError) -> Int64? {
    guard let value = element.attributes[key] else { return nil }
    guard let number = Int64(value.filter { !$0.isWhitespace }) else {
      throw malformed(element, "\(key) \"\(value)\": expected a 64-bit integer")
    }
    return number
  }

  /// A size that a file gives, nil where it is none: no analysis asks for sizes.
  private mutating func size(_ name: String, in properties: XMLTree?) -> Int64? {
    guard let element = properties?.children(named: name).last else { return nil }
    return size("sz", of: element, channel: properties?.attributes["channel"] ?? "")
  }

  private mutating func size(_ key: String, of element: XMLTree, channel: String) -> Int64? {
    guard let text = element.attributes[key] else { return nil }
    if let size = Int64(text.filter { !$0.isWhitespace }), size >= 0 { return size }
    let name = element.name == "channel" ? "channel" : element.name
    nonsizes[name, default: []].append("\(key)=\"\(text.prefix(40))\" of channel \"\(channel)\"")
    return nil
  }

  /// A list such as `0,18*32,0`, where `n*v` stands for *n* times *v*.
  private mutating func list<Value>(
    _ key: String, of element: XMLTree, _ kind: String, _ value: (String) -> Value?
  ) throws(DataflowError) -> [Value] {
    let source = try text(key, of: element)
    if source.contains(";") {
      throw malformed(
        element,
        "\(key) \"\(source.prefix(40))\": initial phases, which an actor goes through once (a;b is a "
          + "once, then b for ever), are not supported")
    }
    var values: [Value] = []
    for item in source.split(separator: ",", omittingEmptySubsequences: false) {
      let factors = item.split(separator: "*", omittingEmptySubsequences: false)
        .map { $0.filter { !$0.isWhitespace } }
      let count = factors.count == 2 ? Int64(factors[0]) : 1
      guard factors.count <= 2, let value = value(factors[factors.count - 1]), let count, count >= 0
      else {
        throw malformed(
          element, "\(key) \"\(item.prefix(40))\": expected \(kind) or n*v, split by commas")
      }
      guard count <= Int64(SDF3Format.entryLimit - entries) else {
        throw malformed(
          element, "\(key): more than \(SDF3Format.entryLimit) list entries in the file")
      }
      entries += Int(count)
      values += repeatElement(value, count: Int(count))
    }
    return values
  }
}
