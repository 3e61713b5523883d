import Foundation
import TestSupport

/// What a run of the program gave.
struct ProgramRun {
  var status: Int32
  var output: String
  var errors: String

  /// Runs the program in a folder.
  init(_ arguments: [String], in folder: TemporaryFolder) throws {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let errors = folder.file("errors-\(UUID().uuidString)")
    let output = folder.file("output-\(UUID().uuidString)")
    for file in [errors, output] { try Data().write(to: URL(fileURLWithPath: file)) }
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    self.output = try String(contentsOfFile: output, encoding: .utf8)
    self.errors = try String(contentsOfFile: errors, encoding: .utf8)
  }

  /// The output as JSON.
  var json: [String: Any] {
    let object = try? JSONSerialization.jsonObject(with: Data(output.utf8))
    return object as? [String: Any] ?? [:]
  }

  /// The program, which lies beside the tests.
  static var program: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("outrigger")
  }
}
