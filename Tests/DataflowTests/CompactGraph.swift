import Dataflow

struct CompactGraphError: Error {
  let text: String
}

extension CSDFGraph {
  /// Reads actors as `a:5,2 b:3` and channels as `a>b 2*1,0/3 [4]; b>c 1/1`, for tests.
  init(_ name: String, _ actors: String, _ channels: String) throws {
    let actorList = try actors.split(separator: " ").map { text in
      let parts = text.split(separator: ":")
      guard parts.count == 2 else { throw CompactGraphError(text: String(text)) }
      return Actor(name: String(parts[0]), executionTimes: try compactList(parts[1]))
    }
    func id(_ name: Substring) throws -> ActorID {
      guard let index = actorList.firstIndex(where: { $0.name == name }) else {
        throw CompactGraphError(text: String(name))
      }
      return ActorID(index)
    }
    let channelList = try channels.split(separator: ";").enumerated().map { index, text in
      let parts = text.split { " >/[]".contains($0) }
      guard parts.count == 4 || parts.count == 5 else {
        throw CompactGraphError(text: String(text))
      }
      return Channel(
        name: "\(parts[0])>\(parts[1])#\(index)", source: try id(parts[0]),
        destination: try id(parts[1]), production: try compactList(parts[2]),
        consumption: try compactList(parts[3]),
        initialTokens: parts.count == 5 ? try compactList(parts[4])[0] : 0)
    }
    try self.init(name: name, actors: actorList, channels: channelList)
  }
}

private func compactList(_ text: Substring) throws -> [Int64] {
  try text.split(separator: ",").flatMap { item in
    let factors = item.split(separator: "*").compactMap { Int64($0) }
    guard let value = factors.last else { throw CompactGraphError(text: String(text)) }
    return Array(repeating: value, count: factors.count == 2 ? Int(factors[0]) : 1)
  }
}
