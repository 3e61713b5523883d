import Foundation

/// An export that was read back.
package struct SesameFolder: Hashable, Sendable {
  /// The processes and channels.
  package let application: SesameApplication
  /// The elements, memories and links; nil where there is no such file.
  package let architecture: SesameArchitecture?
  /// The element and the memories of each process; nil where there is no such file.
  package let mapping: SesameMapping?

  /// Reads a folder with an `app` folder in it, and checks that its files fit each other.
  ///
  /// - Throws: ``InterchangeError`` naming the file and the place at fault.
  package init(path: String) throws(InterchangeError) {
    let app = try Self.only("_app.yml", in: "\(path)/app")
    guard let app else {
      throw .file(path: "\(path)/app", reason: "expected a file that ends in _app.yml")
    }
    application = try SesameReader.application(path: app)
    if let file = try Self.only("_arch.yml", in: path) {
      architecture = try SesameReader.architecture(try SesameReader.data(file), file: file)
    } else {
      architecture = nil
    }
    guard let file = try Self.only("_map.yml", in: path) else {
      mapping = nil
      return
    }
    let mapping = try SesameReader.mapping(try SesameReader.data(file), file: file)
    self.mapping = mapping
    try check(mapping, file: file)
  }

  private static func only(
    _ ending: String, in folder: String
  ) throws(InterchangeError) -> String? {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .file(path: folder, reason: "the folder cannot be read")
    }
    let found = names.filter { $0.hasSuffix(ending) }.sorted()
    guard found.count <= 1 else {
      throw .file(
        path: folder, reason: "expected one file that ends in \(ending), found \(found.count)")
    }
    return found.first.map { "\(folder)/\($0)" }
  }

  /// Checks that each process is mapped once, and to what there is.
  private func check(_ mapping: SesameMapping, file: String) throws(InterchangeError) {
    func malformed(_ entry: SesameMapping.Entry, _ reason: String) -> InterchangeError {
      .malformedFile(file: file, line: nil, reason: "process \"\(entry.process)\": \(reason)")
    }
    var processes = Dictionary(
      application.processes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for entry in mapping.processes {
      guard let process = processes.removeValue(forKey: entry.process) else {
        throw malformed(entry, "the application has no such process")
      }
      let ports = Set(process.ports.map(\.name))
      guard Set(entry.ports.map(\.name)) == ports, entry.ports.count == ports.count else {
        throw malformed(entry, "expected its \(ports.count) ports, each once")
      }
      guard let architecture else { continue }
      let places = Set(architecture.elements.map(\.name) + architecture.memories.map(\.name))
      if let port = entry.ports.first(where: { !places.contains($0.place) }) {
        throw malformed(entry, "port \(port.name): there is no element or memory \"\(port.place)\"")
      }
      guard let element = architecture.elements.first(where: { $0.name == entry.element }) else {
        throw malformed(entry, "there is no element \"\(entry.element)\"")
      }
      let latencies = architecture.types[element.type].latencies
      for operation in process.operations.map({ application.operations[$0] })
      where latencies[operation] == nil {
        throw malformed(entry, "\(element.name) has no latency of \(operation)")
      }
    }
    if let missing = application.processes.first(where: { processes[$0.name] != nil }) {
      throw .malformedFile(
        file: file, line: nil, reason: "process \"\(missing.name)\": expected a <map>, found none")
    }
  }
}
