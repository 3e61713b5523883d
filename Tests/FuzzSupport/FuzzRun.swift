import Foundation

/// Mutations of one reader, read by child processes, and what came of them.
package struct FuzzRun {
  /// A mutation that a reader did not take well.
  package struct Failure {
    package var number: Int
    package var outcome: FuzzOutcome
    /// What was said: by the reader, or by the program as it ended.
    package var message: String
    /// The file with the input.
    package var path: String
  }

  package let reader: FuzzReader
  package let seed: UInt64
  /// The time for one mutation, in seconds.
  package let seconds: Int
  /// The folder for inputs that failed.
  package let failureFolder: String
  package private(set) var counts: [FuzzOutcome: Int] = [:]
  package private(set) var failures: [Failure] = []

  /// The most mutations that one child reads.
  private static let batch = 500

  package init(reader: FuzzReader, seed: UInt64, seconds: Int, failureFolder: String) {
    self.reader = reader
    self.seed = seed
    self.seconds = seconds
    self.failureFolder = failureFolder
  }

  /// Reads the mutations 0..<`count`, each exactly once.
  package mutating func run(_ count: Int) throws {
    var next = 0
    while next < count {
      let numbers = next..<min(count, next + Self.batch)
      let answer = try runChild(numbers)
      for (number, letter) in zip(numbers, answer.letters) where letter == "u" {
        let message = answer.messages.isEmpty ? "" : answer.messages.removeFirst()
        try fail(number, .unclear, message)
      }
      counts[.accepted, default: 0] += answer.letters.count { $0 == "a" }
      counts[.rejected, default: 0] += answer.letters.count { $0 == "r" }
      next += answer.letters.count
      guard answer.letters.count < numbers.count else { continue }
      try fail(next, try cause(of: answer, number: next), answer.lastWords)
      next += 1
    }
  }

  /// Why a child ended at a mutation: what is excessive survives it with much more memory.
  private func cause(of answer: ChildAnswer, number: Int) throws -> FuzzOutcome {
    if answer.signal == SIGALRM { return .hung }
    let again = try runChild(number..<(number + 1), isLimited: false)
    return again.letters.isEmpty ? .crashed : .excessive
  }

  private mutating func fail(_ number: Int, _ outcome: FuzzOutcome, _ message: String) throws {
    counts[outcome, default: 0] += 1
    let name = "\(reader.name)-\(seed)-\(number).\(reader.ending)"
    let path = "\(failureFolder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: failureFolder, withIntermediateDirectories: true)
    try Data(try Mutator(reader, seed: seed).input(number)).write(to: URL(fileURLWithPath: path))
    failures.append(Failure(number: number, outcome: outcome, message: message, path: path))
  }
}

/// What a child left behind.
private final class ChildAnswer {
  var letters = ""
  var messages: [String] = []
  /// The signal that ended the child, 0 for none.
  var signal: Int32 = 0
  /// The first line of its errors.
  var lastWords = ""
}

extension FuzzRun {
  /// Runs this program again as a child.
  private func runChild(_ numbers: Range<Int>, isLimited: Bool = true) throws -> ChildAnswer {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("outrigger-fuzz-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments =
      ["--child", folder] + arguments(numbers) + (isLimited ? [] : ["--unlimited"])
    // One arena that keeps little, so that its growth is what is allocated; no drawing of stacks.
    process.environment = ProcessInfo.processInfo.environment.merging(
      [
        "MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072",
        "MALLOC_TRIM_THRESHOLD_": "131072", "SWIFT_BACKTRACE": "enable=no",
      ]) { $1 }
    let errors = "\(folder)/errors"
    try Data().write(to: URL(fileURLWithPath: errors))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let answer = ChildAnswer()
    answer.letters = text("\(folder)/results")
    answer.messages = text("\(folder)/messages").split(separator: "\n").map(String.init)
    answer.signal = process.terminationReason == .uncaughtSignal ? process.terminationStatus : 0
    answer.lastWords = text(errors).split(separator: "\n").first.map(String.init) ?? ""
    guard answer.letters.count < numbers.count || process.terminationStatus == 0 else {
      throw FuzzError(message: "a child failed after its work: \(answer.lastWords)")
    }
    return answer
  }

  private func arguments(_ numbers: Range<Int>) -> [String] {
    [
      "--reader", reader.name, "--seed", "\(seed)", "--seconds", "\(seconds)",
      "--first", "\(numbers.lowerBound)", "--mutations", "\(numbers.count)",
    ]
  }

  private func text(_ path: String) -> String {
    String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data(), as: UTF8.self)
  }
}
