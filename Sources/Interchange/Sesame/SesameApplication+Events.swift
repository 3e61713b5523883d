import Dataflow

extension SesameApplication {
  /// An event in the trace of a process: a transfer of tokens or an execution.
  package struct Event: Hashable, Sendable {
    /// Whether it reads, executes or writes.
    package var kind: Kind
    /// The number of the port, or of the operation from 1.
    package var number: Int
    /// The tokens; 0 for an execution.
    package var size: Int
    /// The place of the channel; 0 for an execution.
    package var channel: Int

    /// The kinds of events.
    package enum Kind: Hashable, Sendable { case read, execute, write }

    /// An event of a process.
    package init(_ kind: Kind, number: Int, size: Int = 0, channel: Int = 0) {
      self.kind = kind
      self.number = number
      self.size = size
      self.channel = channel
    }
  }

  /// Calls `body` with the events of a process, one after the other, of so many iterations.
  package func forEachEvent(
    ofProcess index: Int, iterations: Int64, events: SesameExport.Events,
    _ body: (Event) throws -> Void
  ) throws {
    let process = processes[index]
    let limit: Int64 = events == .token ? 1 : Int64(Self.burstLimit)
    func transfer(_ kind: Event.Kind, _ port: Int, _ tokens: Int64) throws {
      var rest = tokens
      while rest > 0 {
        let size = min(rest, limit)
        let channel = process.ports[port].channel
        try body(Event(kind, number: port, size: Int(size), channel: channel))
        rest -= size
      }
    }
    for port in process.writes {
      try transfer(.write, port, graph.channels[process.ports[port].channel].initialTokens)
    }
    let reads = process.reads.map { (port: $0, rates: rates(of: process.ports[$0])) }
    let writes = process.writes.map { (port: $0, rates: rates(of: process.ports[$0])) }
    let (firings, overflow) = process.firings.multipliedReportingOverflow(by: iterations)
    guard !overflow else {
      throw InterchangeError.tooLarge(
        format: "64 bits", quantity: "iterations", value: iterations,
        limit: Int64.max / process.firings)
    }
    var firing = 0
    while firing < firings {
      for (port, rates) in reads { try transfer(.read, port, rates[firing % rates.count]) }
      try body(Event(.execute, number: process.operations[firing % process.operations.count] + 1))
      for (port, rates) in writes { try transfer(.write, port, rates[firing % rates.count]) }
      firing += 1
    }
  }
}
