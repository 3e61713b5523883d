import Dataflow
import Documents
import PiSDF

/// The architecture in the S-LAM language.
///
/// Language: Pelcat, Nezan, Piat, Croizer, Aridhi 2009, "A system-level architecture model for rapid
/// prototyping of heterogeneous multicore embedded systems", DASIP; the file is a design of the IP-XACT
/// standard, 1.4, with the extensions of PREESM. Elements are processors; memories and links are
/// communication nodes, those with a bandwidth one transfer at a time. An element whose ports name links
/// is joined to these alone, any other to its memory.
extension PREESMExport {
  var design: XMLElementText {
    let joints = joints
    return XMLElementText(
      "spirit:design",
      ["xmlns:spirit": "http://www.spiritconsortium.org/XMLSchema/SPIRIT/1.4"],
      [
        XMLElementText("spirit:vendor", text: "outrigger"),
        XMLElementText("spirit:library", text: "preesm"),
        XMLElementText("spirit:name", text: graph.name),
        XMLElementText("spirit:version", text: "1"),
        XMLElementText("spirit:componentInstances", [:], instances),
        XMLElementText("spirit:interconnections", [:], joints.map(interconnection)),
        XMLElementText("spirit:hierConnections"),
        XMLElementText("spirit:vendorExtensions", [:], extensions(joints)),
      ])
  }

  /// Two instances that are joined.
  private struct Joint: Hashable {
    let first: String
    let second: String

    var name: String { "\(first)|\(second)" }
  }

  private var instances: [XMLElementText] {
    let components =
      architecture.elements.map { ($0.name, architecture.types[$0.type].name) }
      + architecture.memories.map { ($0.name, "NODE_\($0.name)") }
      + architecture.links.map { ($0.name, "NODE_\($0.name)") }
    return components.enumerated().map { number, component in
      XMLElementText(
        "spirit:componentInstance", [:],
        [
          XMLElementText("spirit:instanceName", text: component.0),
          XMLElementText("spirit:hardwareId", text: "\(number)"),
          XMLElementText(
            "spirit:componentRef",
            [
              "spirit:library": "", "spirit:name": component.1, "spirit:vendor": "",
              "spirit:version": "",
            ]),
          XMLElementText("spirit:configurableElementValues"),
        ])
    }
  }

  private var joints: [Joint] {
    var joints: [Joint] = []
    var seen: Set<Joint> = []
    func join(_ first: String, _ second: String) {
      let joint = Joint(first: first, second: second)
      if seen.insert(joint).inserted { joints.append(joint) }
    }
    for element in architecture.elements {
      let memory = element.memory.map { architecture.memories[$0].name }
      for link in element.links {
        join(element.name, architecture.links[link].name)
        if let memory { join(architecture.links[link].name, memory) }
      }
      if element.links.isEmpty, let memory { join(element.name, memory) }
    }
    for link in architecture.links {
      for memory in link.memories { join(link.name, architecture.memories[memory].name) }
    }
    return joints
  }

  private func interconnection(_ joint: Joint) -> XMLElementText {
    func end(_ instance: String) -> XMLElementText {
      XMLElementText(
        "spirit:activeInterface",
        ["spirit:busRef": joint.second, "spirit:componentRef": instance])
    }
    return XMLElementText(
      "spirit:interconnection", [:],
      [XMLElementText("spirit:name", text: joint.name), end(joint.first), end(joint.second)])
  }

  private func extensions(_ joints: [Joint]) -> [XMLElementText] {
    let slam: KeyValuePairs<String, String> = [
      "xmlns:slam": "http://sourceforge.net/projects/dftools/slam"
    ]
    func node(_ name: String, _ ticksPerByte: Fraction?) -> XMLElementText {
      // An unlimited memory is as fast as the tool's examples have it.
      let speed = ticksPerByte.map { 8 / max($0.doubleValue, 1e-9) } ?? 1e9
      return XMLElementText(
        "slam:componentDescription",
        [
          "slam:componentRef": "NODE_\(name)",
          "slam:componentType": ticksPerByte == nil ? "parallelComNode" : "contentionComNode",
          "slam:refinement": "", "slam:speed": "\(speed)",
        ])
    }
    let components =
      architecture.types.map {
        XMLElementText(
          "slam:componentDescription",
          ["slam:componentRef": $0.name, "slam:componentType": "CPU", "slam:refinement": ""])
      } + architecture.memories.map { node($0.name, $0.ticksPerByte) }
      + architecture.links.map { node($0.name, $0.ticksPerByte) }
    let links = joints.map {
      XMLElementText(
        "slam:linkDescription",
        [
          "slam:directedLink": "undirected", "slam:linkType": "DataLink",
          "slam:referenceId": $0.name,
        ])
    }
    return [
      XMLElementText("slam:componentDescriptions", slam, components),
      XMLElementText("slam:linkDescriptions", slam, links),
      XMLElementText("slam:designDescription", slam, [XMLElementText("slam:parameters")]),
    ]
  }
}
