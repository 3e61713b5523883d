import Foundation
import PlatformModel
import Testing

@Suite struct PlatformLibraryTests {
  private let root = packageRoot.path

  @Test("A shipped platform is found by its name and by its path")
  func found() throws {
    let library = PlatformLibrary(folders: ["/does/not/exist", root])
    let path = "\(root)/Platforms/neuraghe-v1.json"
    #expect(try library.path(of: "neuraghe-v1") == path)
    #expect(try library.path(of: path) == path)
    #expect(try library.read("neuraghe-v1").platform.name == "ZynqPS")
    #expect(try library.read(path) == library.read("neuraghe-v1"))
    #expect(library.names.contains("neuraghe-v1"))
  }

  @Test("An unknown name is an error that lists the names there are")
  func unknown() throws {
    let folder = try Self.folder(with: ["b.json", "a.json", "notes.txt"])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let library = PlatformLibrary(folders: [folder, folder])
    for name in ["c", "", "../Platforms/a", "a.json", "x/y.json"] {
      #expect(throws: PlatformError.notFound(name: name, available: ["a", "b"])) {
        try library.path(of: name)
      }
    }
    #expect(
      "\(PlatformError.notFound(name: "c", available: library.names))"
        == "no platform file or name \"c\"; known names: a, b")
    #expect(
      "\(PlatformError.notFound(name: "c", available: []))"
        == "no platform file or name \"c\"; no platforms are installed")
  }

  @Test("The first folder that has a name wins, and a file of that path wins over a name")
  func order() throws {
    let first = try Self.folder(with: ["a.json"])
    let second = try Self.folder(with: ["a.json", "b.json"])
    defer {
      try? FileManager.default.removeItem(atPath: first)
      try? FileManager.default.removeItem(atPath: second)
    }
    let library = PlatformLibrary(folders: [first, second])
    #expect(try library.path(of: "a") == "\(first)/Platforms/a.json")
    #expect(try library.path(of: "b") == "\(second)/Platforms/b.json")
    #expect(library.names == ["a", "b"])
  }

  @Test("A folder and a file that is no platform are errors that name the file")
  func unreadable() throws {
    let folder = try Self.folder(with: ["a.json"])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let library = PlatformLibrary(folders: [folder])
    #expect(throws: PlatformError.unreadable(file: folder, reason: "it is not a regular file")) {
      try library.read(folder)
    }
    let error = #expect(throws: (any Error).self) { try library.read("a") }
    #expect("\(try #require(error))".hasPrefix("\(folder)/Platforms/a.json: "))
  }

  /// A new folder whose `Platforms` holds empty files of these names.
  private static func folder(with files: [String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let platforms = folder.appending(path: "Platforms")
    try FileManager.default.createDirectory(at: platforms, withIntermediateDirectories: true)
    for file in files { try Data().write(to: platforms.appending(path: file)) }
    return folder.path
  }
}
