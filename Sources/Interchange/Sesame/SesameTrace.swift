import Dataflow
import Diagnostics
import Files
import Foundation

/// Traces of applications, as the runner of the Sesame environment writes them: a file for each process,
/// numbered in the order of the mapping file, with a record of four 16-bit integers, the lower byte
/// first, for each event.
///
/// The integers are the type, the number of the operation or of the port, the size in tokens, and the
/// number of the channel. Operations count from 1, ports and channels from 0. A record of the type -1
/// ends a file. Longer transfers than 32767 tokens are several events.
package enum SesameTrace {
  /// One event of a file.
  package struct Record: Hashable, Sendable {
    /// The kind of event.
    package var type: Kind
    /// The number of the operation, from 1, or of the port, from 0.
    package var number: Int
    /// The tokens that are moved; 0 for an execution.
    package var size: Int
    /// The number of the channel, from 0; 0 for an execution.
    package var channel: Int

    /// The kinds of records, by their number in the file; `quit` ends a file.
    package enum Kind: Int16, Hashable, Sendable {
      case quit = -1
      case null = 0
      case execute = 1
      case read = 2
      case write = 3
    }
  }

  static let recordSize = 8
}

extension SesameTrace {
  /// Calls `body` with the records of a file up to its end, one after the other.
  ///
  /// - Throws: ``InterchangeError`` for a file that cannot be read, or one with half a record, a type
  ///   that there is not, or records behind its end; or what `body` throws.
  package static func forEachRecord(
    atPath path: String, _ body: (Record) throws -> Void
  ) throws {
    guard isRegularFile(path), let handle = FileHandle(forReadingAtPath: path) else {
      throw InterchangeError.file(path: path, reason: "the file cannot be read")
    }
    defer { try? handle.close() }
    var count = 0
    var hasEnded = false
    func malformed(_ reason: String) -> InterchangeError {
      .malformedFile(file: path, line: nil, reason: "record \(count): \(reason)")
    }
    while let piece = try handle.read(upToCount: 1 << 16), !piece.isEmpty {
      let bytes = [UInt8](piece)
      guard bytes.count % recordSize == 0 else {
        throw malformed("expected a file of records of \(recordSize) bytes")
      }
      for start in stride(from: 0, to: bytes.count, by: recordSize) {
        guard !hasEnded else { throw malformed("it stands behind the end of the trace") }
        func field(_ index: Int) -> Int16 {
          let place = start + 2 * index
          return Int16(bitPattern: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8)
        }
        guard let type = Record.Kind(rawValue: field(0)) else {
          throw malformed("type \(field(0)): expected -1 to 3")
        }
        hasEnded = type == .quit
        let record = Record(
          type: type, number: Int(field(1)), size: Int(field(2)), channel: Int(field(3)))
        if type != .quit { try body(record) }
        count += 1
      }
    }
    guard hasEnded else { throw malformed("expected the end of the trace") }
  }

  /// Prints a trace, a line for each event: `R IP0 16 rows` and `W OP0 16 kept` with the port, the
  /// tokens and the channel, `E Conv` with the operation.
  ///
  /// - Throws: As ``forEachRecord(atPath:_:)``, and ``InterchangeError`` for a number that the process does
  ///   not have.
  package static func print(
    path: String, application: SesameApplication, process: Int,
    to stream: inout some TextOutputStream
  ) throws {
    let ports = application.processes[process].ports
    var count = 0
    try forEachRecord(atPath: path) { record in
      func malformed(_ what: String) -> InterchangeError {
        .malformedFile(
          file: path, line: nil,
          reason: "record \(count): there is no \(what) with the number \(record.number)")
      }
      switch record.type {
      case .quit, .null: break
      case .execute:
        guard application.operations.indices.contains(record.number - 1) else {
          throw malformed("operation")
        }
        stream.write("E \(application.operations[record.number - 1])\n")
      case .read, .write:
        guard ports.indices.contains(record.number),
          ports[record.number].isInput == (record.type == .read),
          ports[record.number].channel == record.channel
        else { throw malformed("port of the direction and the channel \(record.channel)") }
        let channel = application.graph.channels[record.channel].name
        let letter = record.type == .read ? "R" : "W"
        stream.write("\(letter) \(ports[record.number].name) \(record.size) \(channel)\n")
      }
      count += 1
    }
  }
}
