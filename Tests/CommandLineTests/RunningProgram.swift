import Foundation
import TestSupport

/// A run of the program that a test does not wait for.
///
/// A class, because it stands for a process.
final class RunningProgram {
  private let process = Process()
  private let errors: String

  /// Starts the program in a folder.
  init(_ arguments: [String], in folder: TemporaryFolder) throws {
    process.executableURL = ProgramRun.program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    errors = folder.file("errors-\(UUID().uuidString)")
    try Data().write(to: URL(fileURLWithPath: errors))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  /// Waits until a file has a size, or the program has ended.
  ///
  /// - Returns: Whether the program is still there.
  func waits(forBytes count: Int, in path: String) -> Bool {
    while process.isRunning {
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      if let size = attributes?[.size] as? Int, size >= count { return true }
      usleep(1000)
    }
    return false
  }

  /// Waits for the end.
  ///
  /// - Parameter path: A file that may grow meanwhile.
  /// - Returns: The exit code, the most bytes of memory that the program held, and the most in the file.
  func peak(of path: String) -> (status: Int32, memory: Int, file: Int) {
    var (memory, file) = (0, 0)
    let status = "/proc/\(process.processIdentifier)/status"
    while process.isRunning {
      let line = (try? String(contentsOfFile: status, encoding: .utf8))?.split(separator: "\n")
        .first { $0.hasPrefix("VmHWM:") }
      memory = max(memory, line.flatMap { Int($0.filter(\.isNumber)) } ?? 0)
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      file = max(file, attributes?[.size] as? Int ?? 0)
      usleep(1000)
    }
    return (process.terminationStatus, memory * 1024, file)
  }

  /// The number of the process.
  var number: Int32 { process.processIdentifier }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end.
  ///
  /// - Returns: The exit code, or the signal that ended the program.
  func end() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Sends a signal and waits for the end.
  ///
  /// - Returns: The exit code, or the signal that ended the program, and what it wrote.
  func end(with signal: Int32) throws -> (status: Int32, errors: String) {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOfFile: errors, encoding: .utf8))
  }
}
