import Dataflow
import Documents

extension SesameExport {
  /// The files of the export: the application below `app`, beside it the architecture and, where there
  /// is one, the mapping.
  ///
  /// - Throws: ``InterchangeError`` for names that XML cannot hold, or iterations beyond 64 bits.
  package func files() throws(InterchangeError) -> [ExportedFile] {
    guard options.iterations >= 1 else {
      throw .unsupported(
        format: "an application", element: "iterations", reason: "found \(options.iterations)")
    }
    let name = application.name
    var files = [
      ExportedFile(path: "app/\(name)_app.yml", text: try applicationText()),
      ExportedFile(path: "app/transfers.h", text: transfersText),
      ExportedFile(path: "app/Makefile", text: makefileText),
      ExportedFile(path: "\(name)_arch.yml", text: try architectureText()),
    ]
    if let mapping {
      files.append(ExportedFile(path: "\(name)_map.yml", text: try text(of: mapping)))
    }
    for actor in application.processes.indices {
      let process = application.processes[actor].name
      files.append(ExportedFile(path: "app/\(process).h", text: headerText(actor)))
      files.append(ExportedFile(path: "app/\(process).cpp", text: sourceText(actor)))
    }
    return files
  }

  static let namespace = "http://sesamesim.sourceforge.net/YML"
  static let mappingNamespace = "http://sesamesim.sourceforge.net/YML_Map"

  static func property(_ name: String, _ value: String) -> XMLElementText {
    XMLElementText("property", ["name": name, "value": value])
  }

  static func property(_ name: String, _ value: Int64) -> XMLElementText {
    property(name, "\(value)")
  }
}

// MARK: - Application

extension SesameExport {
  private func applicationText() throws(InterchangeError) -> String {
    let application = application
    var children = [XMLElementText("doc", text: documentation(application.graph.name, []))]
    children += [
      Self.property("graph", application.graph.name),
      Self.property("library", "lib\(application.name).so"),
    ]
    for (index, operation) in application.operations.enumerated() {
      children.append(Self.property("operation:\(operation)", Int64(index + 1)))
    }
    children += application.processes.indices.map(node)
    children += links
    return try XMLElementText(
      "network", ["xmlns": Self.namespace, "name": "application", "class": "KPN"], children
    ).exported()
  }

  /// What people read: the original name, and the notes.
  private func documentation(_ name: String, _ notes: [String]) -> String {
    ([name] + notes).joined(separator: "; ")
  }

  private func node(_ actor: Int) -> XMLElementText {
    let process = application.processes[actor]
    let model = application.graph.actors[actor]
    var children = [
      XMLElementText("doc", text: documentation(model.name, options.notes?[actor] ?? [])),
      Self.property("class", process.name), Self.property("header", "\(process.name).h"),
      Self.property("source", "\(process.name).cpp"), Self.property("arg", "$iterations"),
      Self.property("actor", model.name),
    ]
    if let function = model.function { children.append(Self.property("function", function)) }
    children += [
      Self.property("execution_times", RateList.text(model.executionTimes)),
      Self.property("operations", RateList.text(process.operations.map { Int64($0 + 1) })),
      Self.property("firings", process.firings),
    ]
    children += process.ports.map(port)
    return XMLElementText("node", ["name": process.name, "class": "CPP_Process"], children)
  }

  private func port(_ port: SesameApplication.Port) -> XMLElementText {
    let channel = application.graph.channels[port.channel]
    var children = [
      Self.property("type", options.tokenType.rawValue),
      Self.property("rates", RateList.text(application.rates(of: port))),
    ]
    if !port.isInput {
      children += [
        Self.property("channel", channel.name),
        Self.property("initial_tokens", channel.initialTokens),
        Self.property("token_size", channel.tokenSize),
      ]
    }
    return XMLElementText(
      "port", ["name": port.name, "dir": port.isInput ? "in" : "out"], children)
  }

  /// The links; the "in" end of one is where data enters it.
  private var links: [XMLElementText] {
    var ends = Array(
      repeating: (source: "", output: "", target: "", input: ""),
      count: application.graph.channels.count)
    for process in application.processes {
      for port in process.ports {
        if port.isInput {
          (ends[port.channel].target, ends[port.channel].input) = (process.name, port.name)
        } else {
          (ends[port.channel].source, ends[port.channel].output) = (process.name, port.name)
        }
      }
    }
    return ends.map { end in
      XMLElementText(
        "link",
        [
          "innode": end.source, "inport": end.output, "outnode": end.target, "outport": end.input,
        ])
    }
  }
}

// MARK: - Mapping

extension SesameExport {
  private func text(of mapping: SesameMapping) throws(InterchangeError) -> String {
    let maps = mapping.processes.map { entry in
      XMLElementText(
        "map", ["source": entry.process, "dest": entry.element],
        entry.ports.map { XMLElementText("port", ["source": $0.name, "dest": $0.place]) }
          + entry.operations.map { XMLElementText("instruction", ["source": $0, "dest": $0]) })
    }
    return try XMLElementText(
      "mapping",
      ["xmlns": Self.mappingNamespace, "side": "source", "name": "application"],
      [XMLElementText("mapping", ["side": "dest", "name": "architecture"], maps)]
    ).exported()
  }
}
