import Foundation
import Interchange
import TestSupport
import Testing

@Suite("The Makefile of Sesame applications")
struct SesameMakefileTests {
  @Test("it builds the library with the environment's tools, and nothing is left to clean")
  func build() throws {
    let folder = try TemporaryFolder()
    let files = try SesameExport(try SampleGraphs.blur()).files()
    try StandInRunner.write(files, to: folder, baseClassFolder: "bases")
    let tools = "\(PythonTool.packageRoot)/Tests/Tools/pnrunner"
    func make(_ target: String) throws -> Int32 {
      try Command.run(
        "/usr/bin/env",
        [
          "PATH=\(tools):/usr/bin:/bin", "BASE_CLASSES=\(folder.file("bases"))", "make", "-s",
          target,
        ], folder: folder.file("app")
      ).status
    }
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.file("app"))
    try #require(try make("build") == 0)
    #expect(FileManager.default.fileExists(atPath: folder.file("app/libblur.so")))
    try #require(try make("clean") == 0)
    let after = try FileManager.default.contentsOfDirectory(atPath: folder.file("app"))
    #expect(after.sorted() == before.sorted())
  }
}
