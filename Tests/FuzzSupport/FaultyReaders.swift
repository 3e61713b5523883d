import Diagnostics
import Foundation

extension FuzzReader {
  /// Readers with the faults that fuzzing is to find; they are run only by name.
  package static let faulty: [FuzzReader] = [
    faulty("faulty-crash") { _ in fatalError("a crash on purpose") },
    faulty("faulty-hang") { _ in while true { usleep(1000) } },
    faulty("faulty-allocation") { _ in
      let block = UnsafeMutableRawPointer.allocate(byteCount: 1 << 28, alignment: 16)
      block.storeBytes(of: 1, as: Int.self)
      block.deallocate()
    },
    faulty("faulty-lines") { throw PlainError(message: "\($0): one line\nand\u{85} another") },
    faulty("faulty-name") { _ in throw PlainError(message: "something is wrong somewhere") },
    faulty("faulty-error") { _ in throw CocoaError(.fileReadUnknown) },
  ]

  /// An error whose message is taken as it is.
  private struct PlainError: UserFacingError {
    var message: String
    var description: String { message }
  }

  /// A reader that goes wrong where the third of three bytes is odd.
  private static func faulty(
    _ name: String, _ fault: @escaping @Sendable (String) throws -> Void
  ) -> FuzzReader {
    FuzzReader(
      name: name, ending: "txt", grammar: .text(words: ["a"], nests: [("(", ")")]),
      seeds: { [Array("abc".utf8), Array("abd".utf8)] },
      read: { path in
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        if bytes.count > 2, bytes[2] & 1 == 1 { try fault(path) }
        return {}
      })
  }
}
