import Dataflow
import Documents
import PiSDF

extension PREESMExport {
  /// The scenario: the files, which actors each element may run, how long they take by type of element,
  /// and the settings of PREESM's own simulation.
  var scenario: XMLElementText {
    XMLElementText(
      "scenario", [:],
      [
        XMLElementText("flags", [:], [XMLElementText("sizesAreInBit")]), fileNames, constraints,
        timings, settings, XMLElementText("parameterValues"),
        XMLElementText("papifyConfigs", ["xmlUrl": ""]),
        XMLElementText(
          "energyConfigs", ["xmlUrl": ""],
          [XMLElementText("performanceObjective", ["objectiveEPS": "0.0"])]),
      ])
  }

  private var fileNames: XMLElementText {
    let (root, name) = ("/\(graph.name)", graph.name)
    return XMLElementText(
      "files", [:],
      [
        XMLElementText("algorithm", ["url": "\(root)/Algo/\(name).pi"]),
        XMLElementText("architecture", ["url": "\(root)/Archi/\(name).slam"]),
        XMLElementText("codegenDirectory", ["url": "\(root)/Code/generated"]),
      ])
  }

  private func path(_ actor: Int) -> String { "\(graph.name)/\(graph.nodes[actor].name)" }

  private var constraints: XMLElementText {
    XMLElementText(
      "constraints", ["excelUrl": ""],
      zip(architecture.elements, allowed).map { element, actors in
        XMLElementText(
          "constraintGroup", [:],
          [XMLElementText("operator", ["name": element.name])]
            + actors.map { XMLElementText("task", ["name": path($0)]) }
            + [XMLElementText("task", ["name": graph.name])])
      })
  }

  private var timings: XMLElementText {
    var children: [XMLElementText] = []
    for (type, elementType) in architecture.types.enumerated() {
      for actor in graph.nodes.indices {
        guard let ticks = ticks[actor][type] else { continue }
        // A time of 0 would be replaced by the tool's default.
        children.append(
          XMLElementText(
            "timing",
            ["opname": elementType.name, "time": "\(max(1, ticks))", "vertexname": path(actor)]))
      }
    }
    let slowest = architecture.links.map(\.ticksPerByte.doubleValue).max() ?? 8
    children += architecture.types.map { type in
      XMLElementText(
        "memcpyspeed",
        ["opname": type.name, "setuptime": "1", "timeperunit": "\(slowest / 8)"])
    }
    return XMLElementText("timings", ["excelUrl": ""], children)
  }

  private var settings: XMLElementText {
    XMLElementText(
      "simuParams", [:],
      [
        XMLElementText("mainCore", text: architecture.elements.first?.name ?? ""),
        XMLElementText("mainComNode", text: architecture.memories.first?.name ?? ""),
        XMLElementText("averageDataSize", text: "1000"),
        XMLElementText(
          "dataTypes", [:],
          [
            XMLElementText(
              "dataType", ["name": tokenType.rawValue, "size": "\(tokenType.bits)"])
          ]),
        XMLElementText(
          "specialVertexOperators", [:],
          architecture.elements.map { XMLElementText("specialVertexOperator", ["path": $0.name]) }),
        XMLElementText("numberOfTopExecutions", text: "1"),
      ])
  }
}

extension SesameExport.TokenType {
  /// The bits of a token.
  var bits: Int {
    switch self {
    case .char: 8
    case .short: 16
    case .int, .float: 32
    case .long, .double: 64
    }
  }
}
