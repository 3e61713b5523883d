import Files
import Foundation
import Testing

@Suite("Files that appear whole")
struct AtomicFileTests {
  private let root: String
  private let path: String

  init() throws {
    root = NSTemporaryDirectory() + UUID().uuidString
    path = "\(root)/file"
    try OutputFile.makeFolder(root)
  }

  private var text: String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  private func names() -> [String] {
    (FileManager.default.subpaths(atPath: root) ?? []).sorted()
  }

  private func remove() { try? FileManager.default.removeItem(atPath: root) }

  private struct Interruption: Error {}

  @Test("have their old text until the new one is complete", arguments: [nil, "old"])
  func whole(old: String?) throws {
    defer { remove() }
    if let old { try AtomicFile.write(Array(old.utf8), to: path) }
    try AtomicFile.write(to: path) { part in
      try ByteSink.write(to: part) { sink in
        try sink.append(Array("new ".utf8))
        #expect(text == old)
        try sink.append(Array("text".utf8))
      }
      #expect(text == old)
    }
    #expect(text == "new text" && names() == ["file"])
  }

  @Test("keep their old text where writing fails half-way", arguments: [nil, "old"])
  func interrupted(old: String?) throws {
    defer { remove() }
    if let old { try AtomicFile.write(Array(old.utf8), to: path) }
    #expect(throws: Interruption.self) {
      try AtomicFile.write(to: path) { part in
        try Data("ne".utf8).write(to: URL(fileURLWithPath: part))
        throw Interruption()
      }
    }
    #expect(text == old && names() == (old == nil ? [] : ["file"]))
  }

  @Test("are named by errors as their user knows them")
  func named() throws {
    defer { remove() }
    let error = #expect(throws: FileError.self) {
      try AtomicFile.write(Array("text".utf8), to: "\(root)/nowhere/file")
    }
    #expect(error?.message.hasPrefix("\(root)/nowhere/file cannot be written") == true)
    #expect(names().isEmpty)
  }

  @Test("lose what a killed process left of them")
  func leftovers() throws {
    defer { remove() }
    for name in [
      "file.4194399.part", ".file.outrigger-lock", "file.notes.part", "other.4194399.part",
    ] {
      try Data("x".utf8).write(to: URL(fileURLWithPath: "\(root)/\(name)"))
    }
    let file = try OutputFile(path, force: false)
    try file.write("text")
    #expect(text == "text" && names() == ["file", "file.notes.part", "other.4194399.part"])
  }

  @Test("are not replaced where somebody has made one meanwhile, who takes no locks")
  func madeMeanwhile() throws {
    defer { remove() }
    let file = try OutputFile(path, force: false)
    #expect(throws: FileError.exists(path: path)) {
      try file.write { part in
        try Data("own".utf8).write(to: URL(fileURLWithPath: part))
        try Data("other".utf8).write(to: URL(fileURLWithPath: path))
      }
    }
    #expect(text == "other" && names() == ["file"])
  }

  @Test("take large pieces and small ones", arguments: [1, 1_000, 70_000])
  func pieces(size: Int) throws {
    defer { remove() }
    let piece = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    try ByteSink.write(to: path) { sink in for _ in 0..<5 { try sink.append(piece) } }
    let expected = Array(repeating: piece, count: 5).flatMap { $0 }
    #expect(FileManager.default.contents(atPath: path).map { Array($0) } == expected)
  }
}
