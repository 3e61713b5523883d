import Diagnostics
import Files
import Foundation
import Testing

@Suite("Run directories")
struct RunDirectoryTests {
  private let root: String
  private let path: String

  init() throws {
    root = NSTemporaryDirectory() + UUID().uuidString
    path = "\(root)/run"
    try OutputFile.makeFolder(root)
  }

  private func write(_ text: String, to name: String) throws {
    let file = "\(root)/\(name)"
    try OutputFile.makeFolder(file.folderOfPath)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }

  private func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private func names() -> [String] {
    (FileManager.default.subpaths(atPath: root) ?? []).sorted()
  }

  private func remove() { try? FileManager.default.removeItem(atPath: root) }

  // MARK: What a process that is killed leaves

  /// A moment at which the process that makes a run is killed.
  enum Moment: CaseIterable {
    case hasLock, writesFirst, writesAgain, hasMovedOld, hasMovedNew, removesOld

    /// What lies beside the run then: with the number of a process that is gone.
    var files: [String: String] {
      let (part, old) = ("run.4194399.part", "run.4194399.part.old")
      let lock = [".run.outrigger-lock": "process 4194399\n"]
      let files: [String: String] =
        switch self {
        case .hasLock: [:]
        case .writesFirst: ["\(part)/points/1.json": "{"]
        case .writesAgain: ["run/run.json": "old", "\(part)/run.json": "ne"]
        case .hasMovedOld: ["\(old)/run.json": "old", "\(part)/run.json": "new"]
        case .hasMovedNew: ["run/run.json": "new", "\(old)/run.json": "old"]
        case .removesOld: ["run/run.json": "new", "\(old)/points/1.json": "{}"]
        }
      return files.merging(lock) { first, _ in first }
    }

    /// The run that is complete then.
    var complete: String? {
      switch self {
      case .hasLock, .writesFirst: nil
      case .writesAgain: "old"
      case .hasMovedOld, .hasMovedNew, .removesOld: "new"
      }
    }
  }

  @Test(
    "leave what is complete, and nothing else, wherever a process is killed",
    arguments: Moment.allCases)
  func killed(at moment: Moment) throws {
    defer { remove() }
    for (name, text) in moment.files { try write(text, to: name) }
    let next = try RunDirectory(path: path, mayReplace: true)
    #expect(text("run.json") == moment.complete)
    next.discard()
    #expect(text("run.json") == moment.complete)
    #expect(names() == (moment.complete == nil ? [] : ["run", "run/run.json"]))
  }

  @Test("are made anew wherever a process is killed", arguments: Moment.allCases)
  func remade(after moment: Moment) throws {
    defer { remove() }
    for (name, text) in moment.files { try write(text, to: name) }
    let next = try RunDirectory(path: path, mayReplace: true)
    try next.write("newest", to: "run.json")
    try next.write("{}", to: "points/1.json")
    #expect(text("run.json") == moment.complete)
    try next.commit()
    next.release()
    #expect(text("run.json") == "newest")
    #expect(names() == ["run", "run/points", "run/points/1.json", "run/run.json"])
  }

  @Test("take the older run back where no newer one is complete")
  func onlyOld() throws {
    defer { remove() }
    try write("old", to: "run.4194399.part.old/run.json")
    let next = try RunDirectory(path: path, mayReplace: true)
    next.discard()
    #expect(text("run.json") == "old" && names() == ["run", "run/run.json"])
  }

  // MARK: One at a time

  @Test("have one writer")
  func oneWriter() throws {
    defer { remove() }
    let first = try RunDirectory(path: path, mayReplace: false)
    let error = #expect(throws: FileError.self) { try RunDirectory(path: path, mayReplace: true) }
    #expect(error?.message.contains("process \(getpid())") == true)
    try first.write("first", to: "run.json")
    try first.commit()
    // Still nobody else, as what belongs to the run may be written into it.
    #expect(throws: FileError.self) { try RunDirectory(path: path, mayReplace: true) }
    first.release()
    try RunDirectory(path: path, mayReplace: true).discard()
    #expect(text("run.json") == "first")
  }

  @Test("are not replaced unless that was asked for")
  func exists() throws {
    defer { remove() }
    try write("old", to: "run/run.json")
    #expect(throws: FileError.exists(path: path)) {
      try RunDirectory(path: path, mayReplace: false)
    }
    #expect(names() == ["run", "run/run.json"])
  }

  @Test("are not replaced where somebody has made one meanwhile")
  func madeMeanwhile() throws {
    defer { remove() }
    let run = try RunDirectory(path: path, mayReplace: false)
    try run.write("own", to: "run.json")
    try write("other", to: "run/run.json")
    #expect(throws: FileError.exists(path: path)) { try run.commit() }
    run.discard()
    #expect(text("run.json") == "other" && names() == ["run", "run/run.json"])
  }

  @Test(
    "do not take the place of a folder of something else", arguments: ["run.json", "graph.xml"])
  func foreign(marker: String) throws {
    defer { remove() }
    try write("mine", to: "run/thesis.tex")
    let error = #expect(throws: FileError.self) {
      try RunDirectory(path: path, mayReplace: true, marker: marker)
    }
    #expect(error?.message.contains(marker) == true && error?.fault == .output)
    #expect(names() == ["run", "run/thesis.tex"])
  }

  @Test("have folders within them that appear with them")
  func nested() throws {
    defer { remove() }
    let run = try RunDirectory(path: path + "/", mayReplace: false)
    let inner = run.folder("search")
    try inner.write("{}", to: "pareto.json")
    #expect(inner.path == "\(path)/search" && text("search/pareto.json") == nil)
    try run.commit()
    run.release()
    #expect(text("search/pareto.json") == "{}")
  }

  @Test("say which folder stands in the way")
  func obstacle() throws {
    defer { remove() }
    try write("", to: "file")
    let error = #expect(throws: FileError.self) {
      try RunDirectory(path: "\(root)/file/run", mayReplace: false)
    }
    #expect(error?.message.contains("\(root)/file is not a folder") == true)
  }
}
