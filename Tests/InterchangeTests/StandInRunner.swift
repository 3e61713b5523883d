import Documents
import Foundation
import Interchange
import TestSupport

/// Compiles an exported application against the stand-in for the runner of process networks, runs it,
/// and reads its log.
struct StandInRunner {
  /// The events of each process as text, in the order of the application file.
  var events: [(process: String, lines: [String])] = []
  /// The tokens left on each link.
  var leftovers: [Int] = []

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// - Parameter arguments: What every process is given.
  init(files: [ExportedFile], arguments: [String] = []) throws {
    let folder = try TemporaryFolder()
    let network = try Self.write(files, to: folder, baseClassFolder: "app")
    try Self.program(network.children(named: "node"), network.children(named: "link"))
      .write(toFile: folder.file("app/run.cpp"), atomically: true, encoding: .utf8)
    let program = folder.file("run")
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/g++") else {
      throw Failure(description: "/usr/bin/g++ is not there: the tests need a C++ compiler")
    }
    let compiled = try Command.run(
      "/usr/bin/g++",
      [
        "-std=c++17", "-O0", "-Wall", "-Wextra", "-Werror", "-pthread",
        "-I\(PythonTool.packageRoot)/Tests/Tools/pnrunner", "-o", program,
        folder.file("app/run.cpp"),
      ])
    guard compiled.status == 0 else { throw Failure(description: "g++ refuses the application") }
    let answer = try Command.run(program, arguments)
    guard answer.status == 0 else {
      throw Failure(description: "the application ended with \(answer.status): \(answer.output)")
    }
    read(answer.output)
  }

  private mutating func read(_ output: String) {
    for line in output.split(separator: "\n") {
      if line.hasPrefix("process ") {
        events.append((String(line.dropFirst(8)), []))
      } else if line.hasPrefix("left ") {
        leftovers.append(Int(line.dropFirst(5)) ?? -1)
      } else {
        events[events.count - 1].lines.append(String(line))
      }
    }
  }

  /// Writes an export, and the base class of each process, which the environment's tools make.
  @discardableResult
  static func write(
    _ files: [ExportedFile], to folder: TemporaryFolder, baseClassFolder: String
  ) throws -> XMLTree {
    for file in files {
      let path = folder.file(file.path)
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try file.text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    guard let app = files.first(where: { $0.path.hasSuffix("_app.yml") }) else {
      throw Failure(description: "there is no application file")
    }
    let network = try XMLTree.parse(Data(app.text.utf8), file: app.path)
    let bases = folder.file(baseClassFolder)
    try FileManager.default.createDirectory(atPath: bases, withIntermediateDirectories: true)
    for node in network.children(named: "node") {
      let name = property("class", of: node)
      try baseClass(node, name).write(
        toFile: "\(bases)/\(name)_Base.h", atomically: true, encoding: .utf8)
    }
    return network
  }

  private static func property(_ name: String, of element: XMLTree) -> String {
    element.children(named: "property").first { $0.attributes["name"] == name }?
      .attributes["value"] ?? ""
  }

  private static func baseClass(_ node: XMLTree, _ name: String) -> String {
    let ports = node.children(named: "port").map { port in
      (
        name: port.attributes["name"] ?? "",
        kind: port.attributes["dir"] == "in" ? "InPort" : "OutPort",
        type: property("type", of: port)
      )
    }
    let members = ports.map { "  \($0.kind)<\($0.type)> \($0.name);" }
    let parameters = ports.map { "In<\($0.type)> &q\($0.name)" }.joined(separator: ", ")
    let values = ports.map { "\($0.name)(Id(\"\($0.name)\"), q\($0.name))" }
    let start = values.isEmpty ? "" : " : \(values.joined(separator: ", "))"
    return """
      #ifndef \(name)_BASE_H
      #define \(name)_BASE_H
      #include "pnrunner.h"
      struct \(name)_Ports {
      \(members.joined(separator: "\n"))
        \(name)_Ports(\(parameters))\(start) {}
      };
      class \(name)_Base : public Process {
      public:
        \(name)_Base(const Id &n, \(name)_Ports *ports) : Process(n), ports(ports) {}
      protected:
        \(name)_Ports *ports;
      };
      #endif

      """
  }

  private static func program(_ nodes: [XMLTree], _ links: [XMLTree]) -> String {
    var lines = nodes.map { "#include \"\(property("source", of: $0))\"" }
    lines.append("int main(int argc, char **argv) {")
    var queues: [String: String] = [:]
    for (index, link) in links.enumerated() {
      let node = nodes.first { $0.attributes["name"] == link.attributes["innode"] }
      let port = node?.children(named: "port").first {
        $0.attributes["name"] == link.attributes["inport"]
      }
      let type = port.map { property("type", of: $0) } ?? "int"
      lines.append("  In<\(type)> queue\(index);")
      for (end, port) in [("innode", "inport"), ("outnode", "outport")] {
        queues["\(link.attributes[end] ?? "").\(link.attributes[port] ?? "")"] = "queue\(index)"
      }
    }
    for node in nodes {
      let (name, type) = (node.attributes["name"] ?? "", property("class", of: node))
      let own = node.children(named: "port").map {
        queues["\(name).\($0.attributes["name"] ?? "")"] ?? "missing"
      }
      lines.append("  \(type)_Ports ports_of_\(name){\(own.joined(separator: ", "))};")
      lines.append("  \(type) process_\(name)(Id(\"\(name)\"), &ports_of_\(name));")
      lines.append("  process_\(name).argc = argc - 1; process_\(name).argv = argv + 1;")
    }
    let all = nodes.map { "&process_\($0.attributes["name"] ?? "")" }.joined(separator: ", ")
    lines.append("  runProcesses({\(all)});")
    lines += links.indices.map {
      "  std::printf(\"left %zu\\n\", queue\($0).tokens.size());"
    }
    return (lines + ["  return 0;", "}", ""]).joined(separator: "\n")
  }
}
