import Dataflow
import Foundation

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
