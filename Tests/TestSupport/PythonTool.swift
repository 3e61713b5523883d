import Foundation

/// A Python program of `Tests/Tools`, run with the tests' own Python environment.
package struct PythonTool: Sendable {
  /// The file below `Tests/Tools`.
  package let name: String

  package init(_ name: String) { self.name = name }

  /// Why a program could not give an answer.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// What a program printed, and how it ended.
  package struct Answer: Sendable {
    package let output: String
    package let status: Int32
  }

  /// The folder of the package.
  package static let packageRoot: String = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Runs the program to its end.
  ///
  /// - Throws: ``Failure`` where the environment is not there.
  package func run(_ arguments: [String]) throws -> Answer {
    let python = "\(Self.packageRoot)/.native/python/bin/python"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw Failure(description: "the tests' Python is not there: run ./setup --tests")
    }
    let script = "\(Self.packageRoot)/Tests/Tools/\(name)"
    return try Command.run(python, [script] + arguments)
  }

  /// Runs the program and expects it to succeed.
  package func succeed(_ arguments: [String]) throws -> String {
    let answer = try run(arguments)
    guard answer.status == 0 else {
      throw Failure(description: "\(name) ended with \(answer.status): \(answer.output)")
    }
    return answer.output
  }
}

/// Runs other programs.
package enum Command {
  /// Runs a program and collects its standard output; its errors go to the tests' own.
  package static func run(
    _ path: String, _ arguments: [String], folder: String? = nil
  ) throws -> PythonTool.Answer {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return PythonTool.Answer(
      output: String(decoding: data, as: UTF8.self), status: process.terminationStatus)
  }
}

/// A folder that is there while a test runs.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("outrigger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  package func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// The networks of the model zoo, as the set-up brings them.
package enum ModelZoo {
  package static let names = [
    "bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet",
    "squeezenet", "vgg19", "zfnet512",
  ]

  /// The path of a network.
  ///
  /// - Throws: ``PythonTool/Failure`` where the set-up has not run.
  package static func path(_ name: String) throws -> String {
    let path = "\(PythonTool.packageRoot)/.native/models/\(name).onnx"
    guard FileManager.default.fileExists(atPath: path) else {
      throw PythonTool.Failure(description: "\(path) is not there: run ./setup")
    }
    return path
  }
}
