import Diagnostics
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
    package var type: Kind
    package var number: Int
    package var size: Int
    package var channel: Int

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

// MARK: - Writing

extension SesameExport {
  /// The processes in the order in which their traces are numbered.
  package var traceOrder: [Int] {
    guard let mapping else { return Array(application.processes.indices) }
    let places = Dictionary(
      application.processes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
    return mapping.processes.compactMap { places[$0.process] }
  }

  /// Writes the trace of each process, event by event, so that memory does not grow with the trace.
  ///
  /// - Parameter path: The path of the trace with a number; the environment calls it `trace` and the
  ///   number.
  /// - Throws: ``InterchangeError`` for a file that cannot be written, or numbers that records cannot
  ///   hold; or what `path` throws.
  package func writeTraces(iterations: Int64? = nil, to path: (Int) throws -> String) throws {
    for (quantity, value) in [
      ("operations", application.operations.count), ("channels", application.graph.channels.count),
    ] where value > Int(Int16.max) {
      throw InterchangeError.tooLarge(
        format: "a trace", quantity: quantity, value: Int64(value), limit: Int64(Int16.max))
    }
    for (number, process) in traceOrder.enumerated() {
      var file = try RecordFile(path: try path(number))
      try application.forEachEvent(
        ofProcess: process, iterations: iterations ?? options.iterations, events: options.events
      ) { event in
        let type: SesameTrace.Record.Kind =
          switch event.kind {
          case .read: .read
          case .execute: .execute
          case .write: .write
          }
        try file.append(type.rawValue, event.number, event.size, event.channel)
      }
      try file.append(SesameTrace.Record.Kind.quit.rawValue, 0, 0, 0)
      try file.close()
    }
  }
}

/// A file of records that is written in large pieces.
private struct RecordFile {
  private let path: String
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private static let pieceSize = 1 << 16

  init(path: String) throws {
    self.path = path
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw InterchangeError.file(path: path, reason: "the file cannot be written") }
    self.handle = handle
    buffer.reserveCapacity(Self.pieceSize)
  }

  mutating func append(_ type: Int16, _ number: Int, _ size: Int, _ channel: Int) throws {
    for value in [type, Int16(truncatingIfNeeded: number), Int16(truncatingIfNeeded: size)] {
      append(value)
    }
    append(Int16(truncatingIfNeeded: channel))
    if buffer.count >= Self.pieceSize { try flush() }
  }

  private mutating func append(_ value: Int16) {
    let bits = UInt16(bitPattern: value)
    buffer.append(UInt8(bits & 0xFF))
    buffer.append(UInt8(bits >> 8))
  }

  private mutating func flush() throws {
    do {
      try handle.write(contentsOf: buffer)
    } catch {
      throw InterchangeError.file(path: path, reason: "the file cannot be written")
    }
    buffer.removeAll(keepingCapacity: true)
  }

  mutating func close() throws {
    try flush()
    try? handle.close()
  }
}

// MARK: - Reading

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
