import Dataflow
import Documents
import Escaping

/// Writes a graph as an SDF3 file.
struct SDF3Writer {
  let document: SDF3Format.Document

  func text() throws(DataflowError) -> String {
    let graph = document.graph
    try checkNames()
    let name = graph.name.xmlEscaped
    let kind = document.isSynchronous ? "sdf" : "csdf"
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<sdf3 type="\#(kind)" version="1.0">"#,
      #"  <applicationGraph name="\#(name)">"#,
      #"    <\#(kind) name="\#(name)" type="\#(name)">"#,
    ]
    let ports = portLines()
    for (actor, ports) in zip(graph.actors, ports) {
      let type = (actor.function ?? actor.name).xmlEscaped
      lines.append(#"      <actor name="\#(actor.name.xmlEscaped)" type="\#(type)">"#)
      lines += ports
      lines.append("      </actor>")
    }
    lines += graph.channels.indices.map(channelLine)
    lines += ["    </\(kind)>", "    <\(kind)Properties>"]
    lines += graph.actors.flatMap(propertyLines)
    lines += graph.channels.indices.flatMap(propertyLines)
    lines += ["    </\(kind)Properties>", "  </applicationGraph>", "</sdf3>", ""]
    return lines.joined(separator: "\n")
  }

  /// The port lines of each actor; a port is named after the index of its channel.
  private func portLines() -> [[String]] {
    let graph = document.graph
    var lines: [[String]] = Array(repeating: [], count: graph.actors.count)
    for (index, channel) in graph.channels.enumerated() {
      lines[channel.source.index].append(port("out", index, channel.production))
      lines[channel.destination.index].append(port("in", index, channel.consumption))
    }
    return lines
  }

  private func port(_ type: String, _ index: Int, _ rates: [Int64]) -> String {
    #"        <port name="\#(type)\#(index)" type="\#(type)" rate="\#(list(rates))"/>"#
  }

  private func channelLine(_ index: Int) -> String {
    let channel = document.graph.channels[index]
    let source = document.graph[channel.source].name.xmlEscaped
    let destination = document.graph[channel.destination].name.xmlEscaped
    var line = #"      <channel name="\#(channel.name.xmlEscaped)" srcActor="\#(source)""#
    line += #" srcPort="out\#(index)" dstActor="\#(destination)" dstPort="in\#(index)""#
    if channel.initialTokens > 0 { line += #" initialTokens="\#(channel.initialTokens)""# }
    return line + "/>"
  }

  private func propertyLines(_ actor: CSDFGraph.Actor) -> [String] {
    [
      #"      <actorProperties actor="\#(actor.name.xmlEscaped)">"#,
      #"        <processor type="p" default="true">"#,
      #"          <executionTime time="\#(times(of: actor))"/>"#,
      "        </processor>",
      "      </actorProperties>",
    ]
  }

  private func propertyLines(_ index: Int) -> [String] {
    let channel = document.graph.channels[index]
    var inner: [String] = []
    if let size = document.bufferSizes[index] {
      inner.append(#"        <bufferSize sz="\#(size)"/>"#)
    }
    if channel.tokenSize != 1 { inner.append(#"        <tokenSize sz="\#(channel.tokenSize)"/>"#) }
    if inner.isEmpty { return [] }
    return [#"      <channelProperties channel="\#(channel.name.xmlEscaped)">"#]
      + inner + ["      </channelProperties>"]
  }
}

extension SDF3Writer {
  private func times(of actor: CSDFGraph.Actor) -> String {
    list(actor.executionTimes) { document.graph.timeUnit.decimal($0) }
  }

  /// Writes runs of equal values as `n*v`.
  private func list(_ values: [Int64], _ text: (Int64) -> String = { "\($0)" }) -> String {
    var items: [String] = []
    var start = 0
    while start < values.count {
      let end = values[start...].firstIndex { $0 != values[start] } ?? values.count
      items.append(end - start > 1 ? "\(end - start)*\(text(values[start]))" : text(values[start]))
      start = end
    }
    return items.joined(separator: ",")
  }

  private func checkNames() throws(DataflowError) {
    let graph = document.graph
    for actor in graph.actors {
      for name in [actor.name, actor.function ?? ""] where !name.isWritableInXML {
        throw .unwritableName(element: .actor(name), format: "XML")
      }
    }
    for channel in graph.channels where !channel.name.isWritableInXML {
      throw .unwritableName(element: .channel(channel.name), format: "XML")
    }
    guard graph.name.isWritableInXML else {
      throw .unwritableName(element: .graph(graph.name), format: "XML")
    }
  }
}
