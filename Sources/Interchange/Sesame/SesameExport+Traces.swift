import Dataflow
import Files

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
  /// - Throws: ``InterchangeError`` for numbers that records cannot hold, ``FileError`` for a file that
  ///   cannot be written, or what `path` throws.
  package func writeTraces(iterations: Int64? = nil, to path: (Int) throws -> String) throws {
    for (quantity, value) in [
      ("operations", application.operations.count), ("channels", application.graph.channels.count),
    ] where value > Int(Int16.max) {
      throw InterchangeError.tooLarge(
        format: "a trace", quantity: quantity, value: Int64(value), limit: Int64(Int16.max))
    }
    for (number, process) in traceOrder.enumerated() {
      try ByteSink.write(to: try path(number)) { file in
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
      }
    }
  }
}

extension ByteSink {
  /// Appends a record: four numbers of two bytes each, the low one first.
  fileprivate func append(_ type: Int16, _ number: Int, _ size: Int, _ channel: Int) throws {
    let numbers = [type] + [number, size, channel].map { Int16(truncatingIfNeeded: $0) }
    try append(
      numbers.map { UInt16(bitPattern: $0) }.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
  }
}
