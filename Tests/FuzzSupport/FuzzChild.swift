import Foundation

/// The process that reads mutations, one after the other, and may end at any of them.
package enum FuzzChild {
  /// Which mutations a child reads, and where it says what came of them.
  package struct Task: Sendable {
    package var reader: FuzzReader
    package var seed: UInt64
    package var numbers: Range<Int>
    /// A folder of the child's own.
    package var folder: String
    /// The time for one mutation, in seconds.
    package var seconds: Int
    /// Whether memory is limited by what the input declares.
    package var isLimited: Bool

    package init(
      reader: FuzzReader, seed: UInt64, numbers: Range<Int>, folder: String, seconds: Int,
      isLimited: Bool = true
    ) {
      self.reader = reader
      self.seed = seed
      self.numbers = numbers
      self.folder = folder
      self.seconds = seconds
      self.isLimited = isLimited
    }

    /// The file with a letter for each mutation that was survived.
    var results: String { "\(folder)/results" }

    /// The file with the unclear messages, one a line.
    var messages: String { "\(folder)/messages" }

    /// The file that is read.
    var input: String { "\(folder)/input.\(reader.ending)" }
  }

  /// What a mutation may allocate beside ten times what it declares.
  package static let allowance = 64 << 20

  /// What using an input that was read may allocate, and reading it again to tell why that failed.
  private static let largeAllowance = 8 << 30

  /// The letters of the results.
  static func letter(_ outcome: FuzzOutcome) -> String {
    switch outcome {
    case .accepted: "a"
    case .rejected: "r"
    default: "u"
    }
  }

  /// Reads the mutations of a task.
  package static func run(_ task: Task) throws {
    let mutator = try Mutator(task.reader, seed: task.seed)
    guard let results = fopen(task.results, "w"), let messages = fopen(task.messages, "w") else {
      throw FuzzError(message: "\(task.folder) cannot be written to")
    }
    allowAlarm()
    for number in task.numbers {
      let bytes = mutator.input(number)
      try Data(bytes).write(to: URL(fileURLWithPath: task.input))
      let declared = bytes.count + task.reader.declaredSize(bytes)
      alarm(UInt32(task.seconds))
      limitMemory(to: task.isLimited ? allowance + 10 * declared : largeAllowance)
      let (outcome, message) = task.reader.judge(path: task.input) {
        limitMemory(to: largeAllowance)
      }
      limitMemory(to: nil)
      alarm(0)
      if outcome == .unclear {
        fputs(
          "\(message.prefix(400).split(whereSeparator: \.isNewline).joined(separator: "⏎"))\n",
          messages)
        fflush(messages)
      }
      fputs(letter(outcome), results)
      fflush(results)
    }
  }

  /// Lets an alarm end the process, even where whoever started it blocks or ignores that.
  private static func allowAlarm() {
    signal(SIGALRM, SIG_DFL)
    var alarms = sigset_t()
    sigemptyset(&alarms)
    sigaddset(&alarms, SIGALRM)
    pthread_sigmask(SIG_UNBLOCK, &alarms, nil)
  }

  /// Lets the address space grow by so many bytes, or without limit.
  private static func limitMemory(to growth: Int?) {
    var limit = rlimit()
    getrlimit(addressSpace, &limit)
    limit.rlim_cur = limit.rlim_max
    if let growth {
      limit.rlim_cur = min(limit.rlim_max, rlim_t(addressSpaceBytes() + growth))
    }
    setrlimit(addressSpace, &limit)
  }

  private static var addressSpace: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_AS.rawValue) }

  /// The size of the address space: the first number of `/proc/self/statm`, in pages.
  private static func addressSpaceBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    return strtol(line, nil, 10) * sysconf(Int32(_SC_PAGESIZE))
  }
}

/// Why fuzzing itself cannot go on.
package struct FuzzError: Error, CustomStringConvertible {
  package let message: String
  package var description: String { message }
}
