import Diagnostics
import NetworkImport

/// One row of the table of readers: what is mutated, and what then reads it.
package struct FuzzReader: Sendable {
  /// The name by which it is chosen.
  package let name: String
  /// The ending of its files.
  package let ending: String
  /// What mutations know of the format.
  let grammar: Grammar
  /// Files that are read without an error.
  let seeds: @Sendable () throws -> [[UInt8]]
  /// The sizes that a file declares beside its own, in bytes.
  let declaredSize: @Sendable ([UInt8]) -> Int
  /// Reads a file, and gives back what a command would then do with it, as seeing and writing it.
  let read: @Sendable (_ path: String) throws -> Use

  /// What is done with what was read; it may need more memory than the file declares, and may fail.
  package typealias Use = () throws -> Void

  /// What mutations know of a format.
  package enum Grammar: Sendable {
    /// Text with these words, and nests of these openings and closings.
    case text(words: [String], nests: [(String, String)])
    /// A protobuf message with these words in its strings, and the fields by which it can be nested.
    case protobuf(words: [String], nest: [Int])
  }

  package init(
    name: String, ending: String, grammar: Grammar,
    seeds: @escaping @Sendable () throws -> [[UInt8]],
    declaredSize: @escaping @Sendable ([UInt8]) -> Int = { _ in 0 },
    read: @escaping @Sendable (_ path: String) throws -> Use
  ) {
    self.name = name
    self.ending = ending
    self.grammar = grammar
    self.seeds = seeds
    self.declaredSize = declaredSize
    self.read = read
  }
}

/// How a reader took an input.
package enum FuzzOutcome: Sendable, CaseIterable {
  /// It read it.
  case accepted
  /// It refused it with one clear line that names the file.
  case rejected
  /// It refused it in another way.
  case unclear
  /// It ended the program.
  case crashed
  /// It did not come back in time.
  case hung
  /// It wanted more memory than the input justifies.
  case excessive

  /// Whether a reader may do so.
  package var isGood: Bool { self == .accepted || self == .rejected }
}

extension FuzzReader {
  /// Lets the reader read a file and judges what it says.
  ///
  /// - Parameter beforeUse: Is called between reading a file and using what was read.
  /// - Returns: The outcome, and the message where it is unclear.
  package func judge(
    path: String, beforeUse: () -> Void = {}
  ) -> (FuzzOutcome, message: String) {
    do {
      let use = try read(path)
      beforeUse()
      try? use()
      return (.accepted, "")
    } catch let error as any UserFacingError {
      let line = error.description
      let isClear =
        !line.contains { $0.isNewline } && line.contains(path) && line.count > path.count
      return (isClear ? .rejected : .unclear, line)
    } catch {
      return (.unclear, "not an error for users: \(error)")
    }
  }
}
