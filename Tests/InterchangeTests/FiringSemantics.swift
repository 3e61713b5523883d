import Dataflow

/// The events of a graph by the rules of CSDF alone, process by process: the oracle for exports.
struct FiringSemantics {
  let graph: CSDFGraph
  let operations: (Int, Int) -> String
  var isByToken = false
  var iterations = 1

  /// The firings of each actor in an iteration, by trying numbers of cycles until the balance holds.
  private func firings() -> [Int] {
    var cycles: [Int?] = Array(repeating: nil, count: graph.actors.count)
    func sum(_ list: [Int64], _ actor: Int) -> Int {
      Int(list.reduce(0, +)) * Int(graph.phaseCounts[actor]) / list.count
    }
    for root in graph.actors.indices where cycles[root] == nil {
      search: for guess in 1... {
        var found = cycles
        found[root] = guess
        var isChanging = true
        while isChanging {
          isChanging = false
          for channel in graph.channels {
            let (source, target) = (channel.source.index, channel.destination.index)
            let (written, read) = (
              sum(channel.production, source), sum(channel.consumption, target)
            )
            if let known = found[source], found[target] == nil {
              guard known * written % read == 0 else { continue search }
              found[target] = known * written / read
              isChanging = true
            } else if let known = found[target], found[source] == nil {
              guard known * read % written == 0 else { continue search }
              found[source] = known * read / written
              isChanging = true
            }
          }
        }
        cycles = found
        break
      }
    }
    return cycles.enumerated().map { ($1 ?? 0) * Int(graph.phaseCounts[$0]) }
  }

  /// For each actor its events as the stand-in runner logs them.
  func lines() -> [[String]] {
    let firings = firings()
    return graph.actors.indices.map { actor in
      var lines: [String] = []
      let inputs = graph.channels.filter { $0.destination.index == actor }
      let outputs = graph.channels.filter { $0.source.index == actor }
      for (port, channel) in outputs.enumerated() {
        lines += pieces("W OP\(port)", channel.initialTokens)
      }
      for firing in 0..<firings[actor] * iterations {
        let numbered = Array(inputs.enumerated())
        let order =
          numbered.filter { $1.source.index == actor }
          + numbered.filter { $1.source.index != actor }
        for (port, channel) in order {
          lines += pieces("R IP\(port)", channel.consumption[firing % channel.consumption.count])
        }
        lines.append("E \(operations(actor, firing % Int(graph.phaseCounts[actor])))")
        for (port, channel) in outputs.enumerated() {
          lines += pieces("W OP\(port)", channel.production[firing % channel.production.count])
        }
      }
      return lines
    }
  }

  private func pieces(_ start: String, _ tokens: Int64) -> [String] {
    if isByToken { return Array(repeating: "\(start) 1", count: Int(tokens)) }
    var pieces = Array(repeating: "\(start) 32767", count: Int(tokens / 32767))
    if tokens % 32767 > 0 { pieces.append("\(start) \(tokens % 32767)") }
    return pieces
  }
}
