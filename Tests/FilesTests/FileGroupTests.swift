import Diagnostics
import Files
import Foundation
import Testing

@Suite("Files that appear together")
struct FileGroupTests {
  private let folder = NSTemporaryDirectory() + UUID().uuidString

  private func names() -> [String] {
    (FileManager.default.subpaths(atPath: folder) ?? []).sorted()
  }

  @Test("all are there, in a folder that may have others")
  func together() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var group = FileGroup(in: "\(folder)/drawings")
    group.add("1", to: "a.svg")
    group.add("2", to: "points/b.svg")
    try OutputFile.makeFolder(folder)
    try group.write()
    try OutputFile.replace("\(folder)/drawings/old.svg", with: "0")
    try group.write()
    #expect(
      names() == [
        "drawings", "drawings/a.svg", "drawings/old.svg", "drawings/points",
        "drawings/points/b.svg",
      ])
  }

  @Test("none is there where one cannot be written")
  func none() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var group = FileGroup(in: "\(folder)/drawings")
    group.add("1", to: "a.svg")
    group.add("2", to: String(repeating: "b", count: 300))
    try OutputFile.makeFolder(folder)
    let error = #expect(throws: FileError.self) { try group.write() }
    #expect(error?.fault == .output && error?.message.contains(".part") == false)
    #expect(names().isEmpty)
  }
}
